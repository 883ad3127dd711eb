"""What is written on a returned workbook: a mark per faulty cell, a text per row, a summary."""

from collections.abc import Sequence
from dataclasses import dataclass

from unionhall.collection.sheets.findings import Finding, Judgement, Severity
from unionhall.collection.sheets.reading.tables import Table

AUTHOR = "工会实名制管理平台"
REASON_HEADER = "错误原因"
SUMMARY_SHEET = "检查结果"
SUMMARY_HEADINGS = ("工作表", "行", "列", "级别", "问题及改正办法", "建议值")
SUMMARY_WIDTHS = (20, 8, 24, 8, 90, 24)
MOST_COMMENTS = 5_000
MOST_SUMMARY_ROWS = 10_000
LONGEST_CELL = 32_000
COLORS = {Severity.ERROR: "FFC7CE", Severity.WARNING: "FFEB9C", Severity.INFO: "DDEBF7"}
GRAVITY = {Severity.ERROR: 0, Severity.WARNING: 1, Severity.INFO: 2}


@dataclass(frozen=True, slots=True)
class Mark:
    """The gravest finding of a cell gives the color, all of them the text."""

    severity: Severity
    text: str


def cell_marks(judgement: Judgement) -> dict[tuple[int, int], Mark]:
    """Return the marks by row (as Excel counts) and zero-based column, where the sheet has that column."""
    positions = _positions(judgement.table)
    marks: dict[tuple[int, int], Mark] = {}
    for finding in judgement.findings:
        place = positions.get(finding.key or finding.column)
        if place is None:
            continue
        before = marks.get((finding.row, place))
        marks[finding.row, place] = _joined(before, finding)
    return marks


def row_texts(judgement: Judgement) -> dict[int, str]:
    """Return everything that is said about each row, a sentence a line."""
    texts: dict[int, list[str]] = {}
    for finding in judgement.findings:
        texts.setdefault(finding.row, []).append(_sentence(finding))
    return {row: "\n".join(lines)[:LONGEST_CELL] for row, lines in texts.items()}


def table_width(table: Table) -> int:
    """Return how many columns the table takes, with those the form does not know."""
    return 1 + max((*table.positions.values(), *(place for place, _ in table.unknown)), default=0)


def summary_lines(judgements: Sequence[Judgement]) -> list[tuple[str | int, ...]]:
    """Return the lines of the summary sheet: counts, headings, findings."""
    counts = [sum(each.count(severity) for each in judgements) for severity in Severity]
    rows = sum(each.rows for each in judgements)
    lines: list[tuple[str | int, ...]] = [
        (f"共{rows}行数据，错误{counts[0]}个，警告{counts[1]}个，提示{counts[2]}个。",),
        (
            "红色为错误，必须改正；黄色为警告，请核对；蓝色为提示。改正后请将本文件重新提交，无须删除“错误原因”列。",
        ),
        (),
        SUMMARY_HEADINGS,
    ]
    findings = [finding for each in judgements for finding in each.findings]
    lines.extend(_summary_line(finding) for finding in findings[:MOST_SUMMARY_ROWS])
    if len(findings) > MOST_SUMMARY_ROWS:
        lines.append((f"另有{len(findings) - MOST_SUMMARY_ROWS}个问题未列出，见各行的“错误原因”。",))
    return lines


def _summary_line(finding: Finding) -> tuple[str | int, ...]:
    return (
        finding.sheet,
        finding.row,
        finding.column,
        finding.severity.label,
        finding.message,
        finding.suggestion,
    )


def _positions(table: Table) -> dict[str, int]:
    return {label: place for place, label in table.unknown} | dict(table.positions)


def _joined(before: Mark | None, finding: Finding) -> Mark:
    text = finding.message + (f"\n建议：{finding.suggestion}" if finding.suggestion else "")
    if before is None:
        return Mark(finding.severity, text)
    graver = min(before.severity, finding.severity, key=GRAVITY.__getitem__)
    return Mark(graver, f"{before.text}\n{text}")


def _sentence(finding: Finding) -> str:
    return f"【{finding.severity.label}】{finding.column}：{finding.message}"
