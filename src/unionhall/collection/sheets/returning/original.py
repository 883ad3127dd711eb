"""Mark the user's own .xlsx in place: everything that was in it stays, only colors and comments are added.

A workbook that was returned before is cleaned of our earlier marks first, known by the comment's author.
"""

import io
from collections.abc import Sequence

from openpyxl import Workbook, load_workbook
from openpyxl.cell.cell import Cell, MergedCell
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from unionhall.collection.sheets.findings import Judgement
from unionhall.collection.sheets.returning.marks import (
    AUTHOR,
    COLORS,
    MOST_COMMENTS,
    REASON_HEADER,
    SUMMARY_SHEET,
    SUMMARY_WIDTHS,
    cell_marks,
    row_texts,
    summary_lines,
    table_width,
)

COMMENT_WIDTH, COMMENT_HEIGHT = 320, 120
REASON_WIDTH = 70
NOTHING = PatternFill()


def mark_original(data: bytes, judgements: Sequence[Judgement]) -> bytes:
    """Return the workbook with marked cells, an 错误原因 column per table and a 检查结果 sheet."""
    workbook = load_workbook(io.BytesIO(data))
    for judgement in judgements:
        sheet = workbook[judgement.table.sheet]
        reason = _reason_column(sheet, judgement)
        _clean(sheet, judgement)
        _mark_cells(sheet, judgement)
        _write_reasons(sheet, judgement, reason)
    _write_summary(workbook, judgements)
    output = io.BytesIO()
    workbook.save(output)
    return output.getvalue()


def _reason_column(sheet: Worksheet, judgement: Judgement) -> int:
    """Return the column for the reasons, from 1: the one of an earlier return, else right of all content."""
    header = judgement.table.header_row
    for cell in sheet[header]:
        if cell.value == REASON_HEADER:
            return int(cell.column)
    width = table_width(judgement.table)
    while any(
        not isinstance(cell, MergedCell) and cell.value is not None
        for cell in next(sheet.iter_cols(width + 1, width + 1, 1, sheet.max_row), ())
    ):
        width += 1
    return width + 1


def _clean(sheet: Worksheet, judgement: Judgement) -> None:
    for row in sheet.iter_rows(min_row=judgement.table.header_row):
        for cell in row:
            if cell.comment is not None and cell.comment.author == AUTHOR:
                cell.comment = None
                cell.fill = NOTHING


def _mark_cells(sheet: Worksheet, judgement: Judgement) -> None:
    for number, ((row, column), mark) in enumerate(cell_marks(judgement).items()):
        cell = sheet.cell(row, column + 1)
        if isinstance(cell, MergedCell):
            continue
        cell.fill = PatternFill("solid", start_color=COLORS[mark.severity])
        if number < MOST_COMMENTS:
            cell.comment = Comment(mark.text, AUTHOR, width=COMMENT_WIDTH, height=COMMENT_HEIGHT)


def _write_reasons(sheet: Worksheet, judgement: Judgement, column: int) -> None:
    header = sheet.cell(judgement.table.header_row, column)
    if not isinstance(header, MergedCell):
        header.value, header.font = REASON_HEADER, Font(bold=True)
    texts = row_texts(judgement)
    for row in judgement.table.rows:
        cell = sheet.cell(row, column)
        if not isinstance(cell, MergedCell):
            _write_text(cell, texts.get(row, ""))
            cell.alignment = Alignment(wrap_text=True, vertical="top")
    sheet.column_dimensions[get_column_letter(column)].width = REASON_WIDTH


def _write_summary(workbook: Workbook, judgements: Sequence[Judgement]) -> None:
    if SUMMARY_SHEET in workbook.sheetnames:
        del workbook[SUMMARY_SHEET]
    sheet = workbook.create_sheet(SUMMARY_SHEET)
    for number, line in enumerate(summary_lines(judgements), start=1):
        for column, value in enumerate(line, start=1):
            _write_text(sheet.cell(number, column), value)
    for column, width in enumerate(SUMMARY_WIDTHS):
        sheet.column_dimensions["ABCDEF"[column]].width = width
    for cell in sheet[4]:
        cell.font = Font(bold=True)


def _write_text(cell: Cell, value: str | int) -> None:
    """Write a text as a text, even if it begins as a formula does."""
    cell.value = value or None
    if isinstance(value, str) and value:
        cell.data_type = "s"
