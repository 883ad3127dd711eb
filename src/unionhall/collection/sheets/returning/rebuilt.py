"""Build an .xlsx with the layout of a file that cannot be marked in place (.xls, .et, .ods, .csv, or long).

Values, their rows and columns, merged cells of one row and hidden sheets are kept; fonts are not. Texts are
written as texts, whatever they begin with. Rows are streamed, so a hundred thousand need little memory.
"""

import io
import re
from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

import xlsxwriter  # type: ignore[import-untyped]
from xlsxwriter.worksheet import Worksheet  # type: ignore[import-untyped]

from unionhall.collection.sheets.columns import columns_of
from unionhall.collection.sheets.findings import Judgement
from unionhall.collection.sheets.reading.rawgrids import RawCell, RawGrid
from unionhall.collection.sheets.returning.marks import (
    AUTHOR,
    COLORS,
    MOST_COMMENTS,
    REASON_HEADER,
    SUMMARY_SHEET,
    SUMMARY_WIDTHS,
    Mark,
    cell_marks,
    row_texts,
    summary_lines,
    table_width,
)

ILLEGAL = re.compile(r"[\[\]:*?/\\]")
LONGEST_NAME = 31
REASON_WIDTH = 70
DATE_FORMAT = "yyyy/mm/dd"


def build_anew(grids: Sequence[RawGrid], judgements: Sequence[Judgement]) -> bytes:
    """Return a workbook of all sheets, those of the judgements marked."""
    output = io.BytesIO()
    workbook = xlsxwriter.Workbook(output, {"constant_memory": True, "strings_to_formulas": False})
    formats = _Formats(workbook)
    by_sheet = {judgement.table.sheet: judgement for judgement in judgements}
    for grid in grids:
        if grid.name == SUMMARY_SHEET:
            continue
        sheet = workbook.add_worksheet(_sheet_name(grid.name))
        if not grid.visible:
            sheet.hide()
        _Page(sheet, formats, by_sheet.get(grid.name)).write(grid)
    _write_summary(workbook.add_worksheet(SUMMARY_SHEET), judgements)
    workbook.close()
    return output.getvalue()


class _Formats:
    """A format for each color, with and without a date."""

    def __init__(self, workbook: Any) -> None:
        colors = [None, *COLORS.values()]
        self.plain = {
            color: workbook.add_format({"bg_color": f"#{color}"} if color else {}) for color in colors
        }
        self.day = {
            color: workbook.add_format(
                {"num_format": DATE_FORMAT} | ({"bg_color": f"#{color}"} if color else {})
            )
            for color in colors
        }
        self.reason = workbook.add_format({"text_wrap": True, "valign": "top"})


class _Page:
    """One sheet being written from top to bottom."""

    def __init__(self, sheet: Worksheet, formats: _Formats, judgement: Judgement | None) -> None:
        self.sheet = sheet
        self.formats = formats
        self.judgement = judgement
        self.marks: dict[tuple[int, int], Mark] = cell_marks(judgement) if judgement else {}
        self.commented = 0

    def write(self, grid: RawGrid) -> None:
        """Write the cells row by row, with marks, comments and the reasons of each row."""
        reasons = row_texts(self.judgement) if self.judgement else {}
        column = self._reason_column(grid)
        merged = {first[0]: (first, last) for first, last in grid.merged if first[0] == last[0]}
        self._set_widths(column)
        for number, row in enumerate(grid.rows):
            if number in merged:
                (_, left), (_, right) = merged[number]
                self.sheet.merge_range(number, left, number, right, "")
            for place, value in enumerate(row):
                if place != column and (value != "" or (number + 1, place) in self.marks):
                    self._write_cell(number, place, value)
            self._write_absent(number, len(row))
            if self.judgement:
                text = (
                    REASON_HEADER
                    if number + 1 == self.judgement.table.header_row
                    else reasons.get(number + 1, "")
                )
                if text:
                    self.sheet.write_string(number, column, text, self.formats.reason)

    def _write_absent(self, number: int, width: int) -> None:
        """Mark cells right of the row's end: short rows of a text file lack them."""
        if self.judgement:
            for place in range(width, table_width(self.judgement.table)):
                if (number + 1, place) in self.marks:
                    self._write_cell(number, place, "")

    def _write_cell(self, number: int, place: int, value: RawCell) -> None:
        mark = self.marks.get((number + 1, place))
        color = COLORS[mark.severity] if mark else None
        plain = self.formats.plain[color]
        if isinstance(value, tuple):
            self._write_day(number, place, value[1], color)
        elif isinstance(value, bool):
            self.sheet.write_boolean(number, place, value, plain)
        elif isinstance(value, int | float):
            self.sheet.write_number(number, place, value, plain)
        elif value:
            self.sheet.write_string(number, place, value, plain)
        else:
            self.sheet.write_blank(number, place, None, plain)
        if mark and self.commented < MOST_COMMENTS:
            self.commented += 1
            self.sheet.write_comment(
                number, place, mark.text, {"author": AUTHOR, "width": 320, "height": 120}
            )

    def _write_day(self, number: int, place: int, text: str, color: str | None) -> None:
        day = datetime.fromisoformat(text)
        if day.date() < date(1900, 1, 1):  # Excel's calendar begins there
            self.sheet.write_string(number, place, text, self.formats.plain[color])
        else:
            self.sheet.write_datetime(number, place, day, self.formats.day[color])

    def _reason_column(self, grid: RawGrid) -> int:
        if self.judgement is None:
            return -1
        table = self.judgement.table
        header = grid.rows[table.header_row - 1] if table.header_row <= len(grid.rows) else []
        if REASON_HEADER in header:
            return header.index(REASON_HEADER)
        return max(table_width(table), *(len(row) for row in grid.rows))

    def _set_widths(self, column: int) -> None:
        if self.judgement is None:
            return
        for each in columns_of(self.judgement.kind):
            place = self.judgement.table.positions.get(each.key)
            if place is not None:
                self.sheet.set_column(place, place, each.width)
        self.sheet.set_column(column, column, REASON_WIDTH)


def _sheet_name(name: str) -> str:
    return ILLEGAL.sub("_", name).strip("'")[:LONGEST_NAME] or "Sheet"


def _write_summary(sheet: Worksheet, judgements: Sequence[Judgement]) -> None:
    for column, width in enumerate(SUMMARY_WIDTHS):
        sheet.set_column(column, column, width)
    for number, line in enumerate(summary_lines(judgements)):
        for column, value in enumerate(line):
            if isinstance(value, str):
                sheet.write_string(number, column, value)
            else:
                sheet.write_number(number, column, value)
