"""What may stand where in the tree: a table of cases, no database."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from unionhall.unions.choices import UnionKind, UnionLevel
from unionhall.unions.rules import (
    MOST_CHILDREN,
    StandingFacts,
    ancestor_paths,
    child_path,
    level_below,
    reasons_not_to_stand_there,
    segment,
)

FACTS = StandingFacts(
    name="海口示范机械厂工会委员会", kind=UnionKind.SINGLE, founded_on=date(2019, 6, 3), on=date(2019, 6, 3),
    superior_kind=UnionKind.FEDERATION, superior_path="00010001",
)  # fmt: skip
LEADERS = (
    UnionKind.UNION_FEDERATION, UnionKind.INDUSTRIAL, UnionKind.FEDERATION, UnionKind.TOWN, UnionKind.VILLAGE,
    UnionKind.PARK, UnionKind.FARM,
)  # fmt: skip


def codes(facts: StandingFacts) -> list[str]:
    return [refusal.code for refusal in reasons_not_to_stand_there(facts)]


@pytest.mark.parametrize(
    ("over", "expected"),
    [
        ({}, []),
        ({"founded_on": None}, []),
        ({"founded_on": date(2019, 6, 4)}, ["unions.founded_later"]),
        ({"same_name_there": True}, ["unions.same_name"]),
        ({"credit_code_taken": True}, ["unions.credit_code_taken"]),
        ({"superior_kind": UnionKind.SINGLE}, ["unions.superior_kind"]),
        ({"superior_kind": UnionKind.OTHER}, ["unions.superior_kind"]),
        (
            {"superior_kind": UnionKind.JOINT, "same_name_there": True, "founded_on": date(2020, 1, 1)},
            ["unions.superior_kind", "unions.same_name", "unions.founded_later"],
        ),
    ],
)
def test_every_reason_is_told_at_once(over: dict[str, object], expected: list[str]) -> None:
    assert codes(replace(FACTS, **over)) == expected  # type: ignore[arg-type]


@pytest.mark.parametrize("superior", UnionKind)
@pytest.mark.parametrize("kind", UnionKind)
def test_who_may_lead_whom(superior: UnionKind, kind: UnionKind) -> None:
    leads = superior in LEADERS
    branches = superior in (UnionKind.SINGLE, UnionKind.JOINT) and kind in (
        UnionKind.BRANCH_UNION,
        UnionKind.UNION_GROUP,
    )

    allowed = codes(replace(FACTS, superior_kind=superior, kind=kind)) == []

    assert allowed == (leads or branches)


def test_the_sentence_names_both_kinds() -> None:
    refusal = reasons_not_to_stand_there(replace(FACTS, superior_kind=UnionKind.JOINT))[0]

    assert refusal.message == "联合基层工会之下不能设单独基层工会，请核对上级工会。"
    assert refusal.field == "superior_name"


@pytest.mark.parametrize(
    ("kind", "superior", "level"),
    [
        (UnionKind.FEDERATION, UnionLevel.CITY, UnionLevel.DISTRICT),
        (UnionKind.INDUSTRIAL, UnionLevel.CITY, UnionLevel.DISTRICT),
        (UnionKind.PARK, UnionLevel.CITY, UnionLevel.DISTRICT),
        (UnionKind.FARM, UnionLevel.CITY, UnionLevel.DISTRICT),
        (UnionKind.SINGLE, UnionLevel.CITY, UnionLevel.GRASSROOTS),
        (UnionKind.TOWN, UnionLevel.DISTRICT, UnionLevel.TOWN),
        (UnionKind.JOINT, UnionLevel.DISTRICT, UnionLevel.GRASSROOTS),
        (UnionKind.VILLAGE, UnionLevel.TOWN, UnionLevel.GRASSROOTS),
        (UnionKind.UNION_FEDERATION, UnionLevel.DISTRICT, UnionLevel.TOWN),
        (UnionKind.UNION_FEDERATION, UnionLevel.TOWN, UnionLevel.GRASSROOTS),
        (UnionKind.BRANCH_UNION, UnionLevel.GRASSROOTS, UnionLevel.BRANCH),
        (UnionKind.UNION_GROUP, UnionLevel.BRANCH, UnionLevel.GROUP),
        (UnionKind.SINGLE, UnionLevel.GRASSROOTS, UnionLevel.GRASSROOTS),
    ],
)
def test_the_level_follows_from_kind_and_superior(
    kind: UnionKind, superior: UnionLevel, level: UnionLevel
) -> None:
    assert level_below(kind, superior) == level


@given(kind=st.sampled_from(list(UnionKind)), superior=st.sampled_from(list(UnionLevel)))
def test_nobody_stands_above_its_superior(kind: UnionKind, superior: UnionLevel) -> None:
    assert level_below(kind, superior) >= superior


# -- Paths ---------------------------------------------------------------------------------------------

numbers = st.integers(1, MOST_CHILDREN - 1)


@pytest.mark.parametrize(
    ("number", "text"), [(1, "0001"), (35, "000z"), (36, "0010"), (1295, "00zz"), (MOST_CHILDREN - 1, "zzzz")]
)
def test_a_segment_is_four_characters_of_base_36(number: int, text: str) -> None:
    assert segment(number) == text


@given(one=numbers, other=numbers)
def test_segments_sort_as_their_numbers(one: int, other: int) -> None:
    assert (segment(one) < segment(other)) == (one < other)


@given(line=st.lists(numbers, min_size=1, max_size=8))
def test_the_paths_above_a_path_are_its_beginnings_nearest_first(line: list[int]) -> None:
    path = ""
    above: list[str] = []
    for number in line:
        above.insert(0, path)
        path = child_path(path, number)

    assert list(ancestor_paths(path)) == above[:-1]


def test_the_root_has_nobody_above() -> None:
    assert ancestor_paths("0001") == ()
