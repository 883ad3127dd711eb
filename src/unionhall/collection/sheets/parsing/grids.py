"""Bring every format to one shape: named sheets of rows of cells. Runs in the child process only.

A cell is text, a number, a truth value or a date; formulas have become their value. Rows and columns
count from zero at the sheet's corner A1, whatever empty margin the table has.
"""

import csv
import datetime
import io
from collections.abc import Iterator
from dataclasses import dataclass, field

from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook, PasswordError, SheetVisibleEnum

from unionhall.collection.sheets.parsing.limits import Limits
from unionhall.collection.sheets.parsing.sentences import refused

Cell = str | float | int | bool | datetime.date | datetime.datetime | datetime.time | datetime.timedelta
Row = list[Cell] | list[str]
DELIMITERS = (",", "\t", ";", "|")
CSV_SHEET = "CSV"


@dataclass(frozen=True, slots=True)
class Grid:
    """One sheet; `rows` can be walked once. `merged` are corner pairs (row, column), inclusive."""

    name: str
    rows: Iterator[Row]
    visible: bool = True
    merged: list[tuple[tuple[int, int], tuple[int, int]]] = field(default_factory=list)


def grids_of(data: bytes, form: str, *, limits: Limits) -> Iterator[Grid]:
    """Yield the sheets of a recognized file in their order."""
    if form == "csv":
        yield Grid(CSV_SHEET, _text_rows(data, limits))
        return
    try:
        workbook = CalamineWorkbook.from_filelike(io.BytesIO(data))
        for number, sheet in enumerate(workbook.sheets_metadata):
            yield _grid(workbook.get_sheet_by_index(number), sheet.visible, limits)
    except PasswordError:
        raise refused("encrypted") from None
    except CalamineError:
        raise refused("damaged") from None


def _grid(sheet: CalamineSheet, visible: SheetVisibleEnum, limits: Limits) -> Grid:
    if sheet.total_width > limits.columns:
        raise refused("too_wide", limit=limits.columns)
    return Grid(
        sheet.name,
        iter(sheet.iter_rows()),
        visible == SheetVisibleEnum.Visible,
        sheet.merged_cell_ranges or [],
    )


def _text_rows(data: bytes, limits: Limits) -> Iterator[Row]:
    text = _decode(data)
    csv.field_size_limit(1 << 20)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text))
    try:
        for row in reader:
            if len(row) > limits.columns:
                raise refused("too_wide", limit=limits.columns)
            yield row
    except csv.Error:
        raise refused("damaged") from None


def _decode(data: bytes) -> str:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", errors="replace")
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise refused("unknown_encoding")


def _delimiter(text: str) -> str:
    """Return the separator that most of the first lines agree on having most of."""
    lines = text[:65536].splitlines()[:20]
    return max(DELIMITERS, key=lambda mark: max((line.count(mark) for line in lines), default=0))
