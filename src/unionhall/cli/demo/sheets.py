"""Write a delivery's sheets to disk as cadres would send them: mostly in the province's layout, some not."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path

import xlsxwriter  # type: ignore[import-untyped]
import xlwt

from unionhall.cli.demo.faults import Sheet
from unionhall.collection.sheets.columns import Column, Form, SheetKind, columns_of

HEAD = "填表单位（盖章）：{sender}"
GROUP_ROW, NAME_ROW, FIRST_ROW = 2, 3, 4
# Fixed, so that the same story gives the same bytes.
WRITTEN_AT = datetime(2019, 6, 3, tzinfo=UTC).replace(tzinfo=None)
LONG_SHEET = 1000
OTHER_HEADERS = {
    SheetKind.UNIONS: {"chair_name": "工会主席", "phone": "联系方式"},
    SheetKind.MEMBERS: {"document_number": "身份证号", "mobile": "手机号码", "employer_name": "所在单位"},
}


class Layout(StrEnum):
    """How a sheet is laid out and in which format it comes."""

    PROVINCE = "province"
    MOVED = "moved"
    OLD_EXCEL = "xls"
    TEXT = "csv"

    @property
    def suffix(self) -> str:
        """Return the ending of the file's name."""
        return {"xls": ".xls", "csv": ".csv"}.get(self.value, ".xlsx")


def layout_of(number: int, *, rows: int) -> Layout:
    """Return the layout of the n-th delivery's member sheet; very long ones come as text more often."""
    if rows > LONG_SHEET:
        return Layout.PROVINCE if number % 8 == 0 else Layout.TEXT
    return {3: Layout.MOVED, 5: Layout.OLD_EXCEL, 7: Layout.TEXT}.get(number % 8, Layout.PROVINCE)


def first_row(layout: Layout) -> int:
    """Return the Excel row in which a layout's data begins."""
    return 3 if layout == Layout.MOVED else FIRST_ROW + 1


def write(path: Path, kind: SheetKind, sheet: Sheet, *, layout: Layout, sender: str) -> None:
    """Write a sheet whole: a draft first, so that a killed run leaves no half of it."""
    columns = columns_of(kind)
    moved = _moved(columns) if layout == Layout.MOVED else columns
    content = {
        Layout.PROVINCE: _province,
        Layout.MOVED: _moved_workbook,
        Layout.OLD_EXCEL: _old_excel,
        Layout.TEXT: _text,
    }[layout](kind, moved, sheet, sender)
    draft = path.with_name(f".{path.name}")
    draft.write_bytes(content)
    draft.rename(path)


def _province(kind: SheetKind, columns: Sequence[Column], sheet: Sheet, sender: str) -> bytes:
    """The province's layout: title, head block, two header rows, data."""
    output = io.BytesIO()
    book = _workbook(output)
    page = book.add_worksheet(kind.form_title)
    title = book.add_format({"bold": True, "font_size": 18, "align": "center"})
    name = book.add_format({"bold": True, "border": 1, "align": "center", "text_wrap": True})
    last = len(columns) - 1
    for number, column in enumerate(columns):
        page.set_column(number, number, column.width)
    page.merge_range(0, 0, 0, last, kind.form_title, title)
    page.write_string(1, 0, HEAD.format(sender=sender))
    for number, column in enumerate(columns):
        page.write_string(GROUP_ROW, number, column.group, name)
    for number, column in enumerate(columns):
        page.write_string(NAME_ROW, number, column.header, name)
    _write_rows(book, page, columns, sheet, FIRST_ROW)
    book.close()
    return output.getvalue()


def _moved_workbook(kind: SheetKind, columns: Sequence[Column], sheet: Sheet, sender: str) -> bytes:
    """A list of the sender's own: columns in another order, other headers, a column we do not know."""
    output = io.BytesIO()
    book = _workbook(output)
    page = book.add_worksheet("名单")
    page.write_string(0, 0, f"{sender}报送名单")
    for number, column in enumerate(columns):
        page.write_string(1, number, OTHER_HEADERS[kind].get(column.key, column.header))
    page.write_string(1, len(columns), "备注")
    _write_rows(book, page, columns, sheet, 2)
    book.close()
    return output.getvalue()


def _workbook(output: io.BytesIO) -> xlsxwriter.Workbook:
    book = xlsxwriter.Workbook(output, {"constant_memory": True, "strings_to_formulas": False})
    book.set_properties({"created": WRITTEN_AT})
    return book


def _write_rows(
    book: xlsxwriter.Workbook,
    page: xlsxwriter.worksheet.Worksheet,
    columns: Sequence[Column],
    sheet: Sheet,
    top: int,
) -> None:
    as_text = book.add_format({"num_format": "@"})
    formats = [as_text if column.text else None for column in columns]
    for place, row in enumerate(sheet.rows):
        page.write_number(top + place, _place_of_serial(columns), place + 1)
        for number, column in enumerate(columns):
            text = row.get(column.key, "")
            if (place, column.key) in sheet.numeric:
                page.write_number(top + place, number, float(text))
            elif column.form == Form.COUNT and text.isdigit():
                page.write_number(top + place, number, int(text))
            elif text:
                page.write_string(top + place, number, text, formats[number])


def _old_excel(kind: SheetKind, columns: Sequence[Column], sheet: Sheet, sender: str) -> bytes:
    book = xlwt.Workbook(encoding="utf-8")
    page = book.add_sheet(kind.form_title)
    for number, line in enumerate(_lines(kind, columns, sheet, sender)):
        for place, text in enumerate(line):
            numeric = number >= FIRST_ROW and (number - FIRST_ROW, columns[place].key) in sheet.numeric
            page.write(number, place, float(text) if numeric else text)
    output = io.BytesIO()
    book.save(output)
    return output.getvalue()


def _text(kind: SheetKind, columns: Sequence[Column], sheet: Sheet, sender: str) -> bytes:
    """What an office suite saves as text in Chinese Windows: GB 18030, numbers as they were shown."""
    output = io.StringIO()
    writer = csv.writer(output)
    for number, line in enumerate(_lines(kind, columns, sheet, sender)):
        writer.writerow(_as_shown(line, number - FIRST_ROW, columns, sheet))
    return output.getvalue().encode("gb18030")


def _as_shown(line: list[str], place: int, columns: Sequence[Column], sheet: Sheet) -> list[str]:
    shown = list(line)
    for number, column in enumerate(columns):
        if (place, column.key) in sheet.numeric:
            shown[number] = f"{float(line[number]):.5E}"
    return shown


def _lines(kind: SheetKind, columns: Sequence[Column], sheet: Sheet, sender: str) -> list[list[str]]:
    head = [
        [kind.form_title],
        [HEAD.format(sender=sender)],
        [column.group for column in columns],
        [column.header for column in columns],
    ]
    serial = _place_of_serial(columns)
    for place, row in enumerate(sheet.rows):
        line = [row.get(column.key, "") for column in columns]
        line[serial] = str(place + 1)
        head.append(line)
    return head


def _moved(columns: Sequence[Column]) -> list[Column]:
    """Return the columns as somebody's own list has them: the serial first, the rest turned by six."""
    rest = [column for column in columns if column.key != "serial"]
    return [columns[0], *rest[6:], *rest[:6]]


def _place_of_serial(columns: Sequence[Column]) -> int:
    return next(number for number, column in enumerate(columns) if column.key == "serial")
