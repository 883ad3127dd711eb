"""Sheets as they come from the field: any format, any place, any order."""

import datetime
from collections.abc import Callable, Sequence

import pytest

from tests.collection.sheets import sheets
from tests.collection.sheets.sheets import Value, header_of, lines_of, member_row, union_row, xlsx
from unionhall.collection.sheets.columns import SheetKind, columns_of
from unionhall.collection.sheets.reading import Limits, choose, read_workbook
from unionhall.collection.sheets.reading.tables import Table
from unionhall.standards.refusal import Refused

MEMBERS, UNIONS = SheetKind.MEMBERS, SheetKind.UNIONS
Lines = Sequence[Sequence[Value]]


def only_table(data: bytes) -> Table:
    (table,) = read_workbook(data).tables
    return table


def refused_code(data: bytes) -> str:
    with pytest.raises(Refused) as refused:
        read_workbook(data)
    (code,) = refused.value.codes
    return code


FORMATS: dict[str, Callable[[Lines], bytes]] = {
    "xlsx": lambda lines: xlsx({"Sheet1": lines}),
    "xls": sheets.xls,
    "ods": sheets.ods,
    "csv utf-8": sheets.text_file,
    "csv utf-8 with mark": lambda lines: sheets.text_file(lines, encoding="utf-8-sig"),
    "csv gb18030": lambda lines: sheets.text_file(lines, encoding="gb18030"),
    "csv utf-16 tabs": lambda lines: sheets.text_file(lines, encoding="utf-16", delimiter="\t"),
    "csv semicolons": lambda lines: sheets.text_file(lines, delimiter=";"),
}


@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize("kind", list(SheetKind))
def test_every_format_gives_the_same_table(form: str, kind: SheetKind) -> None:
    make = member_row if kind == MEMBERS else union_row
    rows = [make(1), make(2)]
    table = only_table(FORMATS[form](lines_of(kind, rows)))
    assert table.kind == kind
    assert (table.header_row, table.rows) == (2, [3, 4])
    assert {key: list(texts) for key, texts in table.cells.items()} == {
        column.key: [str(row[column.key]) for row in rows] for column in columns_of(kind)
    }
    assert (table.missing, table.unknown) == ((), ())


@pytest.mark.parametrize("make", [FORMATS["xlsx"], FORMATS["xls"], FORMATS["ods"]])
def test_numbers_and_days_become_the_text_a_person_would_type(make: Callable[[Lines], bytes]) -> None:
    row = member_row(
        serial=1,
        mobile=13800000001,
        birth_date=datetime.date(1990, 1, 2),
        changed_on=43525,
        document_number=460199199001010010.0,
    )
    table = only_table(make(lines_of(MEMBERS, [row])))
    shown = {key: table.cells[key][0] for key in ("serial", "mobile", "birth_date", "changed_on")}
    assert shown == {
        "serial": "1",
        "mobile": "13800000001",
        "birth_date": "1990-01-02",
        "changed_on": "43525",
    }
    assert table.cells["document_number"] == ["4.60199199001010E+17"]
    numeric = {key for key, flags in table.numeric.items() if flags[0]}
    assert numeric == {"serial", "mobile", "changed_on", "document_number"}


def test_header_is_found_anywhere_with_stars_notes_breaks_and_aliases() -> None:
    labels = ["*序 号", "姓\n名（必填）", "性别*", "出生日期（yyyy/MM/dd）", "民 族", "身份证号", "手机号码"]
    lines: Lines = [
        [],
        [],
        ["某工会"],
        [],
        ["", "", *labels],
        ["", "", "1", "林甲", "男", "1990/1/1", "汉族", "x", "y"],
    ]
    table = only_table(xlsx({"封面": [["说明"]], "名单": lines}))
    assert (table.sheet, table.header_row, table.rows) == ("名单", 5, [6])
    keys = ["serial", "name", "sex", "birth_date", "ethnic_group", "document_number", "mobile"]
    assert table.positions == dict(zip(keys, range(2, 9), strict=True))
    assert "employer_name" in table.missing


