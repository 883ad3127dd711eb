"""The roll as it is read: each filter by itself, nothing for an outsider, as many questions for three as for one."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from pytest_django import DjangoAssertNumQueries

from tests.builders import BUILDER, NOW, Cast, coverage_of, make_member, number
from unionhall.foundation import scoping
from unionhall.foundation.crypto import blind_index
from unionhall.members import queries
from unionhall.members.choices import MembershipState, Sex
from unionhall.members.models import Membership, Person
from unionhall.members.queries import RollFilter

pytestmark = pytest.mark.django_db


@pytest.fixture
def filled(cast: Cast) -> Cast:
    """Enter four people in Longhua and one in Meilan, each unlike the others in one thing."""
    with scoping.acting(BUILDER):
        factory, joint = coverage_of(cast.factory), coverage_of(cast.joint, "海口示范餐饮店")
        make_member(factory, 1, name="林示范", mobile="13800000001")
        make_member(factory, 2, name="符示例")
        make_member(joint, 3, name="王小明")
        make_member(joint, 4, name="阿依古丽·买买提")
        make_member(coverage_of(cast.faraway), 5, name="林远方", mobile="13800000005")
        Membership.objects.filter(person__name="符示例").update(state=MembershipState.RETAINED)
        Membership.objects.filter(person__name="王小明").update(migrant_worker=True)
    return cast


def found(cast: Cast, account: str = "longhua_clerk", **wanted: Any) -> list[str]:
    with scoping.acting(cast.actor(account)) as by:
        return [held.person.name for held in queries.roll(by.scope, RollFilter(**wanted))]


def test_the_roll_stands_in_the_order_of_the_tree(filled: Cast) -> None:
    assert found(filled) == ["王小明", "阿依古丽·买买提", "林示范", "符示例"]
    assert found(filled, "factory_clerk") == ["林示范", "符示例"]
    assert found(filled, "outsider") == ["林远方"]


@pytest.mark.parametrize(
    ("wanted", "names"),
    [
        ({"text": "示"}, ["林示范", "符示例"]),
        ({"text": "示范"}, ["林示范"]),
        ({"text": "林 示 范"}, ["林示范"]),
        ({"text": "丽·买"}, ["阿依古丽·买买提"]),
        ({"text": "范示"}, []),
        ({"text": number(1)}, ["林示范"]),
        ({"text": f" {number(1)[:6]} {number(1)[6:14]} {number(1)[14:].lower()} "}, ["林示范"]),
        ({"text": "13800000001"}, ["林示范"]),
        ({"text": "138 0000 0001"}, ["林示范"]),
        ({"text": number(5)}, []),
        ({"text": "13800000005"}, []),
        ({"text": "林远方"}, []),
        ({"state": MembershipState.RETAINED.value}, ["符示例"]),
        ({"state": MembershipState.WITHDRAWN.value}, ["王小明", "阿依古丽·买买提", "林示范", "符示例"]),
        ({"sex": Sex.FEMALE.value}, ["阿依古丽·买买提", "符示例"]),
        ({"migrant_worker": True}, ["王小明"]),
        ({"migrant_worker": False}, ["阿依古丽·买买提", "林示范", "符示例"]),
        ({"sex": Sex.MALE.value, "migrant_worker": False}, ["林示范"]),
    ],
)
def test_each_filter_finds_its_own(filled: Cast, wanted: dict[str, Any], names: list[str]) -> None:
    assert found(filled, **wanted) == names


def test_the_roll_of_a_branch_an_employer_or_a_person(filled: Cast) -> None:
    with scoping.whole_registry():
        person = Person.objects.get(name="符示例").pk
        employer = coverage_of(filled.joint, "海口示范餐饮店").employer_id

    assert found(filled, union_path=filled.street.path) == ["王小明", "阿依古丽·买买提"]
    assert found(filled, employer_id=employer) == ["王小明", "阿依古丽·买买提"]
    assert found(filled, person_id=person) == ["符示例"]


def test_a_filter_opens_no_other_branch(filled: Cast) -> None:
    with scoping.whole_registry():
        person = Person.objects.get(name="林示范").pk
        employer = coverage_of(filled.factory).employer_id

    assert found(filled, "outsider", union_path=filled.longhua.path) == []
    assert found(filled, "outsider", union_path=filled.city.path) == ["林远方"]
    assert found(filled, "outsider", employer_id=employer) == []
    assert found(filled, "outsider", person_id=person) == []


def test_who_has_left_is_not_on_the_roll_but_in_the_timeline(filled: Cast) -> None:
    with scoping.whole_registry():
        Membership.objects.filter(person__name="林示范").update(
            state=MembershipState.WITHDRAWN, valid_until=date(2019, 5, 1)
        )
    with scoping.acting(filled.actor("longhua_clerk")) as by:
        person = Person.objects.get(name="林示范")
        assert queries.count_held(by.scope) == 3
        assert [spell.valid_until for spell in queries.spells(by.scope, person)] == [date(2019, 5, 1)]
        assert [event.recorded_at for event in queries.timeline(by.scope, person)] == [NOW]

    assert "林示范" not in found(filled)


def test_an_outsider_finds_nothing_of_a_person(filled: Cast) -> None:
    with scoping.whole_registry():
        person = Person.objects.get(name="林示范")
    with scoping.acting(filled.actor("outsider")) as by:
        assert queries.find(by.scope, person.pk) is None
        assert queries.persons(by.scope, [person.pk]) == {}
        assert list(queries.spells(by.scope, person)) == []
        assert list(queries.timeline(by.scope, person)) == []


def test_holders_are_found_over_the_whole_registry(filled: Cast) -> None:
    indexes = [blind_index(number(serial), purpose="identity") for serial in (1, 5, 9)]
    with scoping.acting(filled.actor("outsider")):
        holders = queries.holders(indexes)

    assert holders == {indexes[0]: filled.factory.path, indexes[1]: filled.faraway.path}


def test_numbers_are_shown_in_part(filled: Cast) -> None:
    with scoping.acting(filled.actor("longhua_clerk")):
        person = Person.objects.get(name="林示范")
        without = Person.objects.get(name="符示例")

    assert queries.masked_identity(person) == f"460199********{number(1)[-4:]}"
    assert queries.masked_mobile(person) == "138****0001"
    assert queries.masked_mobile(without) == ""


@pytest.mark.parametrize("rows", [1, 3])
def test_questions_do_not_grow_with_the_roll(
    cast: Cast, django_assert_num_queries: DjangoAssertNumQueries, rows: int
) -> None:
    with scoping.acting(BUILDER):
        for serial in range(rows):
            make_member(coverage_of(cast.factory), serial + 1, mobile="13800000001")
    with scoping.acting(cast.actor("longhua_clerk")) as by, django_assert_num_queries(1):
        shown = [
            (held.person.name, held.union.name, held.employer.name, queries.masked_identity(held.person))
            for held in queries.roll(by.scope)
        ]

    assert len(shown) == rows


@pytest.mark.parametrize("rows", [1, 3])
def test_questions_do_not_grow_with_a_persons_story(
    cast: Cast, django_assert_num_queries: DjangoAssertNumQueries, rows: int
) -> None:
    with scoping.acting(BUILDER) as by:
        for year in range(rows):
            held = make_member(coverage_of(cast.factory), 1)
            left = date(2018, 3, 2 + year)
            Membership.objects.filter(pk=held.pk).update(state=MembershipState.WITHDRAWN, valid_until=left)
        person = Person.objects.get()
        with django_assert_num_queries(1):
            spells = [(spell.union.name, spell.employer.name) for spell in queries.spells(by.scope, person)]
        with django_assert_num_queries(1):
            story = [event.membership.union.name for event in queries.timeline(by.scope, person)]

    assert (len(spells), len(story)) == (rows, rows)
