"""The user's own workbook back: same layout, faulty cells marked, nothing lost, nothing executed."""

import io
from collections.abc import Callable, Mapping, Sequence

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.styles import Font

from tests.collection.sheets import sheets
from tests.collection.sheets.sheets import TODAY, Value, lines_of, member_row, xlsx
from unionhall.collection.sheets import returning
from unionhall.collection.sheets.checking import check_file
from unionhall.collection.sheets.columns import SheetKind
from unionhall.collection.sheets.returning import write_return

MEMBERS = SheetKind.MEMBERS
RED, YELLOW = "00FFC7CE", "00FFEB9C"
SEX_CELL, NUMBER_CELL = "C4", "H4"
DANGEROUS = ("=HYPERLINK(1)", "+1", "-1", "@SUM(1)")


def rows() -> list[dict[str, Value]]:
    return [
        member_row(1),
        member_row(2, sex="女", household_place=DANGEROUS[0], native_place=DANGEROUS[1]),
        member_row(3, household_place=DANGEROUS[2], native_place=DANGEROUS[3]),
    ]


def returned(data: bytes) -> Workbook:
    checked = check_file(data, kind=MEMBERS, today=TODAY)
    return load_workbook(io.BytesIO(write_return(data, checked.judgements)))


def color(workbook: Workbook, sheet: str, cell: str) -> str:
    fill = workbook[sheet][cell].fill
    return str(fill.start_color.rgb) if fill.fill_type == "solid" else ""


def own_workbook(lines: Sequence[Sequence[Value]]) -> bytes:
    """Return a workbook with what users add: fonts, widths, a hidden row, other sheets, their comments."""
    workbook = load_workbook(io.BytesIO(xlsx({"会员": lines, "备查": [["留着"]], "藏": [["也留着"]]})))
    sheet = workbook["会员"]
    sheet["B3"].font = Font(bold=True)
    sheet.row_dimensions[5].hidden = True
    sheet.column_dimensions["B"].width = 33
    sheet.merge_cells("A1:T1")
    workbook["藏"].sheet_state = "hidden"
    output = io.BytesIO()
    workbook.save(output)
    return output.getvalue()


def test_workbook_is_marked_in_place_and_everything_else_survives() -> None:
    workbook = returned(own_workbook(lines_of(MEMBERS, rows())))
    assert workbook.sheetnames == ["会员", "备查", "藏", "检查结果"]
    sheet = workbook["会员"]
    assert (color(workbook, "会员", SEX_CELL), color(workbook, "会员", NUMBER_CELL)) == (RED, YELLOW)
    assert color(workbook, "会员", "C3") == ""
    comment = sheet[SEX_CELL].comment
    assert comment is not None
    assert comment.text.startswith("性别填的是“女”，但证件号码第17位表示“男”")
    assert comment.text.endswith("建议：男")
    assert (sheet["U2"].value, sheet["U3"].value) == ("错误原因", sheet["U5"].value)
    lines = str(sheet["U4"].value).split("\n")
    assert [line.split("：")[0] for line in lines] == ["【错误】性别", "【警告】证件号码"]
    assert sheet["B3"].font.bold
    assert sheet.row_dimensions[5].hidden
    assert sheet.column_dimensions["B"].width == 33
    assert [str(area) for area in sheet.merged_cells.ranges] == ["A1:T1"]
    assert (workbook["备查"]["A1"].value, workbook["藏"].sheet_state) == ("留着", "hidden")


FORMATS: Mapping[str, Callable[[Sequence[Sequence[Value]]], bytes]] = {
    "Sheet1": sheets.xls,
    "工作表1": sheets.ods,
    "CSV": lambda lines: sheets.text_file(lines, encoding="gb18030"),
}


@pytest.mark.parametrize("name", FORMATS)
def test_other_formats_come_back_as_xlsx_with_the_same_cells(name: str) -> None:
    lines = lines_of(MEMBERS, rows())
    workbook = returned(FORMATS[name](lines))
    assert workbook.sheetnames == [name, "检查结果"]
    sheet = workbook[name]
    found = [[cell.value for cell in line[:20]] for line in sheet.iter_rows(min_row=2)]
    assert found == [list(line) for line in lines[1:]]
    assert sheet["A1"].value == lines[0][0]
    assert (color(workbook, name, SEX_CELL), color(workbook, name, NUMBER_CELL)) == ("FFFFC7CE", "FFFFEB9C")
    assert sheet[SEX_CELL].comment is not None
    assert str(sheet["U4"].value).startswith("【错误】性别")


@pytest.mark.parametrize("make", [lambda lines: xlsx({"Sheet1": lines}), *FORMATS.values()])
def test_text_that_begins_as_a_formula_stays_text(make: Callable[[Sequence[Sequence[Value]]], bytes]) -> None:
    workbook = returned(make(lines_of(MEMBERS, rows())))
    sheet = workbook.worksheets[0]
    kept = [sheet[cell].value for cell in ("M4", "S4", "M5", "S5")]
    assert kept == list(DANGEROUS)
    assert {cell.data_type for line in sheet.iter_rows() for cell in line} <= {"s", "n"}


def test_mended_workbook_is_returned_again_without_the_old_marks() -> None:
    first = returned(own_workbook(lines_of(MEMBERS, rows())))
    first["会员"][SEX_CELL] = "男"
    output = io.BytesIO()
    first.save(output)
    second = returned(output.getvalue())
    assert second.sheetnames == ["会员", "备查", "藏", "检查结果"]
    assert color(second, "会员", SEX_CELL) == ""
    assert second["会员"][SEX_CELL].comment is None
    assert second["会员"]["V2"].value is None
    assert "性别" not in str(second["会员"]["U4"].value)


def test_summary_counts_and_lists_every_finding() -> None:
    sheet = returned(xlsx({"Sheet1": lines_of(MEMBERS, rows())}))["检查结果"]
    lines = [[cell.value for cell in line] for line in sheet.iter_rows()]
    assert lines[0][0] == "共3行数据，错误1个，警告3个，提示0个。"
    assert lines[3] == ["工作表", "行", "列", "级别", "问题及改正办法", "建议值"]
    assert [(line[1], line[2], line[3]) for line in lines[4:]] == [
        (3, "证件号码", "警告"),
        (4, "性别", "错误"),
        (4, "证件号码", "警告"),
        (5, "证件号码", "警告"),
    ]


def test_long_workbook_is_built_anew_with_the_same_marks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(returning, "MOST_ROWS_IN_PLACE", 2)
    workbook = returned(own_workbook(lines_of(MEMBERS, rows())))
    assert workbook.sheetnames == ["会员", "备查", "藏", "检查结果"]
    assert (workbook["藏"].sheet_state, workbook["备查"]["A1"].value) == ("hidden", "留着")
    assert color(workbook, "会员", SEX_CELL) == "FFFFC7CE"
    assert [str(area) for area in workbook["会员"].merged_cells.ranges] == ["A1:T1"]
    assert workbook["会员"]["A1"].value == "海南省工会会员信息采集表"
