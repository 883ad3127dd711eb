"""Batches as they are read: every figure is the rows it links to, numbers are masked, outsiders see nothing."""

from __future__ import annotations

from typing import Any

import pytest
from pytest_django import DjangoAssertNumQueries

from tests.builders import Cast
from tests.collection.stories import decide, factory_row, hand_in, seen, send, worker
from unionhall.collection import queries
from unionhall.collection.models import Batch, Row
from unionhall.collection.queries import RowFilter
from unionhall.foundation import scoping
from unionhall.foundation.actor import Scope
from unionhall.reviews.choices import Verdict

pytestmark = pytest.mark.django_db


@pytest.fixture
def batch(cast: Cast) -> Batch:
    """Hand in a union and six members: two without fault, one warned of, three with errors."""
    return hand_in(
        cast,
        [
            worker(1),
            worker(2),
            worker(3, mobile=""),
            worker(4, mobile="1380000"),
            worker(5, mobile="1380000", sex="未知道"),
            worker(6, document_number="46019919850107000"),
        ],
        [factory_row()],
    )


def scope_of(cast: Cast, who: str = "factory_clerk") -> Scope:
    return cast.actor(who).scope


def numbers(cast: Cast, batch: Batch | None, who: str = "factory_clerk", **wanted: Any) -> list[int]:
    with scoping.acting(cast.actor(who)) as by:
        return [row.number for row in queries.rows(by.scope, RowFilter(**wanted), batch=batch)]


def test_every_kind_of_finding_counts_the_rows_it_leads_to(cast: Cast, batch: Batch) -> None:
    with scoping.acting(cast.actor("factory_clerk")) as by:
        kinds = queries.kinds_of_finding(batch)
        counted = [
            queries.rows(
                by.scope,
                RowFilter(code=kind.code, column=kind.column, severity=kind.severity, state="open"),
                batch=batch,
            ).count()
            for kind in kinds
        ]
        of_unions = queries.kinds_of_finding(batch, kind="unions")

    assert [kind.count for kind in kinds] == counted
    assert {(kind.column, kind.count) for kind in kinds if kind.severity == "error"} >= {
        ("移动电话", 2),
        ("性别", 1),
    }
    assert [kind.severity for kind in kinds] == sorted(
        (kind.severity for kind in kinds), key=["error", "warning", "info"].index
    )
    assert [kind for kind in of_unions if kind.severity == "error"] == []


def test_every_figure_of_a_summary_is_the_rows_it_leads_to(cast: Cast, batch: Batch) -> None:
    with scoping.acting(cast.actor("factory_clerk")) as by:
        whole = queries.summary(batch)
        by_kind = queries.summaries_by_kind(by.scope, RowFilter(), batch=batch)
        several = queries.summaries(by.scope, [batch.pk])
        for state in ("ready", "faulty", "warned", "submitted", "returned", "entered", "known", "removed"):
            found = queries.rows(by.scope, RowFilter(state=state), batch=batch).count()
            assert found == getattr(whole, state), state

    assert (whole.rows, whole.unions, whole.members) == (7, 1, 6)
    assert whole.ready + whole.faulty == 7
    assert by_kind["unions"].rows + by_kind["members"].rows == whole.rows
    assert by_kind["members"].errors == whole.errors
    assert several == {batch.pk: whole}


def test_filters_narrow_the_rows(cast: Cast, batch: Batch) -> None:
    assert numbers(cast, batch, kind="unions") == [3]
    assert numbers(cast, batch, kind="members") == [3, 4, 5, 6, 7, 8]
    assert numbers(cast, batch, kind="members", state="faulty", column="性别", severity="error") == [7]
    assert numbers(cast, batch, text=str(worker(2)["name"])) == [4]
    assert numbers(cast, batch, kind="members", state="submitted") == []
    assert numbers(cast, batch, code="no.such.code") == []


def test_rows_follow_their_case(cast: Cast, batch: Batch) -> None:
    case = send(cast, batch)
    with scoping.whole_registry():
        row = Row.objects.filter(case_id=case.pk, kind="members").latest("pk")
        ready = Row.objects.filter(case_id=case.pk).count()
    decide(cast, case, "longhua_reviewer", Verdict.RETURN_ROWS, reason="data", note="籍贯有误", rows=[row.pk])

    assert len(numbers(cast, None, "longhua_reviewer", case_id=case.pk)) == ready
    assert numbers(cast, None, "longhua_reviewer", case_id=case.pk, state="returned") == [row.number]
    assert numbers(cast, None, "outsider", case_id=case.pk) == []
    with scoping.acting(cast.actor("longhua_reviewer")):
        assert queries.content(case.pk)[1] == ready - 1
        assert len(list(queries.leaves(case.pk))) == ready - 1
        assert queries.touched_by(case.pk) == {cast.user("factory_clerk").pk}


