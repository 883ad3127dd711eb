"""Member rows: every rule of the domain reference 3.3 that needs no registry, as a table of cases."""

import datetime
from collections.abc import Mapping
from typing import NamedTuple

import numpy as np
import pytest

from tests.collection.sheets.sheets import TODAY, Value, member_row, resident_id, sheet_xlsx, xlsx
from unionhall.collection.sheets.columns import SheetKind, columns_of
from unionhall.collection.sheets.findings import Finding, Judgement, Severity
from unionhall.collection.sheets.judging import judge, judge_rows
from unionhall.collection.sheets.reading import read_workbook

MEMBERS = SheetKind.MEMBERS
# Area 460199 belongs to no place, so every number in the tests earns this warning; it has its own test.
UNKNOWN_AREA = "member.document_number.area_unknown"


class Told(NamedTuple):
    """What is expected of a finding: code, severity, a piece of its sentence, suggestion."""

    code: str
    severity: str
    piece: str = ""
    suggestion: str = ""


def judged(*rows: Mapping[str, Value]) -> Judgement:
    cells = {column.key: [str(row[column.key]) for row in rows] for column in columns_of(MEMBERS)}
    return judge_rows(MEMBERS, cells, today=TODAY)


def as_sheet(*rows: Mapping[str, Value]) -> Judgement:
    (table,) = read_workbook(sheet_xlsx(MEMBERS, rows)).tables
    return judge(table, today=TODAY)


def telling(judgement: Judgement) -> list[Finding]:
    return [finding for finding in judgement.findings if finding.code != UNKNOWN_AREA]


def test_clean_rows_have_no_finding_and_canonical_facts() -> None:
    judgement = as_sheet(member_row(1), member_row(2, mobile="138 0000-0009", ethnic_group="汉"))
    assert telling(judgement) == []
    assert not judgement.faulty.any()
    assert {key: values[1] for key, values in judgement.facts.items()} == {
        "serial": "2",
        "name": "林丙东",
        "sex": "1",
        "birth_date": "1985-01-03",
        "ethnic_group": "01",
        "employment_status": "1",
        "document_type": "111",
        "document_number": resident_id(1, born=datetime.date(1985, 1, 3)),
        "education": "4",
        "skill_level": "0",
        "mobile": "13800000009",
        "household_type": "00",
        "household_place": "海南省海口市",
        "change_type": "1",
        "changed_on": "2019-03-01",
        "change_reason": "1",
        "political_status": "13",
        "employer_name": "海口示范机械有限公司",
        "native_place": "海南海口",
        "migrant_worker": True,
    }


REQUIRED = [column.key for column in columns_of(MEMBERS) if column.required]


@pytest.mark.parametrize("key", REQUIRED)
@pytest.mark.parametrize("blank", ["", " \u3000", "\u200b"])
def test_every_required_cell_left_blank_is_one_error_with_an_example(key: str, blank: str) -> None:
    (finding,) = [found for found in telling(judged(member_row(**{key: blank}))) if found.key == key]
    assert (finding.code, finding.severity) == (f"member.{key}.required", Severity.ERROR)
    assert "请补填，例如“" in finding.message


BORN_2012 = datetime.date(2012, 5, 1)
SIXTEEN_TODAY = datetime.date(2010, 6, 1)
ID_1985 = resident_id(1, born=datetime.date(1985, 1, 2))

