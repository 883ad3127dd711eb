"""Write the province's two sheets as they are printed: title, head block, two header rows, lists, notes.

Source: 海南省工会组织信息采集表, 海南省工会会员信息采集表. FORMATTED_ROWS rows are prepared; behind
them the column's own format goes on, so that a code typed anywhere stays text.
"""

import io
from typing import Any

import xlsxwriter  # type: ignore[import-untyped]
from xlsxwriter.format import Format  # type: ignore[import-untyped]
from xlsxwriter.utility import xl_col_to_name  # type: ignore[import-untyped]
from xlsxwriter.worksheet import Worksheet  # type: ignore[import-untyped]

from unionhall.collection.sheets.columns import SAMPLE_SERIAL, Column, Form, SheetKind, columns_of
from unionhall.collection.sheets.labels import labels_of
from unionhall.collection.sheets.notes import notes_of

FORMATTED_ROWS = 2100
TITLE_ROW, HEAD_ROW, GROUP_ROW, NAME_ROW, FIRST_ROW = range(5)
HEAD_BLOCK = (
    "填表单位（盖章）：",
    "单位负责人（签字）：",
    "信息采集人（签字）：",
    "填报日期：    年  月  日",
)
LISTS_SHEET = "下拉选项"
NOTES_SHEET = "填表说明"
LONGEST_INLINE_LIST = 120
RED = "#C8102E"
NUMBER_FORMATS = {Form.DATE: "yyyy/mm/dd", Form.COUNT: "0", Form.SERIAL: "0"}
PROMPT_TITLE_LENGTH, PROMPT_LENGTH = 32, 255


def write_template(kind: SheetKind, *, sample: bool = True) -> bytes:
    """Return the workbook of one form, with a row that shows how to fill it in unless told otherwise.

    The sample row is marked 示例 in its serial; a reader passes over it.
    """
    output = io.BytesIO()
    workbook = xlsxwriter.Workbook(output, {"in_memory": True, "strings_to_formulas": False})
    workbook.set_properties({"title": kind.form_title, "comments": "工会实名制管理平台"})
    formats = _Formats(workbook)
    sheet = workbook.add_worksheet(kind.form_title)
    notes = workbook.add_worksheet(NOTES_SHEET)
    lists = workbook.add_worksheet(LISTS_SHEET)
    columns = columns_of(kind)
    _write_head(sheet, kind, columns, formats)
    _prepare_columns(sheet, columns, formats)
    _write_validations(sheet, columns, lists)
    _write_serial_check(sheet)
    if sample:
        for number, column in enumerate(columns):
            text = SAMPLE_SERIAL if column.key == "serial" else column.example
            sheet.write_string(FIRST_ROW, number, text, formats.sample)
    _set_up_printing(sheet, len(columns), kind)
    _write_notes(notes, kind, columns, formats)
    lists.hide()
    workbook.close()
    return output.getvalue()


class _Formats:
    """The cell formats of a template."""

    def __init__(self, workbook: xlsxwriter.Workbook) -> None:
        font = {"font_name": "宋体", "font_size": 11, "valign": "vcenter"}
        boxed = font | {"border": 1, "align": "center", "text_wrap": True}
        self.title: Format = workbook.add_format(font | {"font_size": 18, "bold": True, "align": "center"})
        self.head: Format = workbook.add_format(font | {"align": "left"})
        self.group: Format = workbook.add_format(boxed | {"bold": True, "bg_color": "#F2F2F2"})
        self.name: Format = workbook.add_format(boxed | {"bold": True, "bg_color": "#FBE9EB"})
        self.sample: Format = workbook.add_format(
            boxed | {"font_color": "#7F7F7F", "bg_color": "#FFF8E1", "num_format": "@"}
        )
        self.note: Format = workbook.add_format(font | {"text_wrap": True, "valign": "top"})
        self.strong: Format = workbook.add_format(font | {"bold": True, "font_color": RED})
        self.boxed: Format = workbook.add_format(boxed | {"align": "left"})
        self.line: Format = workbook.add_format({"border": 1})
        self._workbook = workbook
        self._cells: dict[str, Format] = {}

    def cell(self, column: Column) -> Format:
        """Return the format of a column's empty cells: text for codes, a day for dates."""
        number = "@" if column.text else NUMBER_FORMATS.get(column.form, "General")
        if number not in self._cells:
            self._cells[number] = self._workbook.add_format(
                {"font_name": "宋体", "font_size": 11, "valign": "vcenter", "num_format": number}
            )
        return self._cells[number]


def _write_head(sheet: Worksheet, kind: SheetKind, columns: tuple[Column, ...], formats: _Formats) -> None:
    last = len(columns) - 1
    sheet.merge_range(TITLE_ROW, 0, TITLE_ROW, last, kind.form_title, formats.title)
    sheet.set_row(TITLE_ROW, 34)
    sheet.set_row(HEAD_ROW, 24)
    sheet.set_row(NAME_ROW, 44)
    width = len(columns) // len(HEAD_BLOCK)
    for number, text in enumerate(HEAD_BLOCK):
        right = last if text is HEAD_BLOCK[-1] else (number + 1) * width - 1
        sheet.merge_range(HEAD_ROW, number * width, HEAD_ROW, right, text, formats.head)
    for group, first, final in _groups(columns):
        if group:
            sheet.merge_range(GROUP_ROW, first, GROUP_ROW, final, group, formats.group)
    for number, column in enumerate(columns):
        if column.group:
            sheet.write_string(NAME_ROW, number, column.header, formats.name)
        else:
            sheet.merge_range(GROUP_ROW, number, NAME_ROW, number, column.header, formats.name)


