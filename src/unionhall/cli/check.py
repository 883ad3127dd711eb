"""`check`: judge a collection sheet without a database."""

from __future__ import annotations

import json
import sys
from datetime import date
from pathlib import Path
from typing import Any, NoReturn

import click

from unionhall.collection.sheets.checking import Checked, judge_workbook
from unionhall.collection.sheets.columns import SheetKind
from unionhall.collection.sheets.findings import Finding, Severity
from unionhall.collection.sheets.reading import read_workbook
from unionhall.standards.refusal import Refusal, Refused

FAULTY, UNREADABLE = 1, 2
QUICK_BYTES = 500_000

EPILOG = """\b
能读取的文件：
  .xlsx .xls .et .ods .csv（GB 18030 或 UTF-8），按内容识别，与扩展名无关；
  按表头文字寻找表格，列可以移动、增加，说明、合计、空行、示例行不读取。

\b
一个文件里同时有两张表且未指定 --kind 时：两张表都校验，并核对工作单位、会员人数是否一致；
  JSON 中的 kind 是第一张有数据的表，rows 是两张表数据行数之和。

\b
JSON 格式（--json）：
  {"kind", "rows", "errors", "warnings",
   "findings": [{"sheet", "row", "column", "code", "severity", "message", "suggestion"}]}
  row 与 Excel 行号一致；severity 为 error、warning 或 info；无法读取时为 {"error": {"code", "message"}}。

\b
退出码：
  0  没有错误（可以有警告）      1  有错误      2  文件无法读取（原因见标准错误输出）

\b
例子：
  ./hall check 会员信息采集表.xlsx
  ./hall check 工会表.et --kind unions --return 工会表-检查结果.xlsx
  ./hall check 会员表.csv --json > 结果.json
"""


@click.command(
    "check",
    epilog=EPILOG,
    help="校验一份采集表：逐格检查，指出哪里错、为什么错、怎么改。不需要数据库，不保存任何内容。",
)
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path), metavar="文件")
@click.option(
    "--kind",
    type=click.Choice([kind.value for kind in SheetKind]),
    help="表的类别：unions 工会组织，members 会员。不填则自动识别。",
)
@click.option("--json", "as_json", is_flag=True, help="把结果作为一个 JSON 对象写到标准输出。")
@click.option(
    "--return",
    "returned",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="OUT.xlsx",
    help="把原表写回：出错单元格标色并加批注，末尾加“错误原因”列。",
)
def command(file: Path, kind: str | None, as_json: bool, returned: Path | None) -> None:
    """Judge one file and answer by text, JSON, marked workbook and exit code."""
    try:
        if returned and returned.exists() and returned.samefile(file):
            raise Refused(Refusal("check.same_file", "--return 的文件不能与原文件相同，请换一个文件名。"))
        checked = _check(file, SheetKind(kind) if kind else None, returned)
    except Refused as refused:
        _refuse(refused, as_json=as_json)
    if as_json:
        _print_json(checked)
    else:
        # Loaded only for people: drawing tables takes longer to load than a program waits gladly.
        from unionhall.cli.findings import show

        show(checked, file, returned)
    raise SystemExit(FAULTY if checked.count(Severity.ERROR) else 0)


def _check(file: Path, kind: SheetKind | None, returned: Path | None) -> Checked:
    """Do the work in three steps, shown on a terminal where they take long enough to be asked about."""
    quick = file.stat().st_size < QUICK_BYTES or not sys.stderr.isatty()
    with click.progressbar(length=3, label="读取", file=sys.stderr, hidden=quick) as bar:
        workbook = read_workbook(file, file_name=file.name)
        bar.label = "校验"
        bar.update(1)
        checked = judge_workbook(workbook, kind=kind, today=date.today())
        bar.label = "写回" if returned else "完成"
        bar.update(1)
        if returned:
            _write_return(file, checked, returned)
        bar.update(1)
    return checked


def _refuse(refused: Refused, *, as_json: bool) -> NoReturn:
    for refusal in refused.refusals:
        click.echo(refusal.message, err=True)
    if as_json:
        first = refused.refusals[0]
        click.echo(json.dumps({"error": {"code": first.code, "message": first.message}}, ensure_ascii=False))
    raise SystemExit(UNREADABLE)


def _write_return(file: Path, checked: Checked, returned: Path) -> None:
    # Loaded only when it is asked for: the writers of workbooks take longer to load than a sheet to judge.
    from unionhall.collection.sheets.returning import write_return

    content = write_return(file, checked.judgements)
    try:
        returned.write_bytes(content)
    except OSError as problem:
        reason = problem.strerror or "原因不明"
        message = f"无法写入「{returned}」（{reason}），请检查目录是否存在、文件是否正在使用。"
        raise Refused(Refusal("check.not_written", message)) from problem


def _print_json(checked: Checked) -> None:
    """Print the object, a finding a line: a hundred thousand are never one text in memory."""
    head = {
        "kind": checked.kind.value,
        "rows": checked.rows,
        "errors": checked.count(Severity.ERROR),
        "warnings": checked.count(Severity.WARNING),
    }
    output = sys.stdout
    output.write(json.dumps(head, ensure_ascii=False).removesuffix("}") + ', "findings": [')
    for number, finding in enumerate(checked.findings):
        output.write(",\n" if number else "\n")
        output.write(json.dumps(_finding(finding), ensure_ascii=False))
    output.write("]}\n")


def _finding(finding: Finding) -> dict[str, Any]:
    return {
        "sheet": finding.sheet,
        "row": finding.row,
        "column": finding.column,
        "code": finding.code,
        "severity": finding.severity.value,
        "message": finding.message,
        "suggestion": finding.suggestion,
    }
