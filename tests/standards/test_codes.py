"""Code tables: labels travel, codes stay at home."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from unionhall.standards import codes
from unionhall.standards.codes.forms import FORM_LABELS, form_label
from unionhall.standards.codes.nearest import distance, nearest
from unionhall.standards.refusal import Refused


def test_the_house_has_the_fifty_one_tables_of_the_field() -> None:
    assert len(codes.names()) == len(set(codes.names())) == 51


@pytest.mark.parametrize("name", codes.names())
def test_every_table_is_complete_and_named(name: str) -> None:
    table = codes.table(name)

    assert table.name == name
    assert all(code and label == label.strip() and label for code, label in table.by_code.items())
    assert table.source.noun
    assert table.standard
    assert table.title


@pytest.mark.parametrize("name", [name for name in codes.names() if not name.startswith("gb2260")])
def test_every_label_comes_back_to_its_code(name: str) -> None:
    table = codes.table(name)

    assert {table.code(label): label for label in table.labels} == dict(table.by_code)
    assert [table.label(code) for code in table.codes] == list(table.labels)


def test_a_table_knows_its_standard_and_when_it_came_into_force() -> None:
    table = codes.table("sex")

    assert table.standard == "GB/T 2261.1-2003"
    assert table.title == "个人基本信息分类与代码 第1部分：人的性别代码"
    assert not table.valid_on(date(2003, 11, 30))
    assert table.valid_on(date(2003, 12, 1))


@pytest.mark.parametrize(
    ("name", "typed", "code"),
    [
        ("sex", "男", "1"),
        ("sex", " 女 ", "2"),
        ("ethnic_group", "僳僳族", "20"),
        ("ethnic_group", "傈僳族", "20"),
        ("ethnic_group", "汉", "01"),
        ("ethnic_group", "黎", "19"),
        ("political_status", "中共党员", "01"),
        ("political_status", "中国共产党党员", "01"),
        ("political_status", "无党派人士", "12"),
        ("political_status", "群众", "13"),
        ("skill_level", "职业资格三级", "3"),
        ("skill_level", "职业资格三级(高级)", "3"),
        ("union_org_type", "独立基层工会", "01"),
        ("union_org_type", "产业(系统)工会", "04"),
        ("division_hainan", "东方市 ", "469007"),
        ("division_hainan", "白沙县", "469025"),
        ("division_hainan", "洋浦", "460490"),
        ("employment_status", "退养（内退）", "7"),
        ("yes_no", "是", "1"),
        ("employment_status", "不在", None),
        ("gb2260_history", "市辖区", None),
    ],
)
def test_variants_of_a_label_mean_the_same_code(name: str, typed: str, code: str | None) -> None:
    assert codes.table(name).code(typed) == code


def test_employment_status_maps_by_label_because_digits_disagree() -> None:
    national, hainan = codes.table("employment_status"), codes.table("employment_status_hainan")

    assert {label: national.code(label) for label in hainan.labels} == {
        "在岗": "1",
        "待（下）岗": "2",
        "失业": "3",
        "退休": "4",
        "退职": "6",
        "退养（内退）": "7",
        "病休": "8",
        "其他": "9",
    }


@pytest.mark.parametrize(
    ("name", "size"),
    [
        ("division_hainan", 20),
        ("unit_nature", 20),
        ("economic_type_hainan", 9),
        ("industry_hainan", 21),
        ("union_org_type", 5),
        ("sex", 2),
        ("ethnic_group", 56),
        ("employment_status", 8),
        ("id_document_type", 1),
        ("education_hainan", 8),
        ("skill_level", 6),
        ("household_type", 2),
        ("membership_change_type", 6),
        ("membership_change_reason", 6),
        ("political_status", 13),
        ("yes_no", 2),
    ],
)
def test_form_labels_resolve_to_as_many_codes_and_back(name: str, size: int) -> None:
    labels = FORM_LABELS[name]
    found = [codes.table(name).parse(label).code for label in labels]

    assert len(labels) == len(set(found)) == size
    assert tuple(form_label(name, code) for code in found) == labels


def test_form_has_no_label_for_what_it_does_not_know() -> None:
    assert form_label("sex", "0") is None
    assert form_label("employment_status", "5") is None
    assert form_label("household_type", "02") is None


@pytest.mark.parametrize(
    ("name", "typed", "code", "message", "suggestion"),
    [
        ("sex", "", "codes.blank", "性别未填写，请从“男”“女”中选择。", ""),
        ("sex", "南", "codes.unknown_label", "性别“南”不在选项中，请从“男”“女”中选择。", ""),
        (
            "sex",
            "1",
            "codes.unknown_label",
            "性别“1”是代码，各系统代码含义不同，不能照填，请从“男”“女”中选择。",
            "",
        ),
        ("household_type", "农村户口", "codes.unknown_label", "", "农业户口"),
        ("political_status", "党员", "codes.unknown_label", "", ""),
        ("education_hainan", "本科毕业", "codes.unknown_label", "", "本科"),
        ("ethnic_group", "维吾族", "codes.unknown_label", "", "维吾尔族"),
        (
            "gb2260_current",
            "市辖区",
            "codes.ambiguous_label",
            "行政区划“市辖区”有多个同名项，请写明上一级名称。",
            "",
        ),
    ],
)
def test_unknown_labels_are_refused_with_the_nearest(
    name: str, typed: str, code: str, message: str, suggestion: str
) -> None:
    with pytest.raises(Refused) as refused:
        codes.table(name).parse(typed)

    (refusal,) = refused.value.refusals
    assert (refusal.code, refusal.suggestion) == (code, suggestion)
    if message:
        assert refusal.message == message


@given(
    texts=st.lists(st.one_of(st.text(), st.sampled_from(["男", "女 ", "男性", "ｙ", "", "1"])), max_size=8)
)
def test_column_and_single_value_agree(texts: list[str]) -> None:
    table = codes.table("sex")
    check = table.check_column(texts)

    for row, text in enumerate(texts):
        assert bool(check.valid[row]) == (table.code(text) is not None)
        if check.valid[row]:
            assert check.values[row] == table.parse(text).code


def test_distance_counts_single_changes() -> None:
    assert [distance(*pair) for pair in [("", "ab"), ("ab", "ab"), ("abc", "abd"), ("abc", "bc")]] == [
        2,
        0,
        1,
        1,
    ]
    assert nearest("", ["a"]) == ""
    assert nearest("x" * 41, ["x" * 40]) == ""
