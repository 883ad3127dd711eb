"""The settlement: what each reporting union is owed, equal to the members counted."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from tests.builders import Cast
from tests.collection.stories import approve_all, factory_row, hand_in, send, worker
from tests.web.conftest import Enter
from tests.web.reading import cells, linked, main_words, row_heads
from unionhall.audit.models import Event
from unionhall.foundation import scoping

pytestmark = pytest.mark.django_db
SETTLEMENT_QUESTIONS = 24
ROWS_QUESTIONS = 27


@pytest.fixture
def counted(cast: Cast) -> None:
    """Two members of the factory approved on 2019-06-05."""
    approve_all(cast, send(cast, hand_in(cast, [worker(1), worker(2)], [factory_row()])))


@pytest.mark.usefixtures("counted")
def test_a_reporting_union_is_owed_seven_yuan_a_member(cast: Cast, enter: Enter) -> None:
    page = enter("finance").get(reverse("settlement"))

    assert row_heads(page) == [cast.longhua.name]
    assert [
        word for word in ("7.00", "14.00", "壹拾肆元整", "2019-06-05") if word not in main_words(page)
    ] == []
    assert linked(page, "2") == [reverse("settlement-rows", args=[cast.longhua.pk])]


@pytest.mark.usefixtures("counted")
def test_figures_equal_their_rows_up_to_the_same_day(cast: Cast, enter: Enter) -> None:
    client = enter("finance")
    for until, rows in (("2019-06-05", 2), ("2019-06-04", 0)):
        found = client.get(reverse("settlement-rows", args=[cast.longhua.pk]), {"until": until})
        assert len(row_heads(found)) == rows
        assert len(row_heads(client.get(reverse("settlement"), {"until": until}))) == min(rows, 1)
    page = client.get(reverse("settlement"), {"until": "2019-06-05"})
    assert linked(page, "2") == [f"{reverse('settlement-rows', args=[cast.longhua.pk])}?until=2019-06-05"]


@pytest.mark.usefixtures("counted")
def test_counted_members_are_masked(cast: Cast, enter: Enter) -> None:
    shown = main_words(enter("longhua_reviewer").get(reverse("settlement-rows", args=[cast.longhua.pk])))
    assert "计数会员 2 人，金额合计 14.00 元" in shown
    assert "460199********" in shown


@pytest.mark.usefixtures("counted")
def test_the_sheet_is_exported_as_shown(cast: Cast, enter: Enter) -> None:
    rows = cells(enter("finance").get(reverse("settlement-export")))
    assert [row[:4] for row in rows[2:4]] == [[cast.longhua.name, 2, 7, 14], ["合计", 2, None, 14]]
    assert rows[4][0] == "人民币（大写）：壹拾肆元整"


@pytest.mark.usefixtures("counted")
def test_an_export_of_members_is_remembered(cast: Cast, enter: Enter) -> None:
    address = reverse("settlement-rows-export", args=[cast.longhua.pk])
    rows = cells(enter("longhua_reviewer").post(f"{address}?until=2019-06-05"))

    assert len(rows[2:]) == 2
    with scoping.whole_registry():
        remembered = [event.details for event in Event.objects.filter(kind="members.exported")]
    assert remembered == [{"filter": "补助计数会员；截至2019-06-05", "rows": 2}]
    assert enter("finance").post(address).status_code == 403


@pytest.mark.usefixtures("counted")
def test_an_outsider_sees_nothing_of_what_others_are_owed(cast: Cast, enter: Enter) -> None:
    client = enter("outsider")
    rows = reverse("settlement-rows", args=[cast.longhua.pk])
    export = reverse("settlement-rows-export", args=[cast.longhua.pk])
    assert row_heads(client.get(reverse("settlement"))) == []
    assert (client.get(rows).status_code, client.post(export).status_code) == (404, 404)


def test_who_may_not_see_money_is_refused_and_nobody_is_sent_to_sign_in(cast: Cast, enter: Enter) -> None:
    client = enter("supervisor")
    addresses = [
        reverse("settlement"), reverse("settlement-export"), reverse("settlement-rows", args=[cast.longhua.pk]),
    ]  # fmt: skip
    assert [client.get(address).status_code for address in addresses] == [403] * 3
    assert [Client().get(address).status_code for address in addresses] == [302] * 3


def test_a_day_that_is_none_counts_all(enter: Enter) -> None:
    page = enter("finance").get(reverse("settlement"), {"until": "yesterday"})
    assert (page.status_code, "没有应结算的会员" in main_words(page)) == (200, True)


@pytest.mark.parametrize("rows", [1, 3])
def test_pages_ask_the_same_questions_however_many_members(
    cast: Cast, enter: Enter, django_assert_num_queries: DjangoAssertNumQueries, rows: int
) -> None:
    members = [worker(one + 1) for one in range(rows)]
    approve_all(cast, send(cast, hand_in(cast, members, [factory_row()])))
    client, ask = enter("longhua_reviewer"), django_assert_num_queries
    with ask(SETTLEMENT_QUESTIONS):
        client.get(reverse("settlement"))
    with ask(ROWS_QUESTIONS):
        client.get(reverse("settlement-rows", args=[cast.longhua.pk]))
