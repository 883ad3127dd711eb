"""Progress: a line per branch, every number the way to exactly its rows."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from tests.builders import Cast, coverage_of, make_coverage, make_member, make_union
from tests.collection.stories import approve_all, decide, factory_row, hand_in, send, worker
from tests.web.conftest import Enter
from tests.web.reading import cells, linked, main_words, row_heads
from unionhall.foundation import scoping
from unionhall.reviews.choices import ReturnReason, Verdict
from unionhall.unions.choices import UnionKind

pytestmark = pytest.mark.django_db
PROGRESS_QUESTIONS = 33
ROWS_QUESTIONS = 26
PAGES = ("progress", "progress-export", "progress-rows", "progress-unions")


@pytest.fixture
def work(cast: Cast) -> None:
    """Of the factory's sheets: one member approved, two pending, one returned; one member elsewhere."""
    approve_all(cast, send(cast, hand_in(cast, [worker(1)], [factory_row()])))
    send(cast, hand_in(cast, [worker(2), worker(3)], [factory_row()]))
    decide(
        cast, send(cast, hand_in(cast, [worker(4)], [factory_row()])), "longhua_reviewer", Verdict.RETURN,
        reason=ReturnReason.WRONG_DATA, note="请核对姓名",
    )  # fmt: skip
    with scoping.whole_registry():
        make_member(coverage_of(cast.faraway), 22)


@pytest.mark.usefixtures("work")
def test_each_branch_has_a_line(cast: Cast, enter: Enter) -> None:
    page = enter("city_reviewer").get(reverse("progress"))

    assert row_heads(page) == [cast.longhua.name, cast.meilan.name]
    rows = cells(enter("city_reviewer").get(reverse("progress-export")))
    assert rows[2:] == [
        [cast.longhua.name, 62, 4, 2, 1, 1, 1.6],
        [cast.meilan.name, 80, 0, 0, 0, 1, 1.2],
        ["合计", 142, 4, 2, 1, 2, 1.4],
    ]


@pytest.mark.usefixtures("work")
def test_every_number_leads_to_as_many_rows(cast: Cast, enter: Enter) -> None:
    client = enter("longhua_reviewer")
    page, at = client.get(reverse("progress")), f"at={cast.factory.pk}"

    def rows(address: str) -> int:
        assert address in page.content.decode().replace("&amp;", "&")
        return len(row_heads(client.get(address)))

    assert rows(f"{reverse('progress-rows')}?{at}") == 4
    assert rows(f"{reverse('progress-rows')}?{at}&state=submitted") == 2
    assert rows(f"{reverse('progress-rows')}?{at}&state=returned") == 1
    assert rows(f"{reverse('member-roll')}?union={cast.factory.pk}") == 1
    assert rows(f"{reverse('progress-unions')}?{at}") == 1
    assert "共申报会员 2 人" in main_words(client.get(f"{reverse('progress-unions')}?{at}"))


def test_what_a_union_holds_itself_has_its_own_line_and_rows(cast: Cast, enter: Enter) -> None:
    with scoping.whole_registry():
        make_member(make_coverage(cast.longhua, "龙华区总工会机关", 31), 31)
        make_member(coverage_of(cast.factory), 32)
    client = enter("longhua_reviewer")
    page = client.get(reverse("progress"))

    assert row_heads(page)[-1] == f"{cast.longhua.name}（本级）"
    own = f"{reverse('member-roll')}?union={cast.longhua.pk}&own=1"
    assert own in linked(page, "1")
    assert len(row_heads(client.get(own))) == 1


@pytest.mark.usefixtures("work")
def test_another_state_stays_with_the_same_branch(cast: Cast, enter: Enter) -> None:
    asked = f"{reverse('progress-rows')}?at={cast.factory.pk}&state=returned"
    page = enter("city_reviewer").get(asked)
    body = page.content.decode()

    assert f'<input type="hidden" name="at" value="{cast.factory.pk}"' in body
    assert '<input type="hidden" name="own" id="id_own">' in body
    assert linked(page, "重置") == [f"{reverse('progress-rows')}?at={cast.factory.pk}"]


@pytest.mark.usefixtures("work")
def test_the_order_stands_in_the_address(cast: Cast, enter: Enter) -> None:
    client = enter("city_reviewer")
    assert row_heads(client.get(reverse("progress"), {"sort": "-declared"})) == [
        cast.meilan.name,
        cast.longhua.name,
    ]
    assert row_heads(client.get(reverse("progress"), {"sort": "rate"})) == [
        cast.meilan.name,
        cast.longhua.name,
    ]
    assert row_heads(client.get(reverse("progress"), {"sort": "nonsense"})) == [
        cast.longhua.name,
        cast.meilan.name,
    ]


def test_one_goes_down_and_up_the_tree(cast: Cast, enter: Enter) -> None:
    page = enter("city_reviewer").get(reverse("progress"), {"at": cast.street.pk})

    assert row_heads(page) == [cast.joint.name]
    assert linked(page, cast.longhua.name) == [f"{reverse('progress')}?at={cast.longhua.pk}"]
    district = enter("longhua_reviewer").get(reverse("progress"), {"at": cast.street.pk})
    assert linked(district, cast.city.name) == []


@pytest.mark.usefixtures("work")
def test_an_outsider_cannot_tell_how_far_others_have_come(cast: Cast, enter: Enter) -> None:
    client = enter("outsider")
    at = {"at": cast.factory.pk}
    assert [client.get(reverse(name), at).status_code for name in PAGES] == [404] * len(PAGES)
    assert row_heads(client.get(reverse("progress"))) == [cast.faraway.name]
    assert row_heads(client.get(reverse("progress-rows"))) == []


@pytest.mark.usefixtures("work")
def test_who_may_not_read_the_rows_sees_figures_without_links(cast: Cast, enter: Enter) -> None:
    page = enter("finance").get(reverse("progress"))
    assert page.status_code == 200
    assert reverse("progress-rows") not in page.content.decode()
    assert reverse("member-roll") not in page.content.decode()
    assert enter("finance").get(reverse("progress-rows")).status_code == 403


def test_who_may_not_see_progress_is_refused_and_nobody_is_sent_to_sign_in(enter: Enter) -> None:
    client = enter("audit_admin")
    assert [client.get(reverse(name)).status_code for name in PAGES] == [403] * len(PAGES)
    assert [Client().get(reverse(name)).status_code for name in PAGES] == [302] * len(PAGES)


@pytest.mark.parametrize("rows", [1, 3])
def test_pages_ask_the_same_questions_however_many_lines(
    cast: Cast, enter: Enter, django_assert_num_queries: DjangoAssertNumQueries, rows: int
) -> None:
    hand_in(cast, [worker(one + 1) for one in range(rows)], [factory_row()])
    with scoping.whole_registry():
        for one in range(rows):
            make_union(f"新建第{one}工会委员会", UnionKind.SINGLE, cast.longhua)
    client, ask = enter("longhua_reviewer"), django_assert_num_queries
    with ask(PROGRESS_QUESTIONS):
        client.get(reverse("progress"))
    with ask(ROWS_QUESTIONS):
        client.get(reverse("progress-rows"))
