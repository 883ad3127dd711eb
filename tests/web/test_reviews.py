"""Pages of review: the queue, the record beside it, and the decision at its foot."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from tests.builders import Cast, make_user
from tests.collection.stories import approve_all, decide, factory_row, hand_in, send, worker
from tests.web.conftest import Enter
from tests.web.reading import linked, main_words, row_heads
from unionhall.accounts.choices import Role
from unionhall.collection.models import Row
from unionhall.foundation import scoping
from unionhall.members.models import Membership
from unionhall.reviews.choices import CaseState, Verdict
from unionhall.reviews.models import Case, Decision

pytestmark = pytest.mark.django_db
QUEUE, RECORD, DECIDE = "review-queue", "review-case", "review-decide"
QUEUE_QUESTIONS = 23
RECORD_QUESTIONS = 35


@pytest.fixture
def case(cast: Cast) -> Case:
    """Two workers and their factory, on their way to the district."""
    return send(cast, hand_in(cast, [worker(1), worker(2)], [factory_row()]))


def opinion(page: Any, verdict: Verdict, **over: object) -> dict[str, object]:
    """Return the decision as a browser would send it from a page."""
    return {"verdict": verdict.value, "seen": page.context["record"].seen, "reason": "", "note": "", **over}


def fresh(case: Case) -> Case:
    with scoping.whole_registry():
        return Case.objects.get(pk=case.pk)


def members(case: Case) -> list[int]:
    with scoping.whole_registry():
        return list(
            Row.objects.filter(case_id=case.pk, kind="members").order_by("pk").values_list("pk", flat=True)
        )


def test_anonymous_is_sent_to_sign_in(case: Case) -> None:
    for url in (reverse(QUEUE), reverse(RECORD, args=[case.pk]), reverse(DECIDE, args=[case.pk])):
        answer = Client().get(url)
        assert (answer.status_code, answer["Location"].split("?")[0]) == (302, reverse("account_login"))


def test_the_unfit_are_refused(case: Case, enter: Enter) -> None:
    assert enter("finance").get(reverse(QUEUE)).status_code == 403
    assert enter("finance").get(reverse(RECORD, args=[case.pk])).status_code == 403
    clerk = enter("factory_clerk")
    page = clerk.get(reverse(RECORD, args=[case.pk]))
    assert page.status_code == 200
    assert clerk.post(reverse(DECIDE, args=[case.pk]), opinion(page, Verdict.APPROVE)).status_code == 403
    assert fresh(case).position == 0


def test_outsiders_cannot_tell_that_the_case_exists(case: Case, enter: Enter) -> None:
    outsider, insider = enter("outsider"), enter("longhua_reviewer")
    sent = opinion(insider.get(reverse(RECORD, args=[case.pk])), Verdict.APPROVE)

    assert outsider.get(reverse(RECORD, args=[case.pk])).status_code == 404
    assert outsider.post(reverse(DECIDE, args=[case.pk]), sent).status_code == 404
    for tab in ("", "done", "returned", "all"):
        assert case.number not in outsider.get(reverse(QUEUE), {"tab": tab}).content.decode()
    assert fresh(case).position == 0


def test_the_queue_holds_what_waits_for_the_branch_longest_first(
    cast: Cast, case: Case, enter: Enter
) -> None:
    later = send(cast, hand_in(cast, [worker(3)], [factory_row()]))
    page = enter("longhua_reviewer").get(reverse(QUEUE))

    assert [it.case.pk for it in page.context["rows"]] == [case.pk, later.pk]
    assert linked(page, "开始审核") == [reverse(RECORD, args=[case.pk])]
    assert "没有等待您审核的办件" in main_words(enter("city_reviewer").get(reverse(QUEUE)))


def test_the_tabs_tell_what_went_before(cast: Cast, case: Case, enter: Enter) -> None:
    back = send(cast, hand_in(cast, [worker(3)], [factory_row()]))
    decide(cast, case, "longhua_reviewer")
    decide(cast, back, "longhua_reviewer", Verdict.RETURN, reason="proof", note="请补证明")
    client = enter("longhua_reviewer")

    def shown(tab: str) -> set[int]:
        return {it.case.pk for it in client.get(reverse(QUEUE), {"tab": tab}).context["rows"]}

    assert [shown(tab) for tab in ("", "done", "returned", "all")] == [
        set(), {case.pk, back.pk}, {back.pk}, {case.pk, back.pk},
    ]  # fmt: skip


def test_the_record_shows_the_way_and_the_rows_masked(case: Case, enter: Enter) -> None:
    page = enter("longhua_reviewer").get(reverse(RECORD, args=[case.pk]), {"kind": "members"})

    assert [(step.name, step.state) for step in page.context["record"].journey.steps] == [
        ("海口示范机械厂工会委员会", "done"), ("海口市龙华区总工会", "now"), ("海口市总工会", "todo"),
    ]  # fmt: skip
    assert row_heads(page) == [f"3 {worker(1)['name']}", f"4 {worker(2)['name']}"]
    assert str(worker(1)["document_number"]) not in page.content.decode()
    assert "460199********" in main_words(page)


def test_rows_with_warnings_come_first(case: Case, enter: Enter) -> None:
    page = enter("longhua_reviewer").get(reverse(RECORD, args=[case.pk]))

    assert [(look.label, look.count, look.is_current) for look in page.context["record"].looks] == [
        ("组织：全部", 1, False), ("会员：有警告", 2, True), ("会员：全部", 2, False),
    ]  # fmt: skip


def test_approval_climbs_and_the_last_one_enters(case: Case, enter: Enter) -> None:
    district, city = enter("longhua_reviewer"), enter("city_reviewer")
    url = reverse(DECIDE, args=[case.pk])

    first = district.post(
        url, opinion(district.get(reverse(RECORD, args=[case.pk])), Verdict.APPROVE), follow=True
    )
    assert f"已同意 {case.number}，转上一级工会审核。" in main_words(first)
    page = city.get(reverse(RECORD, args=[case.pk]))
    assert "同意并入库 3 行" in main_words(page)
    last = city.post(url, opinion(page, Verdict.APPROVE), follow=True)

    assert f"已同意 {case.number}，3 行已登记入库。" in main_words(last)
    assert fresh(case).state == CaseState.APPROVED
    with scoping.whole_registry():
        assert Membership.objects.count() == 2
    assert "该办件已通过" in main_words(city.get(reverse(RECORD, args=[case.pk])))


def test_the_next_case_opens_by_itself(cast: Cast, case: Case, enter: Enter) -> None:
    later = send(cast, hand_in(cast, [worker(3)], [factory_row()]))
    client = enter("longhua_reviewer")
    page = client.get(reverse(RECORD, args=[case.pk]))

    answer = client.post(reverse(DECIDE, args=[case.pk]), opinion(page, Verdict.APPROVE))

    assert answer["Location"] == reverse(RECORD, args=[later.pk])


def test_ticked_rows_go_back_with_the_reason_and_the_rest_stays(case: Case, enter: Enter) -> None:
    client, clerk = enter("longhua_reviewer"), enter("factory_clerk")
    page = client.get(reverse(RECORD, args=[case.pk]))
    back = members(case)[1]

    sent = opinion(page, Verdict.RETURN_ROWS, reason="data", note="籍贯有误", pick=[back])
    answer = client.post(reverse(DECIDE, args=[case.pk]), sent, follow=True)

    assert f"已退回 {case.number} 中的 1 行，其余 2 行请继续审核。" in main_words(answer)
    assert answer.redirect_chain[-1][0] == reverse(RECORD, args=[case.pk])
    batch = clerk.get(reverse("batch-page", args=[case.subject_id]), {"state": "returned", "kind": "members"})
    assert row_heads(batch) == [f"4 {worker(2)['name']}"]
    assert "海口市龙华区总工会退回1行" in main_words(batch)
    assert "信息有误：籍贯有误" in main_words(batch)


def test_the_whole_goes_back_with_a_reason(case: Case, enter: Enter) -> None:
    client = enter("longhua_reviewer")
    page = client.get(reverse(RECORD, args=[case.pk]))

    sent = opinion(page, Verdict.RETURN, reason="place", note="请改报美兰区", pick=members(case))
    answer = client.post(reverse(DECIDE, args=[case.pk]), sent, follow=True)

    assert f"已退回 {case.number}，填报人会看到退回原因。" in main_words(answer)
    assert fresh(case).state == CaseState.RETURNED
    with scoping.whole_registry():
        assert set(Row.objects.filter(case_id=case.pk).values_list("state", flat=True)) == {"returned"}


@pytest.mark.parametrize(
    ("over", "sentences"),
    [
        ({}, ["退回须选择原因。", "退回须写明哪里有误、如何更正。"]),
        ({"reason": "data", "note": "籍贯有误"}, ["请先勾选要退回的行。"]),
        ({"reason": "data", "note": "籍贯有误", "seen": "00", "picked": True}, ["您打开页面后内容有变化"]),
        ({"reason": "data", "note": "籍贯有误", "seen": "没有", "picked": True}, ["您打开页面后内容有变化"]),
    ],
)
def test_a_return_that_lacks_something_is_refused_in_place(
    over: dict[str, object], sentences: list[str], case: Case, enter: Enter
) -> None:
    client = enter("longhua_reviewer")
    page = client.get(reverse(RECORD, args=[case.pk]))
    picked = over.pop("picked", False) or not over
    sent = opinion(page, Verdict.RETURN_ROWS, **{**over, "pick": members(case)[:1] if picked else []})

    answer = client.post(reverse(DECIDE, args=[case.pk]), sent)

    assert answer.status_code == 422
    assert [sentence for sentence in sentences if sentence not in main_words(answer)] == []
    assert answer.context["picked"] == (set(members(case)[:1]) if picked else set())
    with scoping.whole_registry():
        assert Decision.objects.count() == 0


def test_what_changed_meanwhile_must_be_looked_at_again(cast: Cast, case: Case, enter: Enter) -> None:
    client = enter("longhua_reviewer")
    page = client.get(reverse(RECORD, args=[case.pk]))
    decide(
        cast,
        case,
        "longhua_reviewer",
        Verdict.RETURN_ROWS,
        reason="data",
        note="籍贯有误",
        rows=members(case)[:1],
    )

    answer = client.post(reverse(DECIDE, args=[case.pk]), opinion(page, Verdict.APPROVE))
    assert (answer.status_code, "请刷新页面重新查看后再审核" in main_words(answer)) == (422, True)

    again = client.post(reverse(DECIDE, args=[case.pk]), opinion(answer, Verdict.APPROVE))
    assert again.status_code == 302


def test_nobody_meets_a_dead_end(cast: Cast, case: Case, enter: Enter) -> None:
    with scoping.whole_registry():
        Row.objects.filter(case_id=case.pk).update(changed_by_id=cast.user("longhua_reviewer").pk)
    mine = main_words(enter("longhua_reviewer").get(reverse(RECORD, args=[case.pk])))
    assert "填报人不能审核自己填报的内容，请由其他审核员办理。" in mine
    assert "「海口市龙华区总工会」还没有其他审核员，请联系安全管理员授权。" in mine

    with scoping.whole_registry():
        make_user("second_reviewer", "龙华复核", Role.REVIEWER, cast.longhua)
    for account in ("longhua_reviewer", "city_reviewer", "factory_clerk"):
        page = enter(account).get(reverse(RECORD, args=[case.pk]))
        assert "龙华复核" in main_words(page)
        assert "同意 3 行" not in main_words(page)


def test_a_settled_case_can_be_read(cast: Cast, case: Case, enter: Enter) -> None:
    approve_all(cast, case)

    page = enter("factory_clerk").get(reverse(RECORD, args=[case.pk]), {"kind": "members"})

    assert len(row_heads(page)) == 2
    assert "同意 海口市龙华区总工会 龙华审核" in main_words(page)


@pytest.mark.parametrize("cases", [1, 3])
def test_the_queue_asks_the_same_questions_however_long(
    cases: int, cast: Cast, enter: Enter, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for one in range(cases):
        send(cast, hand_in(cast, [worker(one)], [factory_row()]))
    client = enter("longhua_reviewer")
    client.get(reverse(QUEUE))

    with django_assert_num_queries(QUEUE_QUESTIONS):
        page = client.get(reverse(QUEUE))
    assert len(row_heads(page)) == cases


@pytest.mark.parametrize("rows", [1, 3])
def test_a_record_asks_the_same_questions_however_long(
    rows: int, cast: Cast, enter: Enter, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    case = send(cast, hand_in(cast, [worker(one) for one in range(1, rows + 1)], [factory_row()]))
    client = enter("longhua_reviewer")
    client.get(reverse(QUEUE))

    with django_assert_num_queries(RECORD_QUESTIONS):
        page = client.get(reverse(RECORD, args=[case.pk]), {"kind": "members"})
    assert len(row_heads(page)) == rows
