"""The subsidy: each member counted once in a life, at the rate of the day, for the union that reported first."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from pytest_django import DjangoAssertNumQueries

from tests.builders import BUILDER, NOW, TODAY, Cast, coverage_of, make_member
from unionhall.audit import queries as audit
from unionhall.foundation import scoping
from unionhall.foundation.actor import NotPermitted
from unionhall.members.models import Membership, MembershipEvent
from unionhall.subsidies import actions, queries
from unionhall.subsidies.models import Entitlement, Policy
from unionhall.unions.models import Union
from unionhall.unions.queries import Place

pytestmark = pytest.mark.django_db


def enter(union: Union, case: int, *serials: int, kind: str = "1") -> None:
    """Enter people as a case would have entered them."""
    with scoping.acting(BUILDER):
        for serial in serials:
            held = make_member(coverage_of(union), serial)
            MembershipEvent.objects.filter(membership=held).update(case_id=case, kind=kind)


def leave(*unions: Union) -> None:
    with scoping.whole_registry():
        Membership.objects.filter(union__in=unions).update(state="6", valid_until=TODAY)


def count(case: int, reporting: Union, at: datetime = NOW) -> int:
    place = Place(reporting.pk, reporting.name, reporting.level, reporting.path)
    with scoping.acting(BUILDER):
        return actions.count_admitted(case_id=case, reporting=place, by=BUILDER, at=at)


def owed(cast: Cast, account: str = "finance", **over: date) -> list[tuple[str, int, int]]:
    with scoping.acting(cast.actor(account)) as by:
        return [
            (line.union_name, line.count, line.amount_fen) for line in queries.settlement(by.scope, **over)
        ]


def add_policy(rate: int, since: date, until: date | None = None) -> Policy:
    return Policy.objects.create(
        name="新标准", rate_fen=rate, basis="测试", valid_from=since, valid_until=until
    )


def test_each_member_of_a_case_counts_seven_yuan_for_the_reporting_union(cast: Cast) -> None:
    enter(cast.factory, 1, 1, 2)
    enter(cast.joint, 2, 3)

    assert (count(1, cast.longhua), count(2, cast.longhua)) == (2, 1)
    assert owed(cast) == [(cast.longhua.name, 3, 2100)]


def test_counting_a_case_twice_counts_nobody_twice(cast: Cast) -> None:
    enter(cast.factory, 1, 1, 2)

    assert (count(1, cast.longhua), count(1, cast.longhua)) == (2, 0)
    assert owed(cast) == [(cast.longhua.name, 2, 1400)]


def test_who_goes_to_another_district_stays_counted_where_it_was_first(cast: Cast) -> None:
    enter(cast.factory, 1, 1)
    count(1, cast.longhua)
    leave(cast.factory)
    enter(cast.faraway, 2, 1, kind="2")

    assert count(2, cast.meilan) == 0
    assert owed(cast) == [(cast.longhua.name, 1, 700)]


def test_a_retained_membership_is_not_counted(cast: Cast) -> None:
    enter(cast.factory, 1, 1, kind="3")
    enter(cast.factory, 1, 2, kind="2")

    assert count(1, cast.longhua) == 1


def test_a_second_rate_counts_anew_and_leaves_the_first_as_it_was(cast: Cast) -> None:
    enter(cast.factory, 1, 1)
    count(1, cast.longhua)
    Policy.objects.update(valid_until=date(2020, 1, 1))
    add_policy(900, date(2020, 1, 1))
    leave(cast.factory)
    enter(cast.factory, 2, 1, 2)

    assert count(2, cast.longhua, datetime(2020, 3, 1, tzinfo=NOW.tzinfo)) == 2
    assert owed(cast) == [(cast.longhua.name, 3, 700 + 2 * 900)]
    assert owed(cast, until=date(2020, 2, 28)) == [(cast.longhua.name, 1, 700)]


@pytest.mark.parametrize(
    ("day", "rate"),
    [
        (date(2018, 12, 31), None),
        (date(2019, 1, 1), 700),
        (date(2019, 12, 31), 700),
        (date(2020, 1, 1), 900),
        (date(2020, 12, 31), 900),
        (date(2021, 1, 1), 700),
    ],
)
def test_the_rate_is_that_of_the_day_and_the_newer_one_counts(
    cast: Cast, day: date, rate: int | None
) -> None:
    add_policy(900, date(2020, 1, 1), date(2021, 1, 1))

    policy = queries.policy_on(day)

    assert (policy.rate_fen if policy else None) == rate


def test_without_a_rate_in_force_nobody_is_counted(cast: Cast) -> None:
    Policy.objects.update(valid_until=TODAY)
    enter(cast.factory, 1, 1)

    assert count(1, cast.longhua) == 0
    assert owed(cast) == []


def test_every_line_of_the_settlement_is_its_rows(cast: Cast) -> None:
    enter(cast.factory, 1, 1, 2)
    enter(cast.faraway, 2, 3)
    count(1, cast.longhua)
    count(2, cast.meilan, NOW + timedelta(days=3))

    with scoping.acting(cast.actor("finance")) as by:
        lines = queries.settlement(by.scope)
        rows = {
            line.union_id: queries.entitlements(by.scope, reporting_union_id=line.union_id) for line in lines
        }

        assert [(line.count, line.amount_fen) for line in lines] == [(2, 1400), (1, 700)]
        for line in lines:
            assert rows[line.union_id].count() == line.count
            assert queries.amount_of(rows[line.union_id]) == line.amount_fen
            assert {row.approved_on for row in rows[line.union_id]} == {line.first_on} == {line.last_on}
        assert queries.amount_of(queries.entitlements(by.scope)) == 2100


@pytest.mark.parametrize(("days", "count_"), [(-1, 0), (0, 1), (2, 1), (3, 2)])
def test_a_day_of_settlement_includes_the_day(cast: Cast, days: int, count_: int) -> None:
    enter(cast.factory, 1, 1)
    enter(cast.factory, 2, 2)
    count(1, cast.longhua)
    count(2, cast.longhua, NOW + timedelta(days=3))

    lines = owed(cast, until=TODAY + timedelta(days=days))

    assert sum(line[1] for line in lines) == count_


def test_an_outsider_is_owed_nothing_of_it_and_counts_nothing(cast: Cast) -> None:
    enter(cast.factory, 1, 1)
    count(1, cast.longhua)
    place = Place(cast.longhua.pk, cast.longhua.name, cast.longhua.level, cast.longhua.path)

    assert owed(cast, "outsider") == []
    with scoping.acting(cast.actor("outsider")) as by:
        assert queries.entitlements(by.scope, reporting_union_id=cast.longhua.pk).count() == 0
        with pytest.raises(NotPermitted):
            actions.count_admitted(case_id=1, reporting=place, by=by, at=NOW)


def test_counting_is_remembered_with_figures_and_no_names(cast: Cast) -> None:
    enter(cast.factory, 1, 1)
    count(1, cast.longhua)
    with scoping.acting(BUILDER) as by:
        event = audit.trail(by.scope)[0]

    assert (event.kind, event.path) == ("subsidies.counted", cast.longhua.path)
    assert event.details == {"case": 1, "members": 1, "rate_fen": 700}


@pytest.mark.parametrize("rows", [1, 3])
def test_questions_do_not_grow_with_the_rows(
    cast: Cast, django_assert_num_queries: DjangoAssertNumQueries, rows: int
) -> None:
    enter(cast.factory, 1, *range(1, rows + 1))
    count(1, cast.longhua)
    with scoping.acting(cast.actor("finance")) as by:
        with django_assert_num_queries(1):
            assert sum(line.count for line in queries.settlement(by.scope)) == rows
        with django_assert_num_queries(1):
            assert len([row.amount_fen for row in queries.entitlements(by.scope)]) == rows
    with scoping.whole_registry():
        assert Entitlement.objects.count() == rows
