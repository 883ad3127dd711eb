"""Who forgot the password or lost the phone comes in again; who left is shut out; a grant is over, never gone."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from tests.builders import BUILDER, NOW, TODAY, Cast
from unionhall.accounts import actions, queries
from unionhall.accounts.choices import Role
from unionhall.accounts.models import Grant, User
from unionhall.audit import queries as audit
from unionhall.audit.models import Event
from unionhall.foundation import scoping
from unionhall.foundation.actor import NOBODY, Actor, NotPermitted, system
from unionhall.foundation.capabilities import Capability
from unionhall.standards.refusal import Refused
from unionhall.unions.models import Union

pytestmark = pytest.mark.django_db

OPERATOR = system("运维人员", Capability.ACCOUNT_CREATE, Capability.GRANT_GIVE)
TOMORROW = TODAY + timedelta(days=1)
Deed = Callable[[User, Actor], object]

DEEDS: dict[str, Deed] = {
    "password": lambda user, by: actions.reset_password(user, by=by, at=NOW),
    "second_factor": lambda user, by: actions.reset_second_factor(user, by=by, at=NOW),
    "disable": lambda user, by: actions.disable(user, reason="已调离", by=by, at=NOW),
    "enable": lambda user, by: actions.enable(user, by=by, at=NOW),
}


def do(cast: Cast, deed: str, account: str, *, by: str = "system_admin") -> object:
    with scoping.acting(cast.actor(by)) as actor:
        return DEEDS[deed](cast.user(account), actor)


def refused(cast: Cast, deed: str, account: str, *, by: str = "system_admin") -> list[str]:
    with pytest.raises(Refused) as found:
        do(cast, deed, account, by=by)
    return [refusal.code for refusal in found.value.refusals]


def bind_phone(user: User) -> None:
    for kind in ("totp", "recovery_codes"):
        Authenticator.objects.create(user=user, type=kind, data={"secret": ""})


def at_work(user: User) -> Client:
    """Return a browser in which somebody is at work and listed among the devices."""
    User.objects.filter(pk=user.pk).update(password_changed_at=timezone.now())
    user.refresh_from_db()
    client = Client()
    client.force_login(user)
    assert client.get(reverse("workbench")).status_code == 200
    assert UserSession.objects.filter(user=user, session_key=client.session.session_key).exists()
    return client


def sent_to(client: Client) -> str:
    return client.get(reverse("workbench")).headers.get("Location", "").partition("?")[0]


def latest(user: User) -> Event:
    with scoping.acting(BUILDER) as by:
        return audit.trail(by.scope, subject=user)[0]


def make(cast: Cast, account: str, role: Role, branch: Union) -> None:
    with scoping.acting(BUILDER):
        opened = actions.create(username=account, name=account, by=BUILDER, at=NOW, must_change=False)
        actions.grant(opened.user, role=role, branch=branch, by=BUILDER, at=NOW)
    cast.users[account] = opened.user


@pytest.fixture
def city(cast: Cast) -> Cast:
    """Copy the cast's list of users, so that a test may add its own."""
    return Cast(**{name: getattr(cast, name) for name in Cast.__slots__} | {"users": dict(cast.users)})


# -- A forgotten password ------------------------------------------------------------------------------


def test_a_new_password_takes_the_place_of_the_old_and_must_be_changed(cast: Cast) -> None:
    user = cast.user("factory_clerk")
    before = user.password

    opened = do(cast, "password", "factory_clerk")

    user.refresh_from_db()
    assert isinstance(opened, actions.Opened)
    assert user.password != before
    assert user.check_password(opened.password)
    assert (user.must_change_password, user.password_changed_at) == (True, NOW)
    event = latest(user)
    assert (event.kind, event.actor_name) == ("accounts.password_reset", "系统管理")
    assert opened.password not in str(event.__dict__)


@pytest.mark.parametrize("deed", ["password", "second_factor", "disable"])
def test_every_device_is_sent_to_the_sign_in_and_nobody_elses(cast: Cast, deed: str) -> None:
    user = cast.user("factory_clerk")
    bind_phone(user)
    desk, phone, colleague = at_work(user), at_work(user), at_work(cast.user("joint_clerk"))

    do(cast, deed, "factory_clerk")

    assert [sent_to(desk), sent_to(phone)] == [reverse("account_login")] * 2
    assert UserSession.objects.filter(user=user).count() == 0
    assert colleague.get(reverse("workbench")).status_code == 200


def test_who_never_had_a_password_gets_the_first_one(city: Cast) -> None:
    with scoping.acting(city.actor("system_admin")) as by:
        city.users["new"] = actions.create(username="new", name="林新", by=by, at=NOW, invited=True).user

    opened = do(city, "password", "new")

    assert isinstance(opened, actions.Opened)
    assert opened.user.check_password(opened.password)


