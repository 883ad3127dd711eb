"""Union rows: every rule of the domain reference 2.4 that needs no registry, and both sheets together."""

from collections.abc import Mapping

import pytest

from tests.collection.sheets.sheets import (
    TODAY,
    Value,
    credit_code,
    lines_of,
    member_row,
    sheet_xlsx,
    union_row,
    xlsx,
)
from unionhall.collection.sheets.checking import check_file
from unionhall.collection.sheets.columns import SheetKind, columns_of
from unionhall.collection.sheets.findings import Judgement, Severity
from unionhall.collection.sheets.judging import judge, judge_rows
from unionhall.collection.sheets.reading import read_workbook

UNIONS, MEMBERS = SheetKind.UNIONS, SheetKind.MEMBERS


def judged(*rows: Mapping[str, Value]) -> Judgement:
    cells = {column.key: [str(row[column.key]) for row in rows] for column in columns_of(UNIONS)}
    return judge_rows(UNIONS, cells, today=TODAY)


def as_sheet(*rows: Mapping[str, Value]) -> Judgement:
    (table,) = read_workbook(sheet_xlsx(UNIONS, rows)).tables
    return judge(table, today=TODAY)


def test_clean_row_has_no_finding_and_canonical_facts() -> None:
    judgement = as_sheet(union_row(1, employee_count=1200.0 / 20, phone="(0898)66668888"))
    assert judgement.findings == []
    assert {key: values[0] for key, values in judgement.facts.items()} == {
        "serial": "1",
        "employer_name": "海口示范第1机械有限公司",
        "employer_credit_code": credit_code(1),
        "employer_address": "海口市秀英区示范路1号",
        "division": "460100",
        "employer_nature": "159",
        "economic_type": "6",
        "industry": "25",
        "employee_count": 60,
        "union_name": "海口示范第1机械有限公司工会委员会",
        "union_credit_code": credit_code(1, prefix="81"),
        "superior_name": "海口市秀英区总工会",
        "founded_on": "2019-02-13",
        "union_kind": "01",
        "member_count": 52,
        "chair_name": "符示范",
        "phone": "0898-66668888",
    }


CODE = credit_code(1)
CASES: dict[str, tuple[dict[str, Value], list[tuple[str, str, str]]]] = {
    "R-O1 check character": (
        {"employer_credit_code": CODE[:-1] + ("0" if CODE[-1] != "0" else "1")},
        [("union.employer_credit_code.check", "error", "")],
    ),
    "R-O1 exponent": (
        {"union_credit_code": "8.1460105E+17"},
        [("union.union_credit_code.destroyed", "error", "")],
    ),
    "R-O2 tomorrow": ({"founded_on": "2026-6-2"}, [("union.founded_on.founded_in_future", "error", "")]),
    "R-O2 before all unions": (
        {"founded_on": "1920-1-1"},
        [("union.founded_on.founded_too_early", "error", "")],
    ),
    "R-O2 before the federation": (
        {"founded_on": "1922-5-1"},
        [("union.founded_on.founded_before_acftu", "warning", "")],
    ),
    "R-O3 more members than workers": (
        {"employee_count": "40"},
        [("union.member_count.members_exceed", "warning", "")],
    ),
    "R-O4 above itself": (
        {"superior_name": "海口示范第1机械有限公司 工会委员会"},
        [("union.superior_name.superior_is_self", "error", "")],
    ),
    "R-O6 the employer's own code": (
        {"union_credit_code": credit_code(1)},
        [("union.union_credit_code.same_code", "error", "")],
    ),
    "R-O6 another employer's code": (
        {"union_credit_code": credit_code(7)},
        [("union.union_credit_code.prefix_not_union", "error", "")],
    ),
    "R-O6 a federation's code": (
        {"union_credit_code": credit_code(7, prefix="13")},
        [("union.union_credit_code.prefix_unfit", "warning", "")],
    ),
    "R-O6 other union body": ({"union_credit_code": credit_code(7, prefix="89")}, []),
    "R-O6 none yet": (
        {"union_credit_code": "未办理"},
        [("union.union_credit_code.registration_due", "warning", "")],
    ),
    "R-O6 left empty": ({"union_credit_code": ""}, [("union.union_credit_code.code_required", "error", "")]),
    "R-O7 organ with an enterprise's code": (
        {"employer_nature": "机关", "economic_type": "其他经济类"},
        [("union.employer_nature.nature_unfit", "warning", "")],
    ),
    "R-O8 registered elsewhere": (
        {"employer_credit_code": credit_code(1, area="440300")},
        [("union.employer_credit_code.area_differs", "info", "")],
    ),
    "R-O9 no committee in the name": (
        {"union_name": "海口示范第1机械有限公司工会"},
        [("union.union_name.committee_due", "info", "")],
    ),
    "R-O10 two hundred workers": (
        {"employee_count": "200"},
        [("union.employee_count.full_time_chair", "info", "")],
    ),
    "outside Haikou": (
        {"division": "三亚市", "employer_credit_code": credit_code(1, area="460200")},
        [("union.division.not_haikou", "warning", "")],
    ),
    "district of Haikou": ({"division": "海口市龙华区"}, []),
    "not a number": ({"member_count": "52人"}, [("union.member_count.not_integer", "error", "52")]),
    "thousands": ({"employee_count": "1,200"}, [("union.employee_count.full_time_chair", "info", "")]),
    "negative": ({"employee_count": "-3"}, [("union.employee_count.not_integer", "error", "")]),
    "form's label with half-width brackets": ({"industry": "综合(含投资类、主业不明显)"}, []),
}


