"""Who may join: a table of cases without a database, and with Hypothesis that no reason hides another."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from unionhall.members.names import grams, wanted
from unionhall.members.rules import JoiningFacts, reasons_not_to_join
from unionhall.standards.periods import add_years

FACTS = JoiningFacts(birth_date=date(1990, 1, 1), joined_on=date(2019, 6, 3), on=date(2019, 6, 3))
days = st.dates(date(1930, 1, 1), date(2030, 12, 31))


def codes(facts: JoiningFacts) -> list[str]:
    return [refusal.code.removeprefix("members.") for refusal in reasons_not_to_join(facts)]


@pytest.mark.parametrize(
    ("over", "expected"),
    [
        ({}, []),
        ({"birth_date": date(2003, 6, 3)}, []),
        ({"birth_date": date(2003, 6, 4)}, ["under_age"]),
        ({"joined_on": date(2019, 6, 4)}, ["joined_later"]),
        ({"held_here": True}, ["held_here"]),
        ({"held_elsewhere": True}, ["held_elsewhere"]),
        ({"held_here": True, "held_elsewhere": True}, ["held_here"]),
        ({"employer_covered": False}, ["employer_not_covered"]),
        (
            {"birth_date": date(2010, 1, 1), "held_elsewhere": True, "employer_covered": False},
            ["under_age", "held_elsewhere", "employer_not_covered"],
        ),
    ],
)
def test_every_reason_is_told_at_once(over: dict[str, object], expected: list[str]) -> None:
    assert codes(replace(FACTS, **over)) == expected  # type: ignore[arg-type]


@given(birth=days, joined=days, on=days, here=st.booleans(), there=st.booleans(), covered=st.booleans())
def test_each_reason_stands_for_its_own_fact(
    birth: date, joined: date, on: date, here: bool, there: bool, covered: bool
) -> None:
    facts = JoiningFacts(
        birth_date=birth,
        joined_on=joined,
        on=on,
        held_here=here,
        held_elsewhere=there,
        employer_covered=covered,
    )

    assert codes(facts) == [
        code
        for holds, code in (
            (add_years(birth, 16) > joined, "under_age"),
            (joined > on, "joined_later"),
            (here, "held_here"),
            (there and not here, "held_elsewhere"),
            (not covered, "employer_not_covered"),
        )
        if holds
    ]


def test_no_sentence_names_another_union() -> None:
    facts = replace(FACTS, held_elsewhere=True, employer_covered=False)

    assert [refusal.message for refusal in reasons_not_to_join(facts)] == [
        "该职工已是其他工会的会员，一人只能有一个会籍，请改办会籍接转。",
        "工作单位不在本工会覆盖范围内，请先在组织信息采集表中填报该单位，或改成已覆盖单位的全称。",
    ]


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("林", ["林"]),
        ("林示范", ["林", "林示", "示", "示范", "范"]),
        ("林林", ["林", "林林"]),
        ("阿·依", ["·", "·依", "依", "阿", "阿·"]),
        ("", []),
    ],
)
def test_a_name_is_cut_into_characters_and_pairs(name: str, expected: list[str]) -> None:
    assert grams(name) == sorted(expected)


@given(name=st.text(min_size=1, max_size=12), start=st.integers(0, 11), size=st.integers(1, 12))
def test_whatever_stands_in_a_name_is_looked_for_by_its_grams(name: str, start: int, size: int) -> None:
    part = name[start : start + size] or name

    assert set(wanted(part)) <= set(grams(name))
