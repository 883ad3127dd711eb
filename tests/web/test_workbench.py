"""The workbench: what waits for whom, and where the branch stands."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from tests.builders import TODAY, Cast, coverage_of, make_member, make_user
from tests.collection.stories import approve_all, factory_row, hand_in, send, worker
from tests.web.conftest import Enter
from tests.web.reading import linked, main_words, row_heads
from unionhall.accounts import actions as accounts
from unionhall.accounts import queries
from unionhall.accounts.choices import Role
from unionhall.foundation import scoping
from unionhall.foundation.actor import system
from unionhall.foundation.capabilities import Capability

pytestmark = pytest.mark.django_db
WORKBENCH_QUESTIONS = 27


def test_anonymous_is_sent_to_sign_in(db: None) -> None:
    answer = Client().get(reverse("workbench"))
    assert (answer.status_code, answer["Location"]) == (302, f"{reverse('account_login')}?next=%2F")


def test_a_reviewer_sees_what_waits_for_the_branch(cast: Cast, enter: Enter) -> None:
    case = send(cast, hand_in(cast, [worker(1)], [factory_row()]))

    page = enter("longhua_reviewer").get(reverse("workbench"))
    assert linked(page, case.title) == [reverse("review-case", args=[case.pk])]
    assert linked(page, "1")[0] == reverse("review-queue")
    assert linked(enter("city_reviewer").get(reverse("workbench")), case.title) == []


def test_a_clerk_sees_what_must_be_mended(cast: Cast, enter: Enter) -> None:
    rows = [worker(1), worker(2, document_number="46019919900101001")]
    batch = hand_in(cast, rows, [factory_row()])

    page = enter("factory_clerk").get(reverse("workbench"))
    assert "有错误 1 行 更正后才能提交" in main_words(page)
    assert reverse("batch-page", args=[batch.pk]) in linked(page, cast.factory.name)


def test_an_outsider_sees_nothing_of_another_district(cast: Cast, enter: Enter) -> None:
    case = send(cast, hand_in(cast, [worker(1)], [factory_row()]))

    for account in ("outsider", "outside_clerk"):
        shown = main_words(enter(account).get(reverse("workbench")))
        assert [word for word in (case.number, "机械厂", "龙华") if word in shown] == []


def test_figures_of_the_branch_lead_to_their_rows(cast: Cast, enter: Enter) -> None:
    approve_all(cast, send(cast, hand_in(cast, [worker(1), worker(2)], [factory_row()])))
    client = enter("longhua_reviewer")

    page = client.get(reverse("workbench"))
    roll = f"{reverse('member-roll')}?union={cast.longhua.pk}"
    assert roll in linked(page, "2")
    assert len(row_heads(client.get(roll))) == 2


def test_finance_sees_what_each_reporting_union_is_owed(cast: Cast, enter: Enter) -> None:
    client = enter("finance")
    assert "还没有应拨的补助" in main_words(client.get(reverse("workbench")))
    approve_all(cast, send(cast, hand_in(cast, [worker(1), worker(2)], [factory_row()])))

    page = client.get(reverse("workbench"))
    assert f"{cast.longhua.name} 2 14.00" in main_words(page)
    assert linked(page, "查看结算表") == [reverse("settlement")]


def test_who_has_nothing_to_do_is_told_so(cast: Cast, enter: Enter) -> None:
    shown = main_words(enter("street_reviewer").get(reverse("workbench")))
    assert "现在没有等您办理的事项。" in shown


def test_an_account_without_a_grant_is_told_whom_to_ask(cast: Cast) -> None:
    with scoping.whole_registry():
        by = system("搭建", *Capability)
        opened = accounts.create(username="newcomer", name="新人", by=by, at=cast.user("finance").created_at)
    client = Client()
    opened.user.must_change_password = False
    opened.user.save()
    client.force_login(opened.user)

    page = client.get(reverse("workbench"))
    assert page.status_code == 200
    assert "您的账号还没有授权" in main_words(page)
    assert "安全管理员" in main_words(page)


@pytest.mark.parametrize(
    "account", ["finance", "supervisor", "system_admin", "security_admin", "audit_admin"]
)
def test_everybody_has_a_workbench(enter: Enter, account: str) -> None:
    assert enter(account).get(reverse("workbench")).status_code == 200


def test_switching_acts_for_another_of_ones_branches(cast: Cast, enter: Enter) -> None:
    with scoping.whole_registry():
        user = make_user("two_hats", "两处任职", Role.CLERK, cast.factory)
        accounts.grant(
            user, role=Role.CLERK, branch=cast.joint, by=system("搭建", *Capability), at=user.created_at
        )
    client = Client()
    client.force_login(user)
    choices = queries.acting_choices(user, on=TODAY)
    other = choices[-1]

    answer = client.post(reverse("acting-switch"), {"grant": other.id})
    assert (answer.status_code, answer["Location"]) == (302, reverse("workbench"))
    assert other.branch_name in main_words(client.get(reverse("workbench")))


def test_nobody_acts_by_anothers_grant(cast: Cast, enter: Enter) -> None:
    theirs = queries.acting_choices(cast.user("city_reviewer"), on=TODAY)
    client = enter("outsider")

    assert client.post(reverse("acting-switch"), {"grant": theirs[0].id}).status_code == 404
    assert client.get(reverse("acting-switch")).status_code == 405
    assert cast.meilan.name in main_words(client.get(reverse("workbench")))


@pytest.mark.parametrize("rows", [1, 3])
def test_the_workbench_asks_the_same_questions_however_much_waits(
    cast: Cast, enter: Enter, django_assert_num_queries: DjangoAssertNumQueries, rows: int
) -> None:
    for number in range(rows):
        send(cast, hand_in(cast, [worker(number + 1)], [factory_row()]))
    with scoping.whole_registry():
        make_member(coverage_of(cast.joint, "海口示范餐饮店"), 40)
    client = enter("longhua_reviewer")
    client.get(reverse("workbench"))
    with django_assert_num_queries(WORKBENCH_QUESTIONS):
        client.get(reverse("workbench"))
