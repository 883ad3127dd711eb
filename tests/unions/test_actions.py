"""The tree is written by few deeds, each whole or not at all."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from tests.builders import BUILDER, NOW, TODAY, Cast, coverage_of, credit_code, make_coverage, make_union
from unionhall.audit import queries as audit
from unionhall.foundation import scoping
from unionhall.foundation.actor import NotPermitted
from unionhall.standards.refusal import Refused
from unionhall.unions import actions, queries
from unionhall.unions.actions import EmployerFacts, UnionFacts
from unionhall.unions.choices import UnionKind, UnionLevel
from unionhall.unions.models import Affiliation, Coverage, Employer, Union

pytestmark = pytest.mark.django_db

NEW = UnionFacts(name="海口示范纺织厂工会委员会", kind=UnionKind.SINGLE, founded_on=date(2019, 2, 13))
CODE = credit_code(901, prefix="81")


def codes(refused: pytest.ExceptionInfo[Refused]) -> list[str]:
    return [refusal.code for refusal in refused.value.refusals]


# -- Establishing --------------------------------------------------------------------------------------


def test_a_new_union_stands_below_its_superior_from_its_founding_on(cast: Cast) -> None:
    with scoping.acting(cast.actor("longhua_reviewer")) as by:
        union = actions.establish(NEW, superior=cast.longhua, by=by, at=NOW)
        spell = Affiliation.objects.get(union=union)
        event = audit.trail(by.scope, subject=union)[0]

    assert union.path == cast.longhua.path + "0003"
    assert (union.level, union.name_key) == (UnionLevel.GRASSROOTS, NEW.name)
    assert (spell.superior_id, spell.valid_from, spell.valid_until) == (cast.longhua.pk, NEW.founded_on, None)
    assert (spell.union_path, spell.superior_path) == (union.path, cast.longhua.path)
    assert (event.kind, event.row_count, event.actor_name) == ("unions.established", 1, "龙华审核")


def test_there_is_one_root(cast: Cast) -> None:
    facts = UnionFacts(name="海口市总工会", kind=UnionKind.FEDERATION)

    with scoping.acting(BUILDER), pytest.raises(Refused) as refused:
        actions.establish_root(facts, by=BUILDER, at=NOW)

    assert codes(refused) == ["unions.root_exists"]


def test_many_unions_are_established_in_order_or_none_of_them(cast: Cast) -> None:
    good = [replace(NEW, name=f"海口示范第{place}厂工会") for place in (1, 2, 3)]
    bad = replace(NEW, name="海口示范第四厂工会", founded_on=TODAY + timedelta(days=1))
    with scoping.acting(BUILDER):
        before = Union.objects.count()
        with pytest.raises(Refused) as refused:
            actions.establish_many(
                [*good, bad, replace(bad, kind="11")], superior=cast.longhua, by=BUILDER, at=NOW
            )
        assert Union.objects.count() == before
        made = actions.establish_many(good, superior=cast.longhua, by=BUILDER, at=NOW)
        event = audit.trail(BUILDER.scope, subject=cast.longhua)[0]

    assert codes(refused) == ["unions.founded_later", "unions.same_name", "unions.founded_later"]
    assert [union.path[-4:] for union in made] == ["0003", "0004", "0005"]
    assert [union.name for union in made] == [facts.name for facts in good]
    assert (event.kind, event.row_count) == ("unions.established", 3)


def test_no_two_unions_below_one_superior_bear_one_name(cast: Cast) -> None:
    same = replace(NEW, name="海口示范 机械厂工会委员会")
    with scoping.acting(BUILDER):
        with pytest.raises(Refused) as refused:
            actions.establish(same, superior=cast.longhua, by=BUILDER, at=NOW)
        with pytest.raises(Refused) as twice:
            actions.establish_many([NEW, NEW], superior=cast.longhua, by=BUILDER, at=NOW)
        elsewhere = actions.establish(same, superior=cast.meilan, by=BUILDER, at=NOW)

    assert codes(refused) == codes(twice) == ["unions.same_name"]
    assert elsewhere.name_key == cast.factory.name_key


def test_a_place_is_never_given_twice(cast: Cast) -> None:
    with scoping.acting(BUILDER):
        first = make_union("甲工会", UnionKind.SINGLE, cast.street)
        second = make_union("乙工会", UnionKind.SINGLE, cast.street)

    assert [first.path[-4:], second.path[-4:]] == ["0002", "0003"]


def test_a_grassroots_union_leads_branches_alone(cast: Cast) -> None:
    branch = replace(NEW, name="一车间分工会", kind=UnionKind.BRANCH_UNION)
    with scoping.acting(BUILDER):
        made = actions.establish(branch, superior=cast.factory, by=BUILDER, at=NOW)
        with pytest.raises(Refused) as refused:
            actions.establish(NEW, superior=cast.factory, by=BUILDER, at=NOW)

    assert made.level == UnionLevel.BRANCH
    assert codes(refused) == ["unions.superior_kind"]


@pytest.mark.parametrize("account", ["outsider", "longhua_clerk", "finance"])
def test_who_has_no_right_there_establishes_nothing(cast: Cast, account: str) -> None:
    with scoping.acting(cast.actor(account)) as by, pytest.raises(NotPermitted):
        actions.establish(NEW, superior=cast.longhua, by=by, at=NOW)


# -- Amending ------------------------------------------------------------------------------------------


def test_amending_writes_what_is_given_and_keeps_the_rest(cast: Cast) -> None:
    given = UnionFacts(
        name=cast.factory.name, kind=UnionKind.JOINT, credit_code=CODE, member_count=52, phone="0898-66668888"
    )
    with scoping.acting(cast.actor("longhua_reviewer")) as by:
        actions.amend(Union.objects.get(pk=cast.factory.pk), given, by=by, at=NOW)
        union = Union.objects.get(pk=cast.factory.pk)
        event = audit.trail(by.scope, subject=union)[0]

    assert (union.credit_code, union.declared_member_count, union.collected_on) == (CODE, 52, TODAY)
    assert (union.kind, union.founded_on) == (UnionKind.SINGLE, date(2015, 5, 1))
    assert queries.masked_phone(union).endswith("88")
    assert "6666" not in queries.masked_phone(union)
    assert event.kind == "unions.amended"


def test_a_code_of_another_union_is_refused_and_its_own_is_kept(cast: Cast) -> None:
    given = UnionFacts(name=cast.factory.name, kind=UnionKind.SINGLE, credit_code=CODE)
    with scoping.acting(BUILDER):
        actions.amend(cast.faraway, replace(given, name=cast.faraway.name), by=BUILDER, at=NOW)
        actions.amend(cast.faraway, replace(given, name=cast.faraway.name), by=BUILDER, at=NOW)
    with scoping.acting(cast.actor("longhua_reviewer")) as by, pytest.raises(Refused) as refused:
        actions.amend(cast.factory, given, by=by, at=NOW)

    assert codes(refused) == ["unions.credit_code_taken"]
    assert "渔业" not in str(refused.value)


def test_an_outsider_amends_nothing(cast: Cast) -> None:
    with scoping.acting(cast.actor("outsider")) as by, pytest.raises(NotPermitted):
        actions.amend(cast.factory, UnionFacts(name="改名", kind=UnionKind.SINGLE), by=by, at=NOW)


# -- Covering ------------------------------------------------------------------------------------------


def test_covering_twice_is_covering_once(cast: Cast) -> None:
    with scoping.acting(BUILDER):
        first = make_coverage(cast.factory, "海口示范纺织厂", 77)
        second = make_coverage(cast.factory, "海口示范纺织厂", 77)
        nameless = [
            actions.cover(cast.factory, EmployerFacts(name="海口示范合作社"), by=BUILDER, at=NOW)
            for _ in (1, 2)
        ]

    assert first.pk == second.pk
    assert nameless[0].pk == nameless[1].pk
    assert (first.employer.name, first.valid_from) == ("海口示范纺织厂", cast.factory.founded_on)


def test_an_employer_of_another_union_is_refused_without_naming_the_union(cast: Cast) -> None:
    with scoping.acting(cast.actor("longhua_reviewer")) as by, pytest.raises(Refused) as refused:
        actions.cover(
            cast.factory, EmployerFacts(name="海口示范渔业公司", credit_code=credit_code(14)), by=by, at=NOW
        )

    assert codes(refused) == ["unions.employer_covered"]
    assert cast.faraway.name not in str(refused.value)


def test_an_employer_that_nobody_covers_any_more_is_taken_on_as_it_is(cast: Cast) -> None:
    with scoping.whole_registry():
        left = coverage_of(cast.faraway)
        Coverage.objects.filter(pk=left.pk).update(valid_until=date(2019, 1, 1))

    with scoping.acting(cast.actor("longhua_reviewer")) as by:
        facts = EmployerFacts(name="海口示范渔业公司", credit_code=credit_code(14))
        taken = actions.cover(cast.factory, facts, by=by, at=NOW)
        employer = Employer.objects.get(pk=taken.employer_id)

    assert (employer.pk, employer.path) == (left.employer_id, cast.factory.path)
    assert (taken.union_id, taken.valid_from) == (cast.factory.pk, TODAY)
