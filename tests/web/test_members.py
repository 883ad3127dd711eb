"""The roll and the page of a member: found, masked, opened for a reason, taken away as a deed."""

from __future__ import annotations

import re
from urllib.parse import parse_qs, urlsplit

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from tests.builders import Cast, coverage_of, make_member, number
from tests.web.conftest import Enter
from tests.web.reading import cells, linked, main_words, row_heads
from unionhall.audit.models import Event
from unionhall.foundation import scoping
from unionhall.members.models import Membership
from unionhall.web.members import limits

pytestmark = pytest.mark.django_db
ROLL = "member-roll"
ROLL_QUESTIONS = 25
PERSON_QUESTIONS = 25
MOBILE = "13800000001"


@pytest.fixture
def held(cast: Cast) -> list[Membership]:
    """Two members of the factory, one of the joint union, one of another district."""
    with scoping.whole_registry():
        return [
            make_member(coverage_of(cast.factory), 1, name="林示范", mobile=MOBILE),
            make_member(coverage_of(cast.factory), 2, name="陈样例"),
            make_member(coverage_of(cast.joint, "海口示范餐饮店"), 3, name="林样例"),
            make_member(coverage_of(cast.faraway), 4, name="林远方"),
        ]


def exported() -> list[dict[str, object]]:
    with scoping.whole_registry():
        return [event.details for event in Event.objects.filter(kind="members.exported")]


def test_the_roll_holds_exactly_the_branchs_members_masked(held: list[Membership], enter: Enter) -> None:
    page = enter("longhua_reviewer").get(reverse(ROLL))

    assert row_heads(page) == ["林样例", "林示范", "陈样例"]
    assert "共 3 人" in main_words(page)
    assert "460199********" in main_words(page)
    assert [one for one in range(1, 5) if number(one) in page.content.decode()] == []
    assert MOBILE not in page.content.decode()


def test_filters_stand_in_the_address(cast: Cast, held: list[Membership], enter: Enter) -> None:
    client = enter("longhua_reviewer")
    asked = client.post(reverse(ROLL), {"q": "林", "branch": cast.factory.name, "sex": "1"})

    assert asked["Location"] == f"{reverse(ROLL)}?q=%E6%9E%97&sex=1&union={cast.factory.pk}"
    assert row_heads(client.get(asked["Location"])) == ["林示范"]
    assert row_heads(client.get(reverse(ROLL), {"sex": "2"})) == ["陈样例"]
    assert row_heads(client.get(reverse(ROLL), {"state": "4"})) == []
    assert row_heads(client.get(reverse(ROLL), {"migrant": "yes"})) == []
    assert row_heads(client.get(reverse(ROLL), {"employer": held[2].employer_id})) == ["林样例"]


@pytest.mark.parametrize("text", [number(1), MOBILE])
def test_a_number_finds_its_member_and_never_stands_in_an_address(
    held: list[Membership], enter: Enter, text: str
) -> None:
    client = enter("longhua_reviewer")
    for asked in (client.post(reverse(ROLL), {"q": text}), client.get(reverse(ROLL), {"q": text})):
        assert list(parse_qs(urlsplit(asked["Location"]).query)) == ["key"]
        assert text not in asked["Location"]
        page = client.get(asked["Location"])
        assert row_heads(page) == ["林示范"]
        assert text not in page.content.decode()


def test_a_number_of_another_district_finds_nobody(held: list[Membership], enter: Enter) -> None:
    client = enter("longhua_reviewer")
    page = client.get(client.post(reverse(ROLL), {"q": number(4)})["Location"])
    assert (row_heads(page), "没有符合条件的会员" in main_words(page)) == ([], True)


def test_whoever_tries_many_numbers_is_slowed_down(
    held: list[Membership], enter: Enter, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "PER_MINUTE", 2)
    client = enter("longhua_reviewer")
    answers = [client.post(reverse(ROLL), {"q": number(serial)}) for serial in range(1, 6)]

    assert 422 in [answer.status_code for answer in answers[2:]]
    assert "请稍等一分钟再试" in main_words(answers[-1])
    assert client.post(reverse(ROLL), {"q": "林"}).status_code == 302


def test_an_address_that_was_tampered_with_finds_everybody_of_the_scope_and_no_more(
    held: list[Membership], enter: Enter
) -> None:
    assert len(row_heads(enter("longhua_reviewer").get(reverse(ROLL), {"key": "AAAA"}))) == 3


def test_a_union_or_employer_outside_the_scope_does_not_exist(
    cast: Cast, held: list[Membership], enter: Enter
) -> None:
    client = enter("outsider")
    assert client.get(reverse(ROLL), {"union": cast.factory.pk}).status_code == 404
    assert client.get(reverse(ROLL), {"employer": held[0].employer_id}).status_code == 404
    assert row_heads(client.get(reverse(ROLL))) == ["林远方"]
    refused = client.post(reverse(ROLL), {"branch": cast.factory.name})
    assert (refused.status_code, "没有找到这个工会" in main_words(refused)) == (422, True)


def test_htmx_gets_the_list_alone(held: list[Membership], enter: Enter) -> None:
    page = enter("longhua_reviewer").get(reverse(ROLL), headers={"HX-Request": "true"})
    assert (row_heads(page), "<html" in page.content.decode()) == (["林样例", "林示范", "陈样例"], False)


def test_an_export_is_exactly_what_is_shown_and_is_remembered(
    cast: Cast, held: list[Membership], enter: Enter
) -> None:
    answer = enter("longhua_reviewer").post(f"{reverse('member-export')}?q=林&union={cast.factory.pk}")

    rows = cells(answer)
    assert [row[0] for row in rows[2:]] == ["林示范"]
    assert rows[2][2] == f"460199********{number(1)[-4:]}"
    assert exported() == [{"filter": f"按姓名查找；工会：{cast.factory.name}", "rows": 1}]
    assert answer["Cache-Control"] == "no-store"