CASES: dict[str, tuple[dict[str, Value], list[Told]]] = {
    "R-M1 check character": (
        {"document_number": ID_1985[:-1] + ("0" if ID_1985[-1] != "0" else "1")},
        [Told("member.document_number.check", "error", ID_1985[:6] + "********")],
    ),
    "R-M1 seventeen digits": (
        {"document_number": ID_1985[:-1]},
        [Told("member.document_number.length", "error", "有17位")],
    ),
    "R-M1 letter for a digit": (
        {"document_number": ID_1985[:8] + "B" + ID_1985[9:]},
        [Told("member.document_number.alphabet", "error", "", ID_1985)],
    ),
    "R-M1 exponent": (
        {"document_number": "4.60199E+17"},
        [Told("member.document_number.destroyed", "error", "后几位已变成0且无法恢复")],
    ),
    "R-M1 fifteen digits": (
        {"document_number": ID_1985[:6] + ID_1985[8:17]},
        [Told("member.document_number.converted", "warning", "15位旧号码", ID_1985)],
    ),
    "R-M4 sex": (
        {"sex": "女"},
        [Told("member.sex.sex_differs", "error", "第17位表示“男”", "男")],
    ),
    "R-M4 birth": (
        {"birth_date": "1985-2-2"},
        [Told("member.birth_date.birth_differs", "error", "1985/01/02", "1985/01/02")],
    ),
    "R-M5 under sixteen": (
        {"birth_date": "2012/5/1", "document_number": resident_id(1, born=BORN_2012)},
        [Told("member.birth_date.under_age", "error", "未满16周岁")],
    ),
    "R-M5 sixteen today": (
        {
            "birth_date": "2010/6/1",
            "document_number": resident_id(1, born=SIXTEEN_TODAY),
            "changed_on": "2026/6/1",
        },
        [],
    ),
    "R-M7 joined as a child": (
        {"changed_on": "2001/1/1"},
        [Told("member.changed_on.changed_too_young", "error", "2001/01/02满16周岁")],
    ),
    "R-M7 tomorrow": (
        {"changed_on": "2026/6/2"},
        [Told("member.changed_on.changed_in_future", "error", "2026/06/02晚于今天（2026/06/01）")],
    ),
    "day first": (
        {"changed_on": "13/02/2019"},
        [Told("member.changed_on.day_first", "error", "", "2019/02/13")],
    ),
    "two-digit year": (
        {"changed_on": "19-2-13"},
        [Told("member.changed_on.two_digit_year", "error")],
    ),
    "R-M8 retained without a reason": (
        {"change_type": "保留", "change_reason": ""},
        [Told("member.change_reason.reason_missing", "error", "会籍变化类型是“保留”")],
    ),
    "R-M8 expelled": (
        {"change_type": "除名", "change_reason": "因犯罪被开除会籍"},
        [Told("member.change_type.expulsion_papers", "warning", "处理决定")],
    ),
    "R-M9 joined without a reason": (
        {"change_reason": ""},
        [Told("member.change_reason.reason_needless", "info", "有1行")],
    ),
    "R-M9 joined for being unemployed": (
        {"change_reason": "失业"},
        [Told("member.change_reason.reason_unfit", "warning", "“失业”")],
    ),
    "R-M6 retired and joining": (
        {"employment_status": "退休"},
        [Told("member.change_type.retired", "warning", "“退休”", "保留")],
    ),
    "R-M6 at post at 66": (
        {"birth_date": "1960/1/1", "document_number": resident_id(1, born=datetime.date(1960, 1, 1))},
        [Told("member.employment_status.past_retirement", "warning", "66周岁")],
    ),
    "R-M11 unknown label": (
        {"ethnic_group": "黎族族"},
        [Told("member.ethnic_group.unknown_label", "error", "是否应为“黎族”", "黎族")],
    ),
    "the form's own misprint": ({"ethnic_group": "僳僳族"}, []),
    "other words for the same": ({"political_status": "中国共产党党员", "sex": "男性"}, []),
    "R-M12 migrant with an urban household": (
        {"household_type": "非农业户口"},
        [Told("member.migrant_worker.migrant_household", "warning")],
    ),
    "household of today's register": (
        {"household_type": "居民户口"},
        [Told("member.household_type.household_unlisted", "info")],
    ),
    "R-M13 passport": (
        {"document_type": "护照", "document_number": "E12345678"},
        [Told("member.document_type.document_type_unlisted", "warning", "普通护照")],
    ),
    "league member of 41": (
        {"political_status": "共青团员"},
        [Told("member.political_status.league_age", "warning", "41周岁")],
    ),
    "mobile too short": ({"mobile": "1380000000"}, [Told("member.mobile.length", "error", "有10位")]),
    "name with a digit": ({"name": "林1"}, [Told("member.name.digits", "error")]),
    "far too long": ({"native_place": "海" * 51}, [Told("member.native_place.too_long", "error", "有51个字")]),
}  # fmt: skip


