"""The tree as it is read: only within the scope, with as many questions for three rows as for one."""

from __future__ import annotations

from datetime import date

import pytest
from pytest_django import DjangoAssertNumQueries

from tests.builders import BUILDER, Cast, coverage_of, credit_code, make_coverage, make_union
from unionhall.foundation import scoping
from unionhall.foundation.actor import Scope
from unionhall.unions import queries
from unionhall.unions.choices import UnionKind, UnionLevel, UnionStatus
from unionhall.unions.models import Union

pytestmark = pytest.mark.django_db


def names(unions: object) -> list[str]:
    return [union.name for union in unions]  # type: ignore[attr-defined]


def test_the_tree_of_a_scope_is_in_order_and_ends_with_the_scope(cast: Cast) -> None:
    with scoping.acting(cast.actor("longhua_clerk")) as by:
        assert names(queries.tree(by.scope)) == [
            cast.longhua.name,
            cast.street.name,
            cast.joint.name,
            cast.factory.name,
        ]
    with scoping.acting(cast.actor("outsider")) as by:
        assert names(queries.tree(by.scope)) == [cast.meilan.name, cast.faraway.name]


def test_a_dissolved_union_stands_in_no_tree(cast: Cast) -> None:
    with scoping.acting(BUILDER) as by:
        Union.objects.filter(pk=cast.faraway.pk).update(status=UnionStatus.DISSOLVED)

        assert names(queries.tree(Scope.of_branch(cast.meilan.path))) == [cast.meilan.name]
        assert names(queries.children(by.scope, cast.meilan.path)) == []


def test_children_say_whether_they_have_children(cast: Cast) -> None:
    with scoping.acting(cast.actor("longhua_clerk")) as by:
        found = [(child.name, child.has_children) for child in queries.children(by.scope, cast.longhua.path)]  # type: ignore[attr-defined]

    assert found == [(cast.street.name, True), (cast.factory.name, False)]


@pytest.mark.parametrize("name", ["factory", "longhua", "city"])
def test_an_outsider_finds_nothing_by_any_key(cast: Cast, name: str) -> None:
    union: Union = getattr(cast, name)
    with scoping.acting(cast.actor("outsider")) as by:
        assert queries.find(by.scope, union.pk) is None
        assert queries.find_by_path(by.scope, union.path) is None
        assert names(queries.search(by.scope, union.name)) == []


def test_a_search_finds_parts_of_names_and_whole_codes(cast: Cast) -> None:
    code = credit_code(901, prefix="81")
    with scoping.acting(BUILDER) as by:
        Union.objects.filter(pk=cast.factory.pk).update(credit_code=code)

        assert names(queries.search(by.scope, "机械厂")) == [cast.factory.name]
        assert names(queries.search(by.scope, " 示范 机械 ")) == [cast.factory.name]
        assert names(queries.search(by.scope, code.lower())) == [cast.factory.name]
        assert names(queries.search(by.scope, code[:10])) == []


@pytest.mark.parametrize(
    ("place", "above", "reports_through"),
    [
        ("city", [], None),
        ("longhua", ["city"], "longhua"),
        ("street", ["longhua", "city"], "longhua"),
        ("factory", ["longhua", "city"], "longhua"),
        ("joint", ["street", "longhua", "city"], "longhua"),
        ("faraway", ["meilan", "city"], "meilan"),
    ],
)
def test_superiors_and_the_reporting_union_of_each_level(
    cast: Cast, place: str, above: list[str], reports_through: str | None
) -> None:
    path = getattr(cast, place).path
    with scoping.acting(cast.actor("outsider")):
        superiors = [superior.union_id for superior in queries.superiors(path)]
        reporting = queries.reporting_union(path)

    assert superiors == [getattr(cast, name).pk for name in above]
    assert (reporting and reporting.union_id) == (
        getattr(cast, reports_through).pk if reports_through else None
    )


def test_a_code_is_taken_wherever_it_is_and_nothing_else_is_told(cast: Cast) -> None:
    with scoping.acting(cast.actor("outsider")):
        taken = queries.taken_codes([credit_code(11), credit_code(14), credit_code(99)], of_unions=False)
        of_unions = queries.taken_codes([credit_code(11)], of_unions=True)

    assert taken.keys() == {credit_code(11), credit_code(14)}
    assert of_unions == {}


def test_employers_are_those_covered_now(cast: Cast) -> None:
    with scoping.acting(cast.actor("longhua_clerk")) as by:
        covered = [coverage.employer.name for coverage in queries.employers(by.scope, cast.joint.pk)]
        one = coverage_of(cast.joint).employer_id
        assert covered == ["海口示范理发店", "海口示范餐饮店"]
        assert queries.employer(by.scope, one) is not None
    with scoping.acting(cast.actor("outsider")) as by:
        assert list(queries.employers(by.scope, cast.joint.pk)) == []
        assert queries.employer(by.scope, one) is None


def test_the_history_names_superiors_above_the_scope(cast: Cast) -> None:
    with scoping.acting(cast.actor("factory_clerk")) as by:
        history = queries.affiliation_history(by.scope, cast.factory.pk)
    with scoping.acting(cast.actor("outsider")) as by:
        outside = queries.affiliation_history(by.scope, cast.factory.pk)

    assert [(spell.superior_name, spell.valid_from) for spell in history] == [
        (cast.longhua.name, date(2015, 5, 1))
    ]
    assert outside == []


def test_the_tree_as_it_stood_on_a_day(cast: Cast) -> None:
    with scoping.acting(BUILDER) as by:
        assert names(queries.standing_on(by.scope, date(2015, 4, 30))) == []
        assert len(names(queries.standing_on(by.scope, date(2015, 5, 1)))) == 6


def test_levels_are_counted_within_the_scope(cast: Cast) -> None:
    with scoping.acting(cast.actor("longhua_clerk")) as by:
        counts = queries.level_counts(by.scope)

    assert counts == {UnionLevel.DISTRICT: 1, UnionLevel.TOWN: 1, UnionLevel.GRASSROOTS: 2}


@pytest.mark.parametrize("more", [0, 2])
def test_questions_do_not_grow_with_the_rows(
    cast: Cast, django_assert_num_queries: DjangoAssertNumQueries, more: int
) -> None:
    with scoping.acting(BUILDER) as by:
        for number in range(more):
            make_union(f"第{number}工会", UnionKind.SINGLE, cast.meilan)
            make_coverage(cast.faraway, f"第{number}单位", 50 + number)
        with django_assert_num_queries(1):
            assert len(queries.children(by.scope, cast.meilan.path)) == 1 + more
        with django_assert_num_queries(1):
            covered = [coverage.employer.name for coverage in queries.employers(by.scope, cast.faraway.pk)]
        assert len(covered) == 1 + more
