"""Synthetic sheets for the tests: people of area 460199, which belongs to no place, and made-up unions."""

import csv
import datetime
import io
from collections.abc import Mapping, Sequence
from typing import Any

import xlsxwriter  # type: ignore[import-untyped]
import xlwt
from odf.opendocument import OpenDocumentSpreadsheet
from odf.table import Table as OdfTable
from odf.table import TableCell, TableRow
from odf.text import P

from unionhall.collection.sheets.columns import SheetKind, columns_of

TODAY = datetime.date(2026, 6, 1)
BORN = datetime.date(1990, 1, 1)
ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
Value = str | int | float | datetime.date
Row = Mapping[str, Value]


def resident_id(
    sequence: int, *, born: datetime.date = datetime.date(1990, 1, 1), area: str = "460199"
) -> str:
    """Return a number with a right check character; an odd sequence is a man."""
    body = f"{area}{born:%Y%m%d}{sequence:03d}"
    weights = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
    total = sum(int(digit) * weight for digit, weight in zip(body, weights, strict=True))
    return body + "10X98765432"[total % 11]


def credit_code(sequence: int, *, prefix: str = "91", area: str = "460105") -> str:
    """Return a credit code with a right check character (and a right organization code inside)."""
    body = f"{sequence:08d}"
    weights = (3, 7, 9, 10, 5, 8, 4, 2)
    rest = 11 - sum(int(digit) * weight for digit, weight in zip(body, weights, strict=True)) % 11
    first = f"{prefix}{area}{body}{'0123456789X0'[rest]}"
    total = sum(ALPHABET.index(char) * pow(3, place, 31) for place, char in enumerate(first))
    return first + ALPHABET[(31 - total % 31) % 31]


def member_row(number: int = 1, /, **over: Value) -> dict[str, Value]:
    """Return a member without fault; each number is another person of another day."""
    born = datetime.date(1985, 1, 1) + datetime.timedelta(days=number)
    return {
        "serial": str(number),
        "name": "林" + "甲乙丙丁戊己庚辛壬癸"[number % 10] + "东南西北中"[number // 10 % 5],
        "sex": "男",
        "birth_date": f"{born:%Y/%m/%d}",
        "ethnic_group": "黎族",
        "employment_status": "在岗",
        "document_type": "居民身份证",
        "document_number": resident_id(1, born=born),
        "education": "大专",
        "skill_level": "无",
        "mobile": f"138{number:08d}",
        "household_type": "农业户口",
        "household_place": "海南省海口市",
        "change_type": "入会",
        "changed_on": "2019/03/01",
        "change_reason": "劳动（工作）关系发生变化",
        "political_status": "群众",
        "employer_name": "海口示范机械有限公司",
        "native_place": "海南海口",
        "migrant_worker": "是",
        **over,
    }


def union_row(number: int = 1, /, **over: Value) -> dict[str, Value]:
    """Return a union of one employer without fault."""
    return {
        "serial": str(number),
        "employer_name": f"海口示范第{number}机械有限公司",
        "employer_credit_code": credit_code(number),
        "employer_address": f"海口市秀英区示范路{number}号",
        "division": "海口市",
        "employer_nature": "其他有限责任公司",
        "economic_type": "股份制",
        "industry": "制造业",
        "employee_count": "60",
        "union_name": f"海口示范第{number}机械有限公司工会委员会",
        "union_credit_code": credit_code(number, prefix="81"),
        "superior_name": "海口市秀英区总工会",
        "founded_on": "2019/02/13",
        "union_kind": "独立基层工会",
        "member_count": "52",
        "chair_name": "符示范",
        "phone": "0898-66668888",
        **over,
    }


def header_of(kind: SheetKind) -> list[str]:
    """Return the labels of a form."""
    return [column.header for column in columns_of(kind)]


def lines_of(kind: SheetKind, rows: Sequence[Row]) -> list[list[Value]]:
    """Return title, header and rows as a plain grid; the first row of data is Excel's row 3."""
    keys = [column.key for column in columns_of(kind)]
    return [[kind.form_title], [*header_of(kind)], *([row[key] for key in keys] for row in rows)]


def xlsx(sheets: Mapping[str, Sequence[Sequence[Value]]]) -> bytes:
    """Return a workbook of plain grids; numbers stay numbers, days become dates."""
    output = io.BytesIO()
    workbook = xlsxwriter.Workbook(output, {"strings_to_formulas": False})
    day = workbook.add_format({"num_format": "yyyy/mm/dd"})
    for name, lines in sheets.items():
        sheet = workbook.add_worksheet(name)
        for number, line in enumerate(lines):
            for column, value in enumerate(line):
                if isinstance(value, datetime.date):
                    sheet.write_datetime(number, column, value, day)
                else:
                    sheet.write(number, column, value)
    workbook.close()
    return output.getvalue()


def sheet_xlsx(kind: SheetKind, rows: Sequence[Row], *, name: str = "Sheet1") -> bytes:
    """Return a form with rows as .xlsx."""
    return xlsx({name: lines_of(kind, rows)})


def xls(lines: Sequence[Sequence[Value]], *, name: str = "Sheet1") -> bytes:
    """Return a grid as BIFF8, as .xls and most .et are."""
    workbook = xlwt.Workbook()
    sheet = workbook.add_sheet(name)
    day = xlwt.XFStyle()
    day.num_format_str = "yyyy/mm/dd"
    for number, line in enumerate(lines):
        for column, value in enumerate(line):
            if isinstance(value, datetime.date):
                sheet.write(number, column, value, day)
            else:
                sheet.write(number, column, value)
    output = io.BytesIO()
    workbook.save(output)
    return output.getvalue()


def ods(lines: Sequence[Sequence[Value]], *, name: str = "工作表1") -> bytes:
    """Return a grid as OpenDocument, with the million empty rows LibreOffice adds."""
    document = OpenDocumentSpreadsheet()
    table = OdfTable(name=name)
    for line in lines:
        row = TableRow()
        for value in line:
            row.addElement(_ods_cell(value))
        table.addElement(row)
    filler = TableRow(numberrowsrepeated=1_048_000)
    filler.addElement(TableCell(numbercolumnsrepeated=16_384))
    table.addElement(filler)
    document.spreadsheet.addElement(table)
    output = io.BytesIO()
    document.write(output)
    return output.getvalue()


def _ods_cell(value: Value) -> Any:
    if isinstance(value, datetime.date):
        cell = TableCell(valuetype="date", datevalue=value.isoformat())
    elif isinstance(value, str):
        cell = TableCell(valuetype="string")
    else:
        cell = TableCell(valuetype="float", value=str(value))
    cell.addElement(P(text=str(value)))
    return cell


def text_file(lines: Sequence[Sequence[Value]], *, encoding: str = "utf-8", delimiter: str = ",") -> bytes:
    """Return a grid as separated text."""
    output = io.StringIO(newline="")
    csv.writer(output, delimiter=delimiter).writerows(lines)
    return output.getvalue().encode(encoding)