@pytest.mark.parametrize("name", CASES)
def test_each_rule_says_what_is_wrong(name: str) -> None:
    over, expected = CASES[name]
    found = judged(union_row(1, **over)).findings
    assert [(each.code, each.severity.value, each.suggestion) for each in found] == expected
    assert all(each.message.endswith("。") for each in found)


def test_federation_may_bear_the_code_of_its_own_body() -> None:
    code = credit_code(9, prefix="13")
    name = "海口市示范区总工会"
    row = union_row(
        1, employer_name=name, union_name=name, employer_credit_code=code, union_credit_code=code,
        employer_nature="机关", union_kind="总工会",
    )  # fmt: skip
    assert judged(row).findings == []


def test_joint_union_has_a_row_per_employer_and_agrees_with_itself() -> None:
    joint = {
        "union_name": "海口示范园区联合工会委员会",
        "union_kind": "联合基层工会",
        "union_credit_code": credit_code(50, prefix="81"),
    }
    assert as_sheet(union_row(1, **joint), union_row(2, **joint)).findings == []
    (alone,) = as_sheet(union_row(1, **joint)).findings
    assert alone.code == "union.union_kind.joint_of_one"


def test_employers_codes_and_names_stand_once() -> None:
    shared = credit_code(51, prefix="81")
    judgement = as_sheet(
        union_row(1, union_credit_code=shared),
        union_row(2, union_credit_code=shared),
        union_row(3, employer_credit_code=credit_code(4)),
        union_row(4, union_name="海口示范第3机械有限公司工会委员会"),
    )
    assert [(each.row, each.code) for each in judgement.findings] == [
        (3, "union.union_credit_code.union_code_shared"),
        (4, "union.union_credit_code.union_code_shared"),
        (5, "union.employer_credit_code.employer_repeated"),
        (5, "union.union_name.union_repeated"),
        (6, "union.employer_credit_code.employer_repeated"),
        (6, "union.union_name.union_repeated"),
    ]
    assert "与第4行" in judgement.findings[0].message


def both_sheets(unions: list[dict[str, Value]], members: list[dict[str, Value]]) -> bytes:
    return xlsx({"组织": lines_of(UNIONS, unions), "会员": lines_of(MEMBERS, members)})


def test_members_belong_to_listed_employers_and_are_as_many_as_declared() -> None:
    unions = [union_row(1, employer_name="海口（示范）机械有限公司", member_count="3", employee_count="9")]
    members = [
        member_row(1, employer_name="海口(示范) 机械有限公司"),
        member_row(2, employer_name="海口示范机械公司"),
    ]
    checked = check_file(both_sheets(unions, members), kind=None, today=TODAY)
    assert (checked.kind, checked.rows) == (UNIONS, 3)
    found = [
        (each.sheet, each.row, each.code, each.severity, each.suggestion)
        for each in checked.findings
        if "area_unknown" not in each.code
    ]
    assert found == [
        ("组织", 3, "union.member_count.count_differs", Severity.WARNING, ""),
        ("会员", 4, "member.employer_name.employer_unlisted", Severity.ERROR, "海口（示范）机械有限公司"),
    ]
    assert checked.judgements[1].faulty.tolist() == [False, True]


def test_migrant_workers_in_organs_are_doubted() -> None:
    organ = union_row(
        1, employer_name="示范局", employer_nature="机关", employer_credit_code=credit_code(1, prefix="11"),
        economic_type="其他经济类", member_count="1",
    )  # fmt: skip
    checked = check_file(
        both_sheets([organ], [member_row(1, employer_name="示范局")]), kind=MEMBERS, today=TODAY
    )
    assert [each.code for each in checked.findings if "area_unknown" not in each.code] == [
        "member.household_type.organ_rural",
        "member.migrant_worker.organ_migrant",
    ]


def test_joint_union_may_declare_its_whole_number_in_every_row() -> None:
    joint = {
        "union_name": "海口示范园区联合工会委员会",
        "union_kind": "联合基层工会",
        "union_credit_code": credit_code(50, prefix="81"),
        "member_count": "2",
    }
    unions = [union_row(1, **joint), union_row(2, **joint)]
    members = [member_row(number, employer_name=unions[number - 1]["employer_name"]) for number in (1, 2)]
    checked = check_file(both_sheets(unions, members), kind=UNIONS, today=TODAY)
    assert checked.findings == []
