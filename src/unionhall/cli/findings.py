"""Findings of a sheet on a terminal: the counts first, then a table."""

from __future__ import annotations

from pathlib import Path

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from unionhall.collection.sheets.checking import Checked
from unionhall.collection.sheets.findings import Finding, Severity

MOST_SHOWN = 200
PLAIN_WIDTH = 120
STYLES = {Severity.ERROR: "bold red", Severity.WARNING: "yellow", Severity.INFO: "blue"}
SIGNS = {Severity.ERROR: "✗", Severity.WARNING: "!", Severity.INFO: "i"}


def show(checked: Checked, file: Path, returned: Path | None) -> None:
    """Print what was found, and where the marked workbook was written."""
    console = Console()
    if not console.is_terminal:
        console = Console(width=PLAIN_WIDTH)
    counts = {severity: checked.count(severity) for severity in Severity}
    titles = "、".join(dict.fromkeys(each.kind.form_title for each in checked.judgements))
    console.print(f"[bold]{escape(file.name)}[/bold]　{titles}　共 {checked.rows} 行数据", highlight=False)
    console.print(
        "　".join(f"[{STYLES[each]}]{SIGNS[each]} {each.label} {counts[each]} 个[/]" for each in Severity),
        highlight=False,
    )
    findings = checked.findings
    if findings:
        console.print(_table(findings[:MOST_SHOWN]))
    if len(findings) > MOST_SHOWN:
        console.print(
            f"以上是前 {MOST_SHOWN} 个，其余 {len(findings) - MOST_SHOWN} 个用 --return 或 --json 查看。"
        )
    if counts[Severity.ERROR]:
        console.print("有错误，请改正后重新校验。", highlight=False)
    else:
        console.print("[green]没有错误，可以提交。[/green]", highlight=False)
    if returned:
        console.print(f"已写回：{escape(str(returned))}", highlight=False)


def _table(findings: list[Finding]) -> Table:
    table = Table(header_style="bold", show_lines=False, expand=True)
    table.add_column("位置", max_width=20, overflow="fold")
    table.add_column("列", max_width=16, overflow="fold")
    table.add_column("级别", no_wrap=True, min_width=4)
    table.add_column("问题及改正办法", ratio=1, overflow="fold")
    table.add_column("建议值", max_width=20, overflow="fold")
    for finding in findings:
        table.add_row(
            f"{escape(finding.sheet)} 第{finding.row}行",
            escape(finding.column),
            f"[{STYLES[finding.severity]}]{finding.severity.label}[/]",
            escape(finding.message),
            escape(finding.suggestion),
        )
    return table