# -- A lost phone --------------------------------------------------------------------------------------


def test_the_second_factor_and_its_recovery_codes_are_gone(cast: Cast) -> None:
    user = cast.user("factory_clerk")
    bind_phone(user)
    bind_phone(cast.user("joint_clerk"))

    do(cast, "second_factor", "factory_clerk")

    assert Authenticator.objects.filter(user=user).count() == 0
    assert Authenticator.objects.filter(user=cast.user("joint_clerk")).count() == 2
    assert latest(user).kind == "accounts.second_factor_reset"


def test_without_a_second_factor_there_is_none_to_reset(cast: Cast) -> None:
    assert refused(cast, "second_factor", "factory_clerk") == ["accounts.no_second_factor"]
    assert latest(cast.user("factory_clerk")).kind == "accounts.created"


# -- Who left ------------------------------------------------------------------------------------------


def test_a_disabled_account_is_nobody_until_it_is_enabled(cast: Cast) -> None:
    user = cast.user("factory_clerk")

    do(cast, "disable", "factory_clerk")
    shut_out, event = cast.actor("factory_clerk"), latest(user)
    do(cast, "enable", "factory_clerk")

    assert shut_out == NOBODY
    assert (event.kind, event.reason) == ("accounts.disabled", "已调离")
    assert cast.actor("factory_clerk").may(Capability.COLLECTION_FILL, cast.factory.path)
    assert latest(user).kind == "accounts.enabled"


def test_what_is_done_already_is_refused(cast: Cast) -> None:
    assert refused(cast, "enable", "factory_clerk") == ["accounts.enabled"]
    do(cast, "disable", "factory_clerk")
    assert refused(cast, "disable", "factory_clerk") == ["accounts.disabled"]
    assert refused(cast, "password", "factory_clerk") == ["accounts.disabled"]
    assert latest(cast.user("factory_clerk")).kind == "accounts.disabled"


def test_a_disabled_account_without_a_grant_is_still_found(city: Cast) -> None:
    with scoping.acting(city.actor("system_admin")) as by:
        new = city.users["new"] = actions.create(username="new", name="林新", by=by, at=NOW).user
        actions.disable(new, reason="开错", by=by, at=NOW)
        assert (queries.awaiting_grant(by.scope), queries.disabled(by.scope)) == ([], [new])
        assert queries.find(by.scope, new.pk) == new
        assert queries.disabled(by.scope, role=Role.CLERK) == []
        actions.enable(new, by=by, at=NOW)
        assert (queries.awaiting_grant(by.scope), queries.disabled(by.scope)) == ([new], [])


def test_a_disabled_account_with_the_right_password_reads_why_and_is_remembered(
    cast: Cast, client: Client
) -> None:
    opened = do(cast, "password", "factory_clerk")
    do(cast, "disable", "factory_clerk")
    assert isinstance(opened, actions.Opened)

    typed = {"login": "factory_clerk", "password": opened.password}
    answer = client.post(reverse("account_login"), typed, follow=True)

    assert answer.redirect_chain == [(reverse("account_inactive"), 302)]
    assert "账号已停用" in answer.content.decode()
    assert "_auth_user_id" not in client.session
    assert latest(cast.user("factory_clerk")).kind == "accounts.sign_in_refused"


def test_with_a_wrong_password_nobody_learns_that_the_account_is_disabled(cast: Cast, client: Client) -> None:
    do(cast, "disable", "factory_clerk")

    answer = client.post(reverse("account_login"), {"login": "factory_clerk", "password": "wrong"})

    assert (answer.status_code, "停用" in answer.content.decode()) == (200, False)


# -- Who may -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("deed", DEEDS)
@pytest.mark.parametrize("account", ["security_admin", "audit_admin", "longhua_reviewer", "outsider"])
def test_the_system_administrator_alone_deals_with_accounts(cast: Cast, account: str, deed: str) -> None:
    with pytest.raises(NotPermitted):
        do(cast, deed, "factory_clerk", by=account)


@pytest.mark.parametrize("deed", ["password", "second_factor", "disable"])
def test_nobody_deals_with_the_own_account(cast: Cast, deed: str) -> None:
    bind_phone(cast.user("system_admin"))

    assert refused(cast, deed, "system_admin") == ["accounts.own_account"]


@pytest.mark.parametrize("deed", ["password", "second_factor", "disable"])
def test_an_account_that_also_acts_elsewhere_is_left_to_those_above(city: Cast, deed: str) -> None:
    make(city, "meilan_system", Role.SYSTEM_ADMINISTRATOR, city.meilan)
    with scoping.acting(city.actor("security_admin")) as by:
        actions.grant(city.user("outsider"), role=Role.REVIEWER, branch=city.street, by=by, at=NOW)
    for account in ("factory_clerk", "outsider"):
        bind_phone(city.user(account))

    assert refused(city, deed, "factory_clerk", by="meilan_system") == ["accounts.elsewhere"]
    assert refused(city, deed, "outsider", by="meilan_system") == ["accounts.elsewhere"]
    do(city, deed, "outsider")
    assert latest(city.user("outsider")).actor_name == "系统管理"