def _groups(columns: tuple[Column, ...]) -> list[tuple[str, int, int]]:
    """Return each group of neighboring columns with its first and last place."""
    groups: list[tuple[str, int, int]] = []
    for number, column in enumerate(columns):
        if groups and groups[-1][0] == column.group:
            groups[-1] = (column.group, groups[-1][1], number)
        else:
            groups.append((column.group, number, number))
    return groups


def _prepare_columns(sheet: Worksheet, columns: tuple[Column, ...], formats: _Formats) -> None:
    for number, column in enumerate(columns):
        sheet.set_column(number, number, column.width, formats.cell(column))
        for row in range(FIRST_ROW, FIRST_ROW + FORMATTED_ROWS):
            sheet.write_blank(row, number, None, formats.cell(column))
    # Lines appear with the first entry of a row, so that empty rows are not printed.
    area = (FIRST_ROW, 0, FIRST_ROW + FORMATTED_ROWS - 1, len(columns) - 1)
    last = xl_col_to_name(len(columns) - 1)
    rule = {"type": "formula", "criteria": f"=COUNTA($A{FIRST_ROW + 1}:${last}{FIRST_ROW + 1})>0"}
    sheet.conditional_format(*area, rule | {"format": formats.line})


def _write_validations(sheet: Worksheet, columns: tuple[Column, ...], lists: Worksheet) -> None:
    for number, column in enumerate(columns):
        if column.key == "serial":
            continue
        labels = labels_of(column)
        for row, label in enumerate(labels):
            lists.write_string(row, number, label)
        rule: dict[str, Any] = {
            "validate": "any",
            "input_title": column.header[:PROMPT_TITLE_LENGTH],
            "input_message": column.hint[:PROMPT_LENGTH],
        }
        if labels:
            rule |= {"validate": "list", "source": _source(labels, number)}
            rule |= {"error_title": "不在选项中", "error_message": f"{column.header}请从下拉列表中选择。"}
        sheet.data_validation(FIRST_ROW, number, FIRST_ROW + FORMATTED_ROWS - 1, number, rule)


def _source(labels: tuple[str, ...], number: int) -> list[str] | str:
    """Return a short list in place, a long one by reference: Excel allows 255 characters in place."""
    if len(",".join(labels)) <= LONGEST_INLINE_LIST:
        return list(labels)
    letters = xl_col_to_name(number)
    return f"={LISTS_SHEET}!${letters}$1:${letters}${len(labels)}"


def _write_serial_check(sheet: Worksheet) -> None:
    """Let Excel refuse a serial that is there already, as the province's sheet does."""
    first, last = FIRST_ROW + 1, FIRST_ROW + FORMATTED_ROWS
    rule = {
        "validate": "custom",
        "value": f"=COUNTIF($A${first}:$A${last},A{first})=1",
        "input_title": "序号",
        "input_message": "从1开始的整数，不重复。",
        "error_title": "序号重复",
        "error_message": "该序号在本表中已经填过，请改为不重复的序号。",
    }
    sheet.data_validation(FIRST_ROW, 0, FIRST_ROW + FORMATTED_ROWS - 1, 0, rule)


def _set_up_printing(sheet: Worksheet, width: int, kind: SheetKind) -> None:
    sheet.freeze_panes(FIRST_ROW, 2)
    sheet.set_landscape()
    sheet.set_paper(8)  # A3, as twenty columns are unreadable on A4
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(TITLE_ROW, NAME_ROW)
    sheet.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
    sheet.set_footer(f"&L{kind.form_title}&R第&P页 共&N页")
    sheet.ignore_errors(
        {"number_stored_as_text": f"A1:{xl_col_to_name(width - 1)}{FIRST_ROW + FORMATTED_ROWS}"}
    )


def _write_notes(sheet: Worksheet, kind: SheetKind, columns: tuple[Column, ...], formats: _Formats) -> None:
    sheet.set_column(0, 0, 36, formats.note)
    sheet.set_column(1, 1, 70, formats.note)
    sheet.set_column(2, 2, 30, formats.note)
    sheet.merge_range(0, 0, 0, 2, f"{kind.form_title}填表说明", formats.title)
    row = 1
    for note in notes_of(kind):
        sheet.merge_range(row, 0, row, 2, note, formats.note)
        sheet.set_row(row, 20 * (1 + len(note) // 70))
        row += 1
    for number, heading in enumerate(("栏目", "填写要求", "填写样例")):
        sheet.write_string(row + 1, number, heading, formats.group)
    for number, column in enumerate(columns, start=row + 2):
        for place, text in enumerate((column.header, column.hint, column.example)):
            sheet.write_string(number, place, text, formats.boxed)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