@pytest.mark.parametrize("name", CASES)
def test_each_rule_says_what_is_wrong_and_how_to_mend_it(name: str) -> None:
    over, expected = CASES[name]
    found = telling(judged(member_row(1, **over)))
    assert [(each.code, each.severity.value, each.suggestion) for each in found] == [
        (told.code, told.severity, told.suggestion) for told in expected
    ]
    for each, told in zip(found, expected, strict=True):
        assert told.piece in each.message
        assert each.message.endswith("。")
        assert ID_1985 not in each.message


def test_unknown_area_is_a_warning_that_names_the_area() -> None:
    (finding,) = judged(member_row()).findings
    assert (finding.code, finding.severity) == (UNKNOWN_AREA, Severity.WARNING)
    assert "460199" in finding.message


def test_numeric_cell_of_a_number_is_destroyed_however_right_it_looks() -> None:
    judgement = as_sheet(member_row(1, document_number=460199199001010048.0))
    (finding,) = judgement.findings
    assert (finding.code, finding.row, finding.column) == ("member.document_number.destroyed", 3, "证件号码")
    assert judgement.facts["document_number"] == [""]


def test_numbers_of_phones_days_and_counts_are_recovered() -> None:
    judgement = as_sheet(member_row(1, mobile=13800000001, changed_on=43525, serial=1.0))
    assert telling(judgement) == []
    assert (judgement.facts["mobile"], judgement.facts["changed_on"]) == (["13800000001"], ["2019-03-01"])


def test_rows_are_compared_with_each_other() -> None:
    first, second = member_row(1), member_row(2)
    twin = {"name": first["name"], "birth_date": first["birth_date"], "serial": "1"}
    same_day = resident_id(3, born=datetime.date(1985, 1, 2))
    judgement = as_sheet(
        first,
        second | {"document_number": first["document_number"], "birth_date": first["birth_date"]},
        member_row(3, **twin, document_number=same_day, mobile="138 00000002"),
    )
    found = [(each.row, each.code, each.message) for each in telling(judgement)]
    repeated = "证件号码460199********"
    assert [(row, code) for row, code, _ in found] == [
        (3, "member.name.same_person"),
        (3, "member.document_number.document_repeated"),
        (4, "member.document_number.document_repeated"),
        (4, "member.mobile.mobile_shared"),
        (5, "member.serial.serial_repeated"),
        (5, "member.name.same_person"),
        (5, "member.mobile.mobile_shared"),
    ]
    assert [message for _, code, message in found if code.endswith("document_repeated")] == [
        f"{repeated}{str(first['document_number'])[-4:]}与第{other}行重复，一名会员只能填一行，"
        "请核对后删去多余的一行或改正号码。"
        for other in (4, 3)
    ]
    assert "138****0002与第5行" in found[3][2]
    assert judgement.faulty.tolist() == [True, True, False]


def test_missing_required_column_is_one_error_and_a_strange_one_a_remark() -> None:
    rows = [member_row(1), member_row(2)]
    header = ["姓名", "性别", "出生日期", "证件号码", "移动电话", "备注"]
    keys = ["name", "sex", "birth_date", "document_number", "mobile", "native_place"]
    (table,) = read_workbook(xlsx({"名单": [header, *([row[key] for key in keys] for row in rows)]})).tables
    judgement = judge(table, today=TODAY)
    at_header = {(each.column, each.code, each.severity) for each in judgement.findings if each.row == 1}
    assert ("民族", "member.ethnic_group.column_missing", Severity.ERROR) in at_header
    assert ("序号", "member.serial.column_absent", Severity.INFO) in at_header
    assert ("备注", "member.column_unknown", Severity.INFO) in at_header
    assert len(at_header) == 20 - 5 + 1
    assert not judgement.faulty.any()


def test_one_law_for_one_row_and_for_many() -> None:
    """The same rows give the same findings however many stand around them."""
    rows = [member_row(number, **over) for number, (over, _) in enumerate(CASES.values(), start=1)]
    for row in rows:
        row["birth_date"] = row["birth_date"] or "1990/1/1"
    numbers = list(range(1, len(rows) + 1))
    together = judged(*rows)
    for number, row in zip(numbers, rows, strict=True):
        alone = judged(row)
        own = [each for each in together.findings if each.row == number and "needless" not in each.code]
        assert [(each.code, each.message) for each in own] == [
            (each.code, each.message) for each in alone.findings if "needless" not in each.code
        ]
        assert np.array_equal(together.faulty[number - 1 : number], alone.faulty)
