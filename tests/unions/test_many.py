"""Many unions and employers at once: the same law as one by one, and as many questions however many."""

from __future__ import annotations

from dataclasses import replace

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.builders import BUILDER, NOW, Cast, credit_code
from unionhall.audit import queries as audit
from unionhall.foundation import scoping
from unionhall.standards.refusal import Refused
from unionhall.unions import actions, rules
from unionhall.unions.actions import EmployerFacts, UnionFacts
from unionhall.unions.choices import UnionKind
from unionhall.unions.models import Coverage, Employer, Union

pytestmark = pytest.mark.django_db
ASKED = 22  # savepoints and scope settings among them


def employers(count: int, first: int = 200) -> list[EmployerFacts]:
    serials = range(first, first + count)
    return [EmployerFacts(name=f"海口示范{serial}店", credit_code=credit_code(serial)) for serial in serials]


def test_many_employers_are_covered_in_the_given_order(cast: Cast) -> None:
    told = [(cast.factory if place % 2 else cast.joint, facts) for place, facts in enumerate(employers(5))]
    with scoping.acting(BUILDER):
        covered = actions.cover_many(told, by=BUILDER, at=NOW)

    assert [(one.union_id, one.employer.name) for one in covered] == [
        (union.pk, facts.name) for union, facts in told
    ]


def test_one_employer_told_of_twice_is_covered_once(cast: Cast) -> None:
    facts = employers(1)[0]
    with scoping.acting(BUILDER):
        first, second = actions.cover_many([(cast.factory, facts), (cast.factory, facts)], by=BUILDER, at=NOW)

    assert first.pk == second.pk


def test_one_employer_told_of_for_two_unions_is_refused_and_nothing_is_written(cast: Cast) -> None:
    facts = employers(2)
    told = [(cast.factory, facts[0]), (cast.joint, facts[1]), (cast.joint, facts[0])]
    with scoping.acting(BUILDER):
        before = (Employer.objects.count(), Coverage.objects.count())
        with pytest.raises(Refused) as refused:
            actions.cover_many(told, by=BUILDER, at=NOW)
        after = (Employer.objects.count(), Coverage.objects.count())

    assert [refusal.code for refusal in refused.value.refusals] == ["unions.employer_covered"]
    assert before == after


def test_two_unions_told_of_with_one_code_are_refused_and_nothing_is_written(cast: Cast) -> None:
    facts = UnionFacts(name=cast.factory.name, kind=UnionKind.SINGLE, credit_code="81460100000000019A")
    told = [(cast.factory, facts), (cast.joint, replace(facts, name=cast.joint.name))]
    with scoping.acting(BUILDER), pytest.raises(Refused) as refused:
        actions.amend_many(told, by=BUILDER, at=NOW)

    assert [refusal.code for refusal in refused.value.refusals] == ["unions.credit_code_taken"]
    with scoping.whole_registry():
        assert Union.objects.filter(credit_code=facts.credit_code).count() == 0


def test_many_amendments_are_one_memory_at_the_place_that_holds_them_all(cast: Cast) -> None:
    told = [(union, UnionFacts(name=union.name, kind=UnionKind(union.kind), member_count=9))
            for union in (cast.factory, cast.joint)]  # fmt: skip
    with scoping.acting(BUILDER) as by:
        actions.amend_many(told, by=by, at=NOW)
        event = audit.trail(by.scope)[0]

    assert (event.kind, event.row_count, event.path) == ("unions.amended", 2, cast.longhua.path)


@pytest.mark.parametrize("count", [1, 30])
def test_covering_asks_the_same_questions_however_many(cast: Cast, count: int) -> None:
    told = [(cast.factory, facts) for facts in employers(count, first=300)]
    with scoping.acting(BUILDER), CaptureQueriesContext(connection) as asked:
        actions.cover_many(told, by=BUILDER, at=NOW)

    assert len(asked) == ASKED


@pytest.mark.parametrize(
    ("paths", "common"),
    [
        (["00010002"], "00010002"),
        (["000100020003", "000100020004"], "00010002"),
        (["00010002", "000100020004"], "00010002"),
        (["00010012", "00010013"], "0001"),
        (["0001", "0002"], ""),
    ],
)
def test_the_common_place_of_paths(paths: list[str], common: str) -> None:
    assert rules.common_path(paths) == common
