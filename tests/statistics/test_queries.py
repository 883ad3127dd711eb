"""Progress: figures that add up, and the rows behind each."""

from __future__ import annotations

import pytest
from pytest_django import DjangoAssertNumQueries

from tests.builders import Cast, coverage_of, make_coverage, make_member, make_union
from tests.collection.stories import approve_all, decide, factory_row, hand_in, send, worker
from unionhall.foundation import scoping
from unionhall.foundation.actor import Scope
from unionhall.members import queries as members
from unionhall.reviews.choices import ReturnReason, Verdict
from unionhall.statistics import queries
from unionhall.statistics.queries import Progress
from unionhall.unions.choices import UnionKind

pytestmark = pytest.mark.django_db
Figures = tuple[str, int, int, int, int, int]


def figures(line: Progress) -> Figures:
    return (line.name, line.declared, line.collected, line.pending, line.returned, line.approved)


def at_work(cast: Cast) -> None:
    """One member of the factory approved, one returned; one of the joint union on the roll; one elsewhere."""
    approve_all(cast, send(cast, hand_in(cast, [worker(1)], [factory_row()])))
    case = send(cast, hand_in(cast, [worker(2), worker(3)], [factory_row()]))
    returned = hand_in(cast, [worker(4)], [factory_row()])
    assert case.row_count == 3
    decide(
        cast, send(cast, returned), "longhua_reviewer", Verdict.RETURN,
        reason=ReturnReason.WRONG_DATA, note="请核对姓名",
    )  # fmt: skip
    with scoping.whole_registry():
        make_member(coverage_of(cast.joint, "海口示范餐饮店"), 21)
        make_member(coverage_of(cast.faraway), 22)


def test_each_branch_has_its_figures(cast: Cast) -> None:
    at_work(cast)
    with scoping.acting(cast.actor("city_reviewer")) as by:
        lines = queries.progress(by.scope, cast.city.path)
        below = queries.progress(by.scope, cast.longhua.path)

    assert [figures(line) for line in lines] == [
        ("海口市龙华区总工会", 62, 4, 2, 1, 2),
        ("海口市美兰区总工会", 80, 0, 0, 0, 1),
    ]
    assert [figures(line) for line in below] == [
        ("龙华区中山街道总工会", 60, 0, 0, 0, 1),
        ("海口示范机械厂工会委员会", 2, 4, 2, 1, 1),
    ]
    assert [line.has_children for line in below] == [True, False]


def test_lines_add_up_to_the_total_with_what_a_union_holds_itself(cast: Cast) -> None:
    at_work(cast)
    with scoping.whole_registry():
        make_member(make_coverage(cast.longhua, "龙华区总工会机关", 31), 31)
    with scoping.acting(cast.actor("longhua_reviewer")) as by:
        lines = queries.progress(by.scope, cast.longhua.path)
        total = queries.total(by.scope, cast.longhua.path)

    assert total is not None
    assert [(line.name, line.approved) for line in lines if line.own] == [("海口市龙华区总工会", 1)]
    summed = tuple(map(sum, zip(*(figures(line)[1:] for line in lines), strict=True)))
    assert summed == figures(total)[1:] == (62, 4, 2, 1, 3)


def test_every_figure_has_its_rows(cast: Cast) -> None:
    at_work(cast)
    with scoping.acting(cast.actor("longhua_reviewer")) as by:
        total = queries.total(by.scope, cast.longhua.path)
        assert total is not None
        assert queries.rows(by.scope, cast.longhua.path).count() == total.collected
        assert queries.rows(by.scope, cast.longhua.path, state="submitted").count() == total.pending
        assert queries.rows(by.scope, cast.longhua.path, state="returned").count() == total.returned
        assert queries.declared_in(queries.declaring(by.scope, cast.longhua.path)) == total.declared
        wanted = members.RollFilter(union_path=cast.longhua.path)
        assert members.roll(by.scope, wanted).count() == total.approved


def test_rows_entered_from_a_superiors_batch_count_where_the_member_is(cast: Cast) -> None:
    batch = hand_in(cast, [worker(1)], [factory_row()], clerk="longhua_clerk", union=cast.longhua)
    decide(cast, send(cast, batch, clerk="longhua_clerk"), "city_reviewer")

    with scoping.acting(cast.actor("factory_clerk")) as by:
        total = queries.total(by.scope, cast.factory.path)
        assert total is not None
        assert (total.collected, total.approved) == (1, 1)
        assert queries.rows(by.scope, cast.factory.path).count() == 1


def test_a_path_outside_the_scope_has_no_figures(cast: Cast) -> None:
    at_work(cast)
    with scoping.acting(cast.actor("outsider")) as by:
        assert queries.total(by.scope, cast.longhua.path) is None
        assert queries.progress(by.scope, cast.longhua.path) == []
        assert queries.rows(by.scope, cast.longhua.path).count() == 0
        assert queries.unfinished(by.scope) == []
    with scoping.whole_registry():
        assert queries.total(Scope(), cast.city.path) is None


def test_unfinished_batches_say_what_is_left_to_do(cast: Cast) -> None:
    at_work(cast)
    hand_in(cast, [worker(5), worker(6, document_number="46019919900101001")], [factory_row()])
    with scoping.acting(cast.actor("factory_clerk")) as by:
        found = queries.unfinished(by.scope)

    assert [(batch.returned, batch.faulty, batch.ready) for batch in found] == [(2, 0, 2), (0, 1, 2)]


@pytest.mark.parametrize("unions", [1, 3])
def test_progress_asks_three_questions_however_many_unions(
    cast: Cast, unions: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with scoping.whole_registry():
        for number in range(unions):
            make_union(f"新建第{number}工会委员会", UnionKind.SINGLE, cast.street)
    with scoping.acting(cast.actor("street_reviewer")) as by, django_assert_num_queries(3):
        assert len(queries.progress(by.scope, cast.street.path)) == unions + 1
