"""Tables as Excel files: exactly the rows a page shows, written row by row."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from io import BytesIO

import xlsxwriter  # type: ignore[import-untyped]
from django.http import HttpResponse
from django.utils.http import content_disposition_header

CONTENT_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
# What Excel can hold below a title and a header row.
MOST_ROWS = 1_048_576 - 2
Value = str | int | float | date | None


@dataclass(frozen=True, slots=True)
class Heading:
    """One column of a file: its header and its width in characters."""

    label: str
    width: int = 14


def download(
    *, title: str, headings: Sequence[Heading], rows: Iterable[Sequence[Value]], file_name: str
) -> HttpResponse:
    """Answer with a workbook of one sheet; text stays text, whatever it begins with."""
    content = BytesIO()
    with xlsxwriter.Workbook(content, {"constant_memory": True, "strings_to_formulas": False}) as book:
        sheet = book.add_worksheet("Sheet1")
        bold = book.add_format({"bold": True, "font_size": 14})
        head = book.add_format({"bold": True, "bg_color": "#F4F5F8", "bottom": 1})
        day = book.add_format({"num_format": "yyyy-mm-dd", "align": "left"})
        for place, heading in enumerate(headings):
            sheet.set_column(place, place, heading.width)
        sheet.freeze_panes(2, 0)
        sheet.write_string(0, 0, title, bold)
        for place, heading in enumerate(headings):
            sheet.write_string(1, place, heading.label, head)
        for number, row in enumerate(rows, start=2):
            for place, value in enumerate(row):
                _write(sheet, number, place, value, day)
    return _attached(content.getvalue(), file_name)


def _write(sheet: xlsxwriter.worksheet.Worksheet, row: int, place: int, value: Value, day: object) -> None:
    if isinstance(value, date):
        sheet.write_datetime(row, place, value, day)
    elif isinstance(value, (int, float)):
        sheet.write_number(row, place, value)
    elif value:
        sheet.write_string(row, place, value)


def _attached(content: bytes, file_name: str) -> HttpResponse:
    response = HttpResponse(content, content_type=CONTENT_TYPE)
    response["Content-Disposition"] = content_disposition_header(True, file_name) or ""
    response["Cache-Control"] = "no-store"
    return response