def test_right_numbers_are_masked_and_wrong_ones_shown_to_be_mended(cast: Cast, batch: Batch) -> None:
    with scoping.acting(cast.actor("factory_clerk")) as by:
        page = queries.page(by.scope, RowFilter(kind="members"), batch=batch)
        union = queries.page(by.scope, RowFilter(kind="unions"), batch=batch).rows[0]
    texts = [{cell.key: cell.text for cell in row.cells} for row in page.rows]
    right, wrong = texts[0], texts[3]

    number = str(worker(1)["document_number"])
    assert right["document_number"] == f"{number[:6]}********{number[-4:]}"
    assert right["mobile"] == "138****0001"
    assert wrong["mobile"] == "1380000"
    assert texts[5]["document_number"] == "46019919850107000"
    assert "66668888" not in next(cell.text for cell in union.cells if cell.key == "phone")
    assert {cell.key for cell in page.rows[0].cells if cell.protected} == {"document_number", "mobile"}


def test_a_cell_knows_its_findings_and_the_worst_of_them(cast: Cast, batch: Batch) -> None:
    with scoping.acting(cast.actor("factory_clerk")) as by:
        rows = queries.page(by.scope, RowFilter(kind="members"), batch=batch).rows
    severities = {cell.header: cell.severity for cell in rows[4].cells if cell.severity == "error"}

    assert severities == {"移动电话": "error", "性别": "error"}
    assert (rows[4].errors, rows[4].editable, rows[4].state_label) == (2, True, "待提交")


def test_pages_follow_one_another_and_lead_back(cast: Cast) -> None:
    batch = hand_in(cast, [worker(number) for number in range(1, 26)])
    wanted = RowFilter(kind="members")
    with scoping.acting(cast.actor("factory_clerk")) as by:
        first = queries.page(by.scope, wanted, batch=batch, size=10)
        second = queries.page(by.scope, wanted, batch=batch, size=10, after=first.next_after or 0)
        third = queries.page(by.scope, wanted, batch=batch, size=10, after=second.next_after or 0)
        back = [
            queries.page_before(by.scope, wanted, batch=batch, after=after or 0, size=10)
            for after in (0, first.next_after, second.next_after)
        ]
        smallest = queries.page(by.scope, wanted, batch=batch, size=1)

    assert [[row.number for row in page.rows] for page in (first, second, third)] == [
        list(range(3, 13)),
        list(range(13, 23)),
        list(range(23, 28)),
    ]
    assert (third.next_after, third.total) == (None, 25)
    assert back == [None, 0, first.next_after]
    assert len(smallest.rows) == 10


def test_an_outsider_sees_no_batch_no_row_no_file(cast: Cast, batch: Batch) -> None:
    with scoping.acting(cast.actor("outsider")) as by:
        assert list(queries.batches(by.scope)) == []
        assert queries.find(by.scope, batch.pk) is None
        assert queries.page(by.scope, RowFilter(), batch=batch).rows == []
        assert queries.summaries(by.scope, [batch.pk]) == {}
        assert queries.files(by.scope, [batch.pk]) == {}
        assert queries.row(batch, 1) is None
        assert queries.kinds_of_finding(batch) == []
    with scoping.acting(cast.actor("longhua_reviewer")) as by:
        assert [found.pk for found in queries.batches(by.scope)] == [batch.pk]


def test_batches_are_listed_latest_first_and_by_state(cast: Cast) -> None:
    first, second = hand_in(cast, [worker(1)]), hand_in(cast, [worker(2)])
    with scoping.acting(cast.actor("factory_clerk")) as by:
        assert [found.pk for found in queries.batches(by.scope)] == [second.pk, first.pk]
        assert list(queries.batches(by.scope, state="unreadable")) == []
        assert [file.name for file in queries.files(by.scope, [first.pk])[first.pk]] == ["会员.xlsx"]
    assert seen(cast, first).union.name == cast.factory.name


@pytest.mark.parametrize("rows", [1, 3])
def test_questions_do_not_grow_with_the_rows(
    cast: Cast, django_assert_num_queries: DjangoAssertNumQueries, rows: int
) -> None:
    batch = hand_in(cast, [worker(number, mobile="1380000") for number in range(1, rows + 1)])
    with scoping.acting(cast.actor("factory_clerk")) as by:
        with django_assert_num_queries(3):
            page = queries.page(by.scope, RowFilter(kind="members"), batch=batch)
        with django_assert_num_queries(1):
            queries.summary(batch)
        with django_assert_num_queries(1):
            queries.kinds_of_finding(batch)
        with django_assert_num_queries(1):
            assert [found.union.name for found in queries.batches(by.scope)] == [cast.factory.name]

    assert len(page.rows) == rows
