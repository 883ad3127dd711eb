"""Accounts are opened by one administrator and granted by another."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, timedelta

import pytest
from allauth.mfa.models import Authenticator
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from tests.builders import Cast, make_user
from tests.web.conftest import Enter
from tests.web.reading import Answer, linked, main_words, row_heads
from unionhall.accounts.choices import Role
from unionhall.accounts.models import Grant, User
from unionhall.foundation import scoping

pytestmark = pytest.mark.django_db
LIST_QUESTIONS = 26
PAGE_QUESTIONS = 37
DEEDS: Mapping[str, Mapping[str, str]] = {
    "account-password-reset": {},
    "account-second-factor-reset": {},
    "account-disable": {"reason": "已调离"},
    "account-enable": {},
}
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


# -- One account ---------------------------------------------------------------------------------------


def page_of(cast: Cast, account: str) -> str:
    return reverse("account-page", args=[cast.user(account).pk])


def send(client: Client, cast: Cast, deed: str, account: str, **data: str) -> Answer:
    return client.post(reverse(deed, args=[cast.user(account).pk]), {**DEEDS[deed], **data})


def ending(cast: Cast, account: str) -> str:
    with scoping.whole_registry():
        return reverse("grant-end", args=[cast.user(account).pk, cast.user(account).grants.get().pk])


def at_work(cast: Cast, account: str) -> Client:
    client = Client()
    client.force_login(cast.user(account))
    client.get(reverse("workbench"))
    return client


def test_the_page_of_an_account_shows_how_it_stands_and_what_may_be_done(cast: Cast, enter: Enter) -> None:
    at_work(cast, "factory_clerk")
    system = enter("system_admin")
    listed = linked(system.get(reverse("account-list")), "机械厂填报")

    shown = main_words(system.get(listed[0]))

    assert listed == [page_of(cast, "factory_clerk")]
    for words in (
        "账号 factory_clerk",
        "动态口令 未启用",
        "正在登录的设备 1 台",
        cast.factory.name,
        "填报员",
    ):
        assert words in shown
    assert ("确认重置密码" in shown, "确认停用" in shown, "确认结束" in shown) == (True, True, False)
    assert "没有启用动态口令，无须重置" in shown
    granting = main_words(enter("security_admin").get(listed[0]))
    assert ("确认重置密码" in granting, "确认结束" in granting) == (False, True)


@pytest.mark.parametrize("account", ["system_admin", "security_admin"])
def test_the_own_page_offers_nothing_and_says_who_can(cast: Cast, enter: Enter, account: str) -> None:
    shown = main_words(enter(account).get(page_of(cast, account)))

    assert "请由其他" in shown
    assert "确认" not in shown


def test_a_reset_password_is_told_once_and_the_person_comes_in_with_it(cast: Cast, enter: Enter) -> None:
    desk = at_work(cast, "factory_clerk")
    for _ in range(5):
        Client().post(reverse("account_login"), {"login": "factory_clerk", "password": "wrong"})
    system = enter("system_admin")

    answer = system.post(reverse("account-password-reset", args=[cast.user("factory_clerk").pk]))

    password = first_password(answer)
    assert (answer.status_code, answer["Cache-Control"]) == (200, "no-store")
    assert password not in system.get(page_of(cast, "factory_clerk")).content.decode()
    assert desk.get(reverse("workbench"))["Location"].startswith(reverse("account_login"))
    person = Client()
    person.post(reverse("account_login"), {"login": "factory_clerk", "password": password})
    assert person.get(reverse("workbench"))["Location"] == reverse("account_change_password")


def test_a_lost_second_factor_is_reset(cast: Cast, enter: Enter) -> None:
    Authenticator.objects.create(user=cast.user("factory_clerk"), type="totp", data={"secret": ""})
    desk, system = at_work(cast, "factory_clerk"), enter("system_admin")

    answer = system.post(reverse("account-second-factor-reset", args=[cast.user("factory_clerk").pk]))

    assert answer["Location"] == page_of(cast, "factory_clerk")
    assert "动态口令已重置" in system.get(answer["Location"]).content.decode()
    assert desk.get(reverse("workbench"))["Location"].startswith(reverse("account_login"))
    assert Authenticator.objects.count() == 0


def test_a_disabled_account_is_marked_found_and_enabled_again(cast: Cast, enter: Enter) -> None:
    desk, system = at_work(cast, "factory_clerk"), enter("system_admin")
    send(system, cast, "account-disable", "factory_clerk")

    listed = system.get(reverse("account-list"), {"state": "disabled"})
    shown = main_words(system.get(page_of(cast, "factory_clerk")))
    assert desk.get(reverse("workbench"))["Location"].startswith(reverse("account_login"))
    assert row_heads(listed) == ["机械厂填报"]
    assert "已停用" in main_words(listed).rpartition("机械厂填报")[2]
    assert "由系统管理停用，原因：已调离" in shown
    assert ("确认停用" in shown, "确认启用" in shown) == (False, True)

    send(system, cast, "account-enable", "factory_clerk")
    assert row_heads(system.get(reverse("account-list"), {"state": "disabled"})) == []
    assert User.objects.get(username="factory_clerk").is_active


@pytest.mark.parametrize(
    ("deed", "account", "typed", "told"),
    [
        ("account-disable", "factory_clerk", {"reason": ""}, "停用原因"),
        ("account-disable", "system_admin", {}, "不能对自己的账号办理"),
        ("account-enable", "factory_clerk", {}, "没有停用"),
        ("account-password-reset", "system_admin", {}, "不能对自己的账号办理"),
        ("account-password-reset", "audit_admin", {}, "请运维人员在服务器上办理"),
        ("account-second-factor-reset", "factory_clerk", {}, "没有启用动态口令"),
    ],
)
def test_a_deed_that_is_refused_says_why_and_changes_nothing(
    cast: Cast, enter: Enter, deed: str, account: str, typed: dict[str, str], told: str
) -> None:
    before = User.objects.get(pk=cast.user(account).pk)
    answer = enter("system_admin").post(reverse(deed, args=[before.pk]), {**DEEDS[deed], **typed})
    after = User.objects.get(pk=before.pk)

    assert (answer.status_code, told in main_words(answer)) == (422, True)
    assert (after.password, after.is_active) == (before.password, True)


def test_a_grant_is_ended_from_the_page(cast: Cast, enter: Enter) -> None:
    today = timezone.localdate()
    security = enter("security_admin")

    answer = security.post(ending(cast, "factory_clerk"), {"on": today.isoformat()})

    assert answer["Location"] == page_of(cast, "factory_clerk")
    shown = main_words(security.get(answer["Location"]))
    assert ("已结束" in shown, "确认结束" in shown) == (True, False)
    assert "已结束" in main_words(security.get(reverse("account-list"), {"q": "factory_clerk"}))


def test_who_ends_a_grant_of_today_reads_beforehand_that_it_is_over_tomorrow(
    cast: Cast, enter: Enter
) -> None:
    tomorrow = timezone.localdate() + timedelta(days=1)
    with scoping.whole_registry():
        grants = Grant.objects.filter(user=cast.user("factory_clerk"))
        grants.update(valid_from=timezone.localdate())

    page = enter("security_admin").get(page_of(cast, "factory_clerk"))

    assert "今天才生效的授权最早到明天结束" in main_words(page)
    assert f'value="{tomorrow.isoformat()}"' in page.content.decode()


@pytest.mark.parametrize(
    ("since", "days", "told"),
    [
        (date(2019, 6, 3), -1, "授权不能倒签结束"),
        (None, 0, "今天才生效"),
        (date(2019, 6, 3), None, "从哪一天起不再有效"),
    ],
)
def test_a_grant_that_cannot_end_that_day_says_why(
    cast: Cast, enter: Enter, since: date | None, days: int | None, told: str
) -> None:
    today = timezone.localdate()
    address = ending(cast, "factory_clerk")
    with scoping.whole_registry():
        Grant.objects.filter(user=cast.user("factory_clerk")).update(valid_from=since or today)
    typed = "" if days is None else (today + timedelta(days=days)).isoformat()

    answer = enter("security_admin").post(address, {"on": typed})

    assert (answer.status_code, told in main_words(answer)) == (422, True)
    with scoping.whole_registry():
        assert Grant.objects.get(user=cast.user("factory_clerk")).valid_until is None


def test_deeds_are_for_their_administrator_of_this_branch_and_never_done_by_looking(
    cast: Cast, enter: Enter
) -> None:
    with scoping.whole_registry():
        system = make_user("meilan_system", "美兰系统", Role.SYSTEM_ADMINISTRATOR, cast.meilan)
        security = make_user("meilan_security", "美兰安全", Role.SECURITY_ADMINISTRATOR, cast.meilan)
    outside, guarding = Client(), Client()
    outside.force_login(system)
    guarding.force_login(security)
    user, end = cast.user("factory_clerk"), ending(cast, "factory_clerk")

    assert outside.get(page_of(cast, "factory_clerk")).status_code == 404
    assert guarding.post(end, {"on": "2099-01-01"}).status_code == 404
    assert enter("system_admin").post(end, {"on": "2099-01-01"}).status_code == 403
    assert enter("security_admin").get(end).status_code == 405
    for deed, data in DEEDS.items():
        address = reverse(deed, args=[user.pk])
        assert outside.post(address, data).status_code == 404
        assert enter("security_admin").post(address, data).status_code == 403
        assert enter("system_admin").get(address).status_code == 405
        assert Client().post(address, data).status_code == 302
    user.refresh_from_db()
    assert user.is_active


def test_a_grant_is_ended_under_its_own_account_alone(cast: Cast, enter: Enter) -> None:
    with scoping.whole_registry():
        grant = cast.user("factory_clerk").grants.get().pk
    address = reverse("grant-end", args=[cast.user("joint_clerk").pk, grant])

    assert enter("security_admin").post(address, {"on": "2099-01-01"}).status_code == 404


@pytest.mark.parametrize("rows", [1, 3])
def test_the_page_asks_the_same_questions_however_many_grants(
    cast: Cast, enter: Enter, django_assert_num_queries: DjangoAssertNumQueries, rows: int
) -> None:
    with scoping.whole_registry():
        user = make_user("many", "多处", Role.CLERK, cast.joint)
        for branch in (cast.street, cast.factory, cast.faraway)[:rows]:
            Grant.objects.create(
                user=user, branch=branch, path=branch.path, role="clerk", valid_from=date(2019, 6, 3)
            )
    client = enter("security_admin")
    with django_assert_num_queries(PAGE_QUESTIONS):
        client.get(reverse("account-page", args=[user.pk]))
