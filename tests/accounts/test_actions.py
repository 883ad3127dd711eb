"""Accounts belong to one person each, rights are given by somebody else, and nobody starts with a known password."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from tests.builders import BUILDER, NOW, TODAY, Cast
from unionhall.accounts import actions, queries
from unionhall.accounts.choices import Role
from unionhall.accounts.models import Grant, User
from unionhall.audit import queries as audit
from unionhall.foundation import scoping
from unionhall.foundation.actor import NOBODY, NotPermitted
from unionhall.foundation.capabilities import Capability
from unionhall.standards.refusal import Refused
from unionhall.unions.models import Union

pytestmark = pytest.mark.django_db


def codes(refused: pytest.ExceptionInfo[Refused]) -> list[str]:
    return [refusal.code for refusal in refused.value.refusals]


def give(cast: Cast, account: str, role: Role, branch: Union, **over: date) -> Grant:
    with scoping.acting(cast.actor("security_admin")) as by:
        return actions.grant(cast.user(account), role=role, branch=branch, by=by, at=NOW, **over)


# -- Opening accounts ----------------------------------------------------------------------------------


def test_a_new_account_gets_a_password_of_its_own_and_must_change_it(cast: Cast) -> None:
    with scoping.acting(cast.actor("system_admin")) as by:
        opened = [actions.create(username=f"new.{place}", name="林新", by=by, at=NOW) for place in (1, 2)]
        event = audit.trail(by.scope, subject=opened[1].user)[0]

    assert opened[0].password != opened[1].password
    assert [one.user.check_password(one.password) for one in opened] == [True, True]
    assert [queries.owes(one.user, [], now=NOW) for one in opened] == ["password", "password"]
    assert (event.kind, event.actor_name, event.details) == (
        "accounts.created",
        "系统管理",
        {"username": "new.2"},
    )
    assert opened[1].password not in str(event.__dict__)


def test_a_name_of_an_account_is_given_once_whatever_its_case(cast: Cast) -> None:
    with scoping.acting(BUILDER), pytest.raises(Refused) as refused:
        actions.create(username="Factory_Clerk", name="另一人", by=BUILDER, at=NOW)

    assert codes(refused) == ["accounts.taken"]
    assert User.objects.filter(name="另一人").count() == 0


@pytest.mark.parametrize("password", ["short1A", "onlylowercase", "123456"])
def test_a_weak_password_opens_no_account(cast: Cast, password: str) -> None:
    with scoping.acting(BUILDER), pytest.raises(Refused) as refused:
        actions.create(username="weak", name="弱", by=BUILDER, at=NOW, password=password)

    assert set(codes(refused)) == {"accounts.weak_password"}
    assert User.objects.filter(username="weak").count() == 0


def test_no_account_has_a_default_password(cast: Cast) -> None:
    usual = ("", "123456", "admin", "password", "Admin@123", "12345678", "unionhall", "888888")

    guessed = [
        (user.username, guess)
        for user in User.objects.all()
        for guess in (*usual, user.username, f"{user.username}123")
        if user.check_password(guess)
    ]

    assert guessed == []


def test_who_is_invited_cannot_sign_in_before_a_password_is_set(cast: Cast) -> None:
    with scoping.acting(BUILDER):
        opened = actions.create(username="invited", name="待邀", by=BUILDER, at=NOW, invited=True)

    assert opened.password == ""
    assert not opened.user.has_usable_password()


@pytest.mark.parametrize("account", ["security_admin", "audit_admin", "longhua_reviewer", "outsider"])
def test_the_system_administrator_alone_opens_accounts(cast: Cast, account: str) -> None:
    with scoping.acting(cast.actor(account)) as by, pytest.raises(NotPermitted):
        actions.create(username="new", name="林新", by=by, at=NOW)


# -- Granting ------------------------------------------------------------------------------------------


def test_a_grant_is_in_force_from_today_and_remembered(cast: Cast) -> None:
    given = give(cast, "longhua_clerk", Role.SUPERVISOR, cast.street)
    with scoping.acting(BUILDER) as by:
        event = audit.trail(by.scope, subject=given)[0]

    assert (given.path, given.valid_from, given.valid_until) == (cast.street.path, TODAY, None)
    assert (event.kind, event.actor_name) == ("accounts.granted", "安全管理")


@pytest.mark.parametrize(
    ("account", "role", "place", "code"),
    [
        ("factory_clerk", Role.CLERK, "factory", "accounts.granted"),
        ("factory_clerk", Role.SYSTEM_ADMINISTRATOR, "factory", "accounts.separation"),
        ("audit_admin", Role.CLERK, "meilan", "accounts.separation"),
        ("system_admin", Role.SECURITY_ADMINISTRATOR, "city", "accounts.separation"),
        ("security_admin", Role.SECURITY_ADMINISTRATOR, "longhua", "accounts.own_grant"),
    ],
)
def test_grants_that_are_refused_write_nothing(
    cast: Cast, account: str, role: Role, place: str, code: str
) -> None:
    with pytest.raises(Refused) as refused:
        give(cast, account, role, getattr(cast, place))

    assert codes(refused) == [code]
    with scoping.whole_registry():
        assert Grant.objects.count() == 13


def test_roles_that_have_ended_stand_in_nobodys_way(cast: Cast) -> None:
    with scoping.whole_registry():
        Grant.objects.filter(user=cast.user("finance")).update(valid_from=date(2019, 1, 1), valid_until=TODAY)

    assert give(cast, "finance", Role.AUDIT_ADMINISTRATOR, cast.city).role == Role.AUDIT_ADMINISTRATOR


@pytest.mark.parametrize("account", ["system_admin", "audit_admin", "city_reviewer"])
def test_the_security_administrator_alone_gives_rights(cast: Cast, account: str) -> None:
    with scoping.acting(cast.actor(account)) as by, pytest.raises(NotPermitted):
        actions.grant(cast.user("finance"), role=Role.CLERK, branch=cast.factory, by=by, at=NOW)


def test_rights_are_given_within_ones_own_branch(cast: Cast) -> None:
    with scoping.acting(BUILDER):
        local = actions.create(username="meilan_security", name="美兰安全", by=BUILDER, at=NOW).user
        actions.grant(local, role=Role.SECURITY_ADMINISTRATOR, branch=cast.meilan, by=BUILDER, at=NOW)

    with scoping.acting(cast.actor("meilan_security")) as by, pytest.raises(NotPermitted):
        actions.grant(cast.user("finance"), role=Role.CLERK, branch=cast.factory, by=by, at=NOW)


# -- Who one is, for whom ------------------------------------------------------------------------------


def test_one_acts_for_the_highest_branch_unless_another_is_picked(cast: Cast) -> None:
    give(cast, "factory_clerk", Role.REVIEWER, cast.street)
    give(cast, "factory_clerk", Role.SUPERVISOR, cast.factory)
    user = cast.user("factory_clerk")
    choices = queries.acting_choices(user, on=TODAY)

    assert [(choice.branch_name, choice.role_label) for choice in choices] == [
        (cast.street.name, "审核员"),
        (cast.factory.name, "填报员、督导员"),
    ]
    assert queries.chosen(choices, None) == choices[0]
    assert queries.chosen(choices, choices[1].grant_id) == choices[1]
    assert queries.chosen(choices, 10**9) == choices[0]
    assert [choice.current for choice in queries.marked(choices, choices[1])] == [False, True]


def test_rights_over_several_branches_are_never_mixed(cast: Cast) -> None:
    give(cast, "factory_clerk", Role.REVIEWER, cast.street)
    street, factory = queries.acting_choices(cast.user("factory_clerk"), on=TODAY)

    actor = queries.actor_of(cast.user("factory_clerk"), street)

    assert actor.may(Capability.REVIEW_DECIDE, cast.joint.path)
    assert not actor.may(Capability.COLLECTION_FILL, cast.joint.path)
    assert not actor.may(Capability.MEMBER_VIEW, cast.factory.path)
    assert queries.actor_of(cast.user("factory_clerk"), factory).may(
        Capability.COLLECTION_FILL, cast.factory.path
    )


@pytest.mark.parametrize(
    ("day", "choices"),
    [
        (TODAY - timedelta(days=1), 0),
        (TODAY, 2),
        (TODAY + timedelta(days=6), 2),
        (TODAY + timedelta(days=7), 1),
    ],
)
def test_grants_count_from_their_day_until_before_their_end(cast: Cast, day: date, choices: int) -> None:
    give(cast, "factory_clerk", Role.CLERK, cast.street, valid_until=TODAY + timedelta(days=7))

    assert len(queries.acting_choices(cast.user("factory_clerk"), on=day)) == choices


def test_without_a_grant_one_is_known_and_may_do_nothing(cast: Cast) -> None:
    actor = queries.actor_for("factory_clerk", on=TODAY - timedelta(days=1))

    assert (actor.is_known, actor.capabilities, actor.scope.is_empty) == (True, frozenset(), True)
    assert queries.actor_for("nobody", on=TODAY) == NOBODY


def test_who_was_shut_out_is_nobody(cast: Cast) -> None:
    User.objects.filter(username="factory_clerk").update(is_active=False)

    assert cast.actor("factory_clerk") == NOBODY


# -- Reading accounts ----------------------------------------------------------------------------------


def test_an_administrator_sees_the_accounts_of_the_branch_alone(cast: Cast) -> None:
    with scoping.acting(cast.actor("outsider")) as by:
        assert [user.username for user in queries.accounts(by.scope)] == ["outside_clerk", "outsider"]
        assert queries.find(by.scope, cast.user("factory_clerk").pk) is None
        assert list(queries.search(by.scope, text="机械厂")) == []


def test_accounts_are_found_by_text_and_role(cast: Cast) -> None:
    with scoping.acting(cast.actor("security_admin")) as by:
        assert [user.name for user in queries.search(by.scope, text="机械厂")] == ["机械厂填报"]
        assert [user.name for user in queries.search(by.scope, role=Role.FINANCE)] == ["市总财务"]


def test_new_accounts_wait_for_their_first_grant(cast: Cast) -> None:
    with scoping.acting(cast.actor("system_admin")) as by:
        new = actions.create(username="new", name="林新", by=by, at=NOW).user
        assert queries.awaiting_grant(by.scope) == [new]
        assert queries.find(by.scope, new.pk) == new
    with scoping.acting(cast.actor("security_admin")) as by:
        actions.grant(new, role=Role.CLERK, branch=cast.meilan, by=by, at=NOW)
        assert queries.awaiting_grant(by.scope) == []


def test_those_below_learn_who_can_decide(cast: Cast) -> None:
    with scoping.acting(cast.actor("factory_clerk")):
        assert queries.reviewers_at(cast.longhua.pk, on=TODAY) == ["龙华审核"]
        assert queries.reviewers_at(cast.longhua.pk, on=TODAY - timedelta(days=1)) == []