def test_a_refusal_never_names_what_lies_outside(city: Cast) -> None:
    make(city, "meilan_system", Role.SYSTEM_ADMINISTRATOR, city.meilan)
    with pytest.raises(Refused) as found:
        do(city, "disable", "factory_clerk", by="meilan_system")

    assert not any(
        name in refusal.message
        for refusal in found.value.refusals
        for name in (city.factory.name, city.user("factory_clerk").name)
    )


@pytest.mark.parametrize("account", ["security_admin", "audit_admin"])
@pytest.mark.parametrize("deed", ["password", "second_factor"])
def test_powers_kept_apart_are_not_come_by_through_a_reset(cast: Cast, account: str, deed: str) -> None:
    user = cast.user(account)
    bind_phone(user)

    assert refused(cast, deed, account) == ["accounts.guarded"]
    with scoping.acting(OPERATOR) as by:
        DEEDS[deed](user, by)
    assert latest(user).actor_name == "运维人员"


# -- The end of a grant --------------------------------------------------------------------------------


def grant_of(cast: Cast, account: str, *, since: date = date(2019, 5, 1)) -> Grant:
    """Return somebody's grant, as if it had been given on another day."""
    with scoping.whole_registry():
        Grant.objects.filter(user=cast.user(account)).update(valid_from=since)
        return Grant.objects.get(user=cast.user(account))


def end(cast: Cast, grant: Grant, *, on: date = TODAY, by: str = "security_admin") -> Grant:
    with scoping.acting(cast.actor(by)) as actor:
        return actions.end_grant(grant, on=on, by=actor, at=NOW)


def test_an_ended_grant_stays_on_record_and_opens_nothing_from_its_day(cast: Cast) -> None:
    grant = grant_of(cast, "factory_clerk")

    ended = end(cast, grant)

    with scoping.acting(BUILDER) as by:
        event = audit.trail(by.scope, subject=ended)[0]
        assert Grant.objects.get(pk=grant.pk).valid_until == TODAY
    assert cast.actor("factory_clerk").scope.is_empty
    assert (event.kind, event.details) == (
        "accounts.grant_ended",
        {"role": "clerk", "user": grant.user_id, "valid_until": "2019-06-03"},
    )


def test_a_grant_of_today_is_over_tomorrow_at_the_earliest(cast: Cast) -> None:
    grant = grant_of(cast, "factory_clerk", since=TODAY)

    with pytest.raises(Refused) as found:
        end(cast, grant)
    ended = end(cast, grant, on=TOMORROW)

    assert [(refusal.code, refusal.field) for refusal in found.value.refusals] == [
        ("accounts.began_today", "on")
    ]
    assert "2019-06-04" in found.value.refusals[0].message
    assert ended.valid_until == TOMORROW
    assert not cast.actor("factory_clerk").scope.is_empty


def test_a_grant_is_ended_once(cast: Cast) -> None:
    grant = grant_of(cast, "factory_clerk")
    end(cast, grant)

    with pytest.raises(Refused) as found:
        end(cast, grant, on=TOMORROW)

    assert [refusal.code for refusal in found.value.refusals] == ["accounts.grant_over"]


def test_nobody_ends_the_own_grant(cast: Cast) -> None:
    with pytest.raises(Refused) as found:
        end(cast, grant_of(cast, "security_admin", since=TODAY - timedelta(days=1)), on=TOMORROW)

    assert [refusal.code for refusal in found.value.refusals] == ["accounts.own_grant"]


def test_a_grant_is_ended_by_the_security_administrator_of_its_branch_alone(city: Cast) -> None:
    make(city, "meilan_security", Role.SECURITY_ADMINISTRATOR, city.meilan)
    grant = grant_of(city, "factory_clerk")

    for account in ("system_admin", "audit_admin", "city_reviewer", "meilan_security"):
        with pytest.raises(NotPermitted):
            end(city, grant, by=account)
    with scoping.whole_registry():
        assert Grant.objects.get(pk=grant.pk).valid_until is None


def test_whoever_lost_the_last_grant_is_still_found_and_may_get_another(cast: Cast) -> None:
    end(cast, grant_of(cast, "factory_clerk"))

    with scoping.acting(cast.actor("security_admin")) as by:
        user = cast.user("factory_clerk")
        assert queries.find(by.scope, user.pk) == user
        again = actions.grant(user, role=Role.CLERK, branch=cast.factory, by=by, at=NOW)
    assert (again.valid_from, again.valid_until) == (TODAY, None)