def test_moved_columns_are_read_by_their_labels_and_strangers_are_named() -> None:
    keys = [column.key for column in reversed(columns_of(MEMBERS))]
    row = member_row()
    header = [*reversed(header_of(MEMBERS)), "备注"]
    table = only_table(xlsx({"Sheet1": [header, [*(row[key] for key in keys), "无"]]}))
    assert {key: texts[0] for key, texts in table.cells.items()} == row
    assert table.unknown == ((20, "备注"),)


def test_group_row_tells_two_columns_of_one_label_apart() -> None:
    groups = ["序号", "单位信息", "", "", "工会信息", "", ""]
    names = ["", "单位名称", "统一社会信用代码", "职工人数", "工会名称", "统一社会信用代码", "会员人数"]
    table = only_table(xlsx({"Sheet1": [groups, names, ["1", "甲", "A", "3", "乙", "B", "2"]]}))
    assert {key: texts[0] for key, texts in table.cells.items()} == {
        "serial": "1",
        "employer_name": "甲",
        "employer_credit_code": "A",
        "employee_count": "3",
        "union_name": "乙",
        "union_credit_code": "B",
        "member_count": "2",
    }


def test_only_data_is_read_not_notes_totals_samples_blanks_or_repeated_headers() -> None:
    title, header, first, second = lines_of(MEMBERS, [member_row(1), member_row(2)])
    sample = ["示例", *first[1:]]
    lines: Lines = [
        title,
        header,
        sample,
        first,
        [],
        header,
        ["3"],
        second,
        ["合计", "2人"],
        ["填表单位（盖章）：示范工会", "", "", "", "单位负责人（签字）："],
        ["注：请如实填写，不得漏项。"],
        ["", "说明：本表一式两份"],
    ]
    assert only_table(xlsx({"Sheet1": lines})).rows == [4, 8]


def test_row_with_a_single_name_is_a_faulty_row_and_not_a_note() -> None:
    lines = lines_of(MEMBERS, [member_row()])
    assert only_table(xlsx({"Sheet1": [*lines, ["2", "符乙"]]})).rows == [3, 4]


def test_formulas_give_their_value_and_marks_of_text_are_dropped() -> None:
    row = member_row(document_number='="460199199001010010"', mobile="'13800000001")
    table = only_table(sheets.text_file(lines_of(MEMBERS, [row])))
    assert table.cells["document_number"] == ["460199199001010010"]
    assert table.cells["mobile"] == ["13800000001"]


def test_both_forms_may_be_in_one_workbook() -> None:
    data = xlsx(
        {"组织": lines_of(UNIONS, [union_row()]), "会员": lines_of(MEMBERS, [member_row(), member_row(2)])}
    )
    workbook = read_workbook(data)
    assert [(table.kind, len(table.rows)) for table in workbook.tables] == [(UNIONS, 1), (MEMBERS, 2)]
    assert choose(workbook, MEMBERS) == workbook.tables[1:]


def test_the_other_form_is_named() -> None:
    workbook = read_workbook(sheets.sheet_xlsx(UNIONS, [union_row()]))
    with pytest.raises(Refused) as refused:
        choose(workbook, MEMBERS)
    assert refused.value.codes == ("sheets.file.wrong_kind",)
    assert "《海南省工会组织信息采集表》" in str(refused.value)


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (xlsx({"Sheet1": [["甲", "乙"], [1, 2]]}), "no_table"),
        (sheets.sheet_xlsx(MEMBERS, []), "no_data"),
        (xlsx({"Sheet1": [[*header_of(MEMBERS), "姓 名"], ["1"]]}), "duplicated_column"),
        (b"hello, world", "no_table"),
    ],
)
def test_workbooks_without_a_readable_form_say_so(data: bytes, code: str) -> None:
    assert refused_code(data) == f"sheets.file.{code}"


def test_more_rows_than_allowed_are_refused() -> None:
    data = sheets.sheet_xlsx(MEMBERS, [member_row(number) for number in range(1, 5)])
    with pytest.raises(Refused) as refused:
        read_workbook(data, limits=Limits(rows=3))
    assert refused.value.codes == ("sheets.file.too_long",)
