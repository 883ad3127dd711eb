"""`templates`: write the province's two collection sheets as workbooks."""

from __future__ import annotations

from pathlib import Path

import click

from unionhall.collection.sheets.columns import SheetKind
from unionhall.collection.sheets.templates import write_template

NOT_WRITTEN = 2

EPILOG = """\b
写出的文件：
  海南省工会组织信息采集表.xlsx    17栏，一个单位一行
  海南省工会会员信息采集表.xlsx    20栏，一名会员一行
带下拉列表、文本格式的代码列、填表说明；序号为“示例”的一行只供参考，校验和导入时不读取。

\b
退出码：
  0  已写出      2  用法不对，或目录无法写入

\b
例子：
  ./hall templates                      写到当前目录
  ./hall templates ./模板 --empty       不带示例行
  ./hall templates --kind members --output ./模板
"""


@click.command("templates", epilog=EPILOG, help="导出省总工会的两张采集表模板（.xlsx）。")
@click.argument(
    "directory", required=False, type=click.Path(file_okay=False, path_type=Path), metavar="[目录]"
)
@click.option(
    "--kind",
    type=click.Choice([kind.value for kind in SheetKind]),
    help="只导出一张：unions 工会组织，members 会员。默认两张都导出。",
)
@click.option(
    "--output",
    type=click.Path(file_okay=False, path_type=Path),
    metavar="目录",
    help="写到哪个目录，没有则新建；默认当前目录。",
)
@click.option("--empty", is_flag=True, help="不带示例行。")
def command(directory: Path | None, kind: str | None, output: Path | None, empty: bool) -> None:
    """Write one or both templates and say where."""
    target = output or directory or Path()
    kinds = [SheetKind(kind)] if kind else list(SheetKind)
    for each in kinds:
        path = target / f"{each.form_title}.xlsx"
        try:
            target.mkdir(parents=True, exist_ok=True)
            path.write_bytes(write_template(each, sample=not empty))
        except OSError as problem:
            click.echo(
                f"无法写入「{path}」：{problem.strerror or '原因不明'}，请检查目录权限和磁盘空间。", err=True
            )
            raise SystemExit(NOT_WRITTEN) from None
        click.echo(f"已写出：{path}")