def test_an_outsider_exports_no_row_of_others(cast: Cast, held: list[Membership], enter: Enter) -> None:
    client = enter("outsider")
    assert client.post(f"{reverse('member-export')}?union={cast.factory.pk}").status_code == 404
    assert [row[0] for row in cells(client.post(reverse("member-export")))[2:]] == ["林远方"]
    assert client.get(reverse("member-export")).status_code == 405


def test_the_page_of_a_member_is_masked(held: list[Membership], enter: Enter) -> None:
    page = enter("longhua_reviewer").get(reverse("member-page", args=[held[0].person_id]))
    shown = main_words(page)

    assert [
        word for word in ("林示范", "海口示范机械厂", "入会", "1990年**月**日", "汉族") if word not in shown
    ] == []
    assert [secret for secret in (number(1), MOBILE, "1990-01-01") if secret in page.content.decode()] == []


def test_a_full_number_is_shown_once_for_a_reason_and_remembered(
    held: list[Membership], enter: Enter
) -> None:
    client, person = enter("longhua_reviewer"), held[0].person_id
    reveal = reverse("member-reveal", args=[person])
    answer = client.post(reveal, {"reason": "核对入会申请表"})

    assert (answer.status_code, answer["Cache-Control"]) == (200, "no-store")
    assert number(1) in main_words(answer)
    assert number(1) not in client.get(reverse("member-page", args=[person])).content.decode()
    with scoping.whole_registry():
        remembered = Event.objects.filter(kind="members.identity_revealed").values_list(
            "subject_id", "reason"
        )
        assert list(remembered) == [(person, "核对入会申请表")]


def test_who_opened_a_number_stands_on_the_page_of_the_member(held: list[Membership], enter: Enter) -> None:
    reviewer, page = enter("longhua_reviewer"), reverse("member-page", args=[held[0].person_id])
    assert "还没有人查看过完整号码" in main_words(reviewer.get(page))
    reviewer.post(reverse("member-reveal", args=[held[0].person_id]), {"reason": "核对入会申请表"})

    for reader in ("longhua_reviewer", "factory_clerk"):
        assert "原因：核对入会申请表" in main_words(enter(reader).get(page))
    other = reverse("member-page", args=[held[1].person_id])
    assert "还没有人查看过完整号码" in main_words(reviewer.get(other))


def test_the_search_of_the_frame_posts_what_is_typed(held: list[Membership], enter: Enter) -> None:
    frame = enter("longhua_reviewer").get(reverse("workbench")).content.decode()
    forms = re.findall(r'<form class="search"[^>]*>.*?</form>', frame, re.DOTALL)

    assert len(forms) == 2
    for form in forms:
        assert f'method="post" action="{reverse(ROLL)}"' in form
        assert "csrfmiddlewaretoken" in form
        assert 'name="q"' in form


def test_without_a_reason_nothing_is_shown_and_nothing_remembered(
    held: list[Membership], enter: Enter
) -> None:
    answer = enter("longhua_reviewer").post(
        reverse("member-reveal", args=[held[0].person_id]), {"reason": " "}
    )

    assert (answer.status_code, "须写明事由" in main_words(answer)) == (422, True)
    assert number(1) not in answer.content.decode()
    with scoping.whole_registry():
        assert not Event.objects.filter(kind="members.identity_revealed").exists()


def test_an_outsider_cannot_tell_that_the_member_exists(held: list[Membership], enter: Enter) -> None:
    client, person = enter("outsider"), held[0].person_id
    assert client.get(reverse("member-page", args=[person])).status_code == 404
    assert client.post(reverse("member-reveal", args=[person]), {"reason": "核对申请表"}).status_code == 404


def test_who_may_not_see_members_is_refused_and_nobody_is_sent_to_sign_in(
    held: list[Membership], enter: Enter
) -> None:
    person, client = held[0].person_id, enter("finance")
    for name, args in ((ROLL, []), ("member-page", [person])):
        assert client.get(reverse(name, args=args)).status_code == 403
        assert Client().get(reverse(name, args=args)).status_code == 302
    for name, args in (("member-export", []), ("member-reveal", [person])):
        assert client.post(reverse(name, args=args), {"reason": "核对申请表"}).status_code == 403
        assert Client().post(reverse(name, args=args)).status_code == 302


def test_the_roll_is_walked_page_by_page(cast: Cast, enter: Enter) -> None:
    with scoping.whole_registry():
        for serial in range(1, 24):
            make_member(coverage_of(cast.factory), serial, name=f"会员{serial}")
    client = enter("factory_clerk")
    first = client.get(reverse(ROLL), {"size": 20})
    second = client.get(reverse(ROLL) + linked(first, "下一页")[0])

    assert row_heads(first) + row_heads(second) == [f"会员{serial}" for serial in range(1, 24)]


@pytest.mark.parametrize("rows", [1, 3])
def test_pages_ask_the_same_questions_however_many_members(
    cast: Cast, enter: Enter, django_assert_num_queries: DjangoAssertNumQueries, rows: int
) -> None:
    with scoping.whole_registry():
        person = make_member(coverage_of(cast.factory), 1).person_id
        for one in range(1, rows):
            make_member(coverage_of(cast.factory), one + 1)
    client, ask = enter("factory_clerk"), django_assert_num_queries
    with ask(ROLL_QUESTIONS):
        client.get(reverse(ROLL))
    with ask(PERSON_QUESTIONS):
        client.get(reverse("member-page", args=[person]))
