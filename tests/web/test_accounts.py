"""Accounts are opened by one administrator and granted by another."""

from __future__ import annotations

import re

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from tests.builders import Cast, make_user
from tests.web.conftest import Enter
from tests.web.reading import Answer, linked, main_words, row_heads
from unionhall.accounts.choices import Role
from unionhall.accounts.models import Grant, User
from unionhall.foundation import scoping

pytestmark = pytest.mark.django_db
LIST_QUESTIONS = 26
NEW = {"username": "lin.shifan", "name": "林示范"}


def first_password(page: Answer) -> str:
    secrets = re.findall(r'<code class="secret">([^<]+)</code>', page.content.decode())
    return str(secrets[1])


def test_the_list_shows_who_holds_what(cast: Cast, enter: Enter) -> None:
    shown = main_words(enter("system_admin").get(reverse("account-list")))
    assert "龙华填报 longhua_clerk 海口市龙华区总工会 · 填报员" in shown


def test_the_list_is_searched_by_name_and_role(enter: Enter) -> None:
    client = enter("security_admin")
    assert row_heads(client.get(reverse("account-list"), {"q": "街道"})) == ["街道审核"]
    assert row_heads(client.get(reverse("account-list"), {"role": "finance"})) == ["市总财务"]


def test_a_new_account_gets_its_password_told_once_and_waits_for_a_grant(cast: Cast, enter: Enter) -> None:
    system = enter("system_admin")
    answer = system.post(reverse("account-new"), NEW)
    password = first_password(answer)

    user = User.objects.get(username="lin.shifan")
    assert (answer.status_code, answer["Cache-Control"]) == (200, "no-store")
    assert (user.check_password(password), user.must_change_password) == (True, True)
    assert password not in system.get(reverse("account-list"), {"state": "waiting"}).content.decode()
    waiting = enter("security_admin").get(reverse("account-list"), {"state": "waiting"})
    assert row_heads(waiting) == ["林示范"]
    assert linked(waiting, "授权") == [reverse("grant-new", args=[user.pk])]


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ({"username": "finance", "name": "重名"}, "已存在"),
        ({"username": "Lin", "name": "林"}, "小写字母开头"),
        ({"username": "", "name": ""}, "项需要更正"),
    ],
)
def test_an_account_that_cannot_be_opened_says_why(
    cast: Cast, enter: Enter, typed: dict[str, str], told: str
) -> None:
    before = User.objects.count()
    answer = enter("system_admin").post(reverse("account-new"), typed)
    assert (answer.status_code, told in main_words(answer), User.objects.count()) == (422, True, before)


def test_a_grant_is_given_over_a_union_of_the_scope(cast: Cast, enter: Enter) -> None:
    enter("system_admin").post(reverse("account-new"), NEW)
    user = User.objects.get(username="lin.shifan")
    typed = {"role": "clerk", "branch": cast.factory.name, "valid_until": ""}
    answer = enter("security_admin").post(reverse("grant-new", args=[user.pk]), typed)

    assert (answer.status_code, answer["Location"]) == (302, reverse("account-list"))
    with scoping.whole_registry():
        assert list(Grant.objects.filter(user=user).values_list("role", "branch_id")) == [
            ("clerk", cast.factory.pk)
        ]


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ({"role": "clerk", "branch": "没有的工会"}, "没有找到这个工会"),
        ({"role": "clerk", "branch": "示范"}, "有不止一个工会"),
        ({"role": "audit", "branch": "海口市总工会"}, "须由不同的人担任"),
        ({"role": "clerk", "branch": "海口市龙华区总工会"}, "已有该授权"),
        ({"role": "clerk", "branch": "海口市总工会", "valid_until": "2019-01-01"}, "有效期须晚于今天"),
    ],
)
def test_a_grant_that_cannot_be_given_says_why(
    cast: Cast, enter: Enter, typed: dict[str, str], told: str
) -> None:
    address = reverse("grant-new", args=[cast.user("longhua_clerk").pk])
    with scoping.whole_registry():
        before = Grant.objects.count()
    answer = enter("security_admin").post(address, typed)
    with scoping.whole_registry():
        assert (answer.status_code, told in main_words(answer), Grant.objects.count()) == (422, True, before)


def test_nobody_grants_to_himself(cast: Cast, enter: Enter) -> None:
    address = reverse("grant-new", args=[cast.user("security_admin").pk])
    answer = enter("security_admin").post(address, {"role": "security", "branch": cast.longhua.name})
    assert (answer.status_code, "不能给自己授权" in main_words(answer)) == (422, True)


def test_an_administrator_of_another_district_sees_and_grants_nothing_here(cast: Cast, enter: Enter) -> None:
    enter("system_admin").post(reverse("account-new"), NEW)
    new = User.objects.get(username="lin.shifan")
    with scoping.whole_registry():
        outsider = make_user("meilan_security", "美兰安全", Role.SECURITY_ADMINISTRATOR, cast.meilan)
    client = Client()
    client.force_login(outsider)

    assert row_heads(client.get(reverse("account-list"))) == ["美兰安全", "美兰填报", "美兰审核"]
    assert row_heads(client.get(reverse("account-list"), {"state": "waiting"})) == []
    for user in (new, cast.user("longhua_clerk")):
        typed = {"role": "clerk", "branch": cast.meilan.name}
        assert client.post(reverse("grant-new", args=[user.pk]), typed).status_code == 404


def test_opening_and_granting_are_two_persons_work(cast: Cast, enter: Enter) -> None:
    grant = reverse("grant-new", args=[cast.user("longhua_clerk").pk])
    assert enter("security_admin").get(reverse("account-new")).status_code == 403
    assert enter("system_admin").get(grant).status_code == 403
    assert enter("city_reviewer").get(reverse("account-list")).status_code == 403
    for address in (reverse("account-list"), reverse("account-new"), grant):
        assert Client().get(address).status_code == 302


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_asks_the_same_questions_however_many_accounts(
    cast: Cast, enter: Enter, django_assert_num_queries: DjangoAssertNumQueries, rows: int
) -> None:
    with scoping.whole_registry():
        for one in range(rows):
            make_user(f"clerk{one}", f"填报{one}", Role.CLERK, cast.joint)
    client = enter("system_admin")
    with django_assert_num_queries(LIST_QUESTIONS):
        client.get(reverse("account-list"))
