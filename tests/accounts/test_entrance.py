"""The entrance as people meet it: locked after five failures, a second factor for administrators."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from tests.builders import BUILDER, Cast
from unionhall.accounts import queries
from unionhall.accounts.models import User
from unionhall.audit.models import Event
from unionhall.foundation import scoping

pytestmark = pytest.mark.django_db

PASSWORD = "Jixie-2026-chang"
ADMINISTRATORS = ("system_admin", "security_admin", "audit_admin")


@pytest.fixture
def people(cast: Cast) -> Cast:
    """Give everybody the same good password, changed today."""
    for user in cast.users.values():
        user.set_password(PASSWORD)
        user.password_changed_at = timezone.now()
        user.save()
    return cast


def sign_in(client: Client, account: str, password: str = PASSWORD) -> bool:
    client.post(reverse("account_login"), {"login": account, "password": password})
    return "_auth_user_id" in client.session


def remembered() -> list[tuple[str, str]]:
    with scoping.acting(BUILDER):
        events = Event.objects.filter(kind__startswith="accounts.sign").order_by("sequence")
        return list(events.values_list("kind", "actor_name"))


def test_the_right_password_opens_and_is_remembered(people: Cast, client: Client) -> None:
    assert sign_in(client, "factory_clerk")
    assert remembered() == [("accounts.signed_in", "机械厂填报")]


def test_five_failures_lock_the_account_even_for_the_right_password(people: Cast, client: Client) -> None:
    tries = [sign_in(client, "factory_clerk", "wrong") for _ in range(5)]

    assert tries == [False] * 5
    assert not sign_in(client, "factory_clerk")
    assert not sign_in(Client(), "factory_clerk")
    assert sign_in(Client(), "joint_clerk")
    assert remembered()[:5] == [("accounts.sign_in_refused", "机械厂填报")] * 5


def test_four_failures_do_not_lock(people: Cast, client: Client) -> None:
    assert not any(sign_in(client, "factory_clerk", "wrong") for _ in range(4))
    assert sign_in(client, "factory_clerk")


def test_a_name_that_is_no_account_is_remembered_without_what_was_typed(people: Cast, client: Client) -> None:
    assert not sign_in(client, "13800138000", "wrong")
    with scoping.acting(BUILDER):
        event = Event.objects.get(kind="accounts.sign_in_refused")

    assert (event.subject_id, event.actor_id, event.actor_name) == (None, 0, "")
    assert "13800138000" not in str(event.__dict__)


def test_who_was_shut_out_does_not_come_in(people: Cast, client: Client) -> None:
    User.objects.filter(username="factory_clerk").update(is_active=False)

    assert not sign_in(client, "factory_clerk")


@pytest.mark.parametrize("account", ADMINISTRATORS)
def test_an_administrator_sets_up_a_second_factor_before_anything_else(
    people: Cast, client: Client, account: str
) -> None:
    client.force_login(people.user(account))
    before = client.get(reverse("workbench"))
    Authenticator.objects.create(user=people.user(account), type="totp", data={"secret": ""})
    after = client.get(reverse("workbench"))

    assert (before.status_code, before.headers.get("Location")) == (302, reverse("mfa_activate_totp"))
    assert after.status_code == 200


def test_whoever_has_a_second_factor_is_asked_for_it(people: Cast, client: Client) -> None:
    Authenticator.objects.create(user=people.user("system_admin"), type="totp", data={"secret": ""})

    answer = client.post(reverse("account_login"), {"login": "system_admin", "password": PASSWORD})

    assert answer.headers["Location"] == reverse("mfa_authenticate")
    assert "_auth_user_id" not in client.session
    assert remembered() == []


@pytest.mark.parametrize(
    ("account", "must_change", "age", "owed"),
    [
        ("factory_clerk", False, timedelta(0), ""),
        ("factory_clerk", True, timedelta(0), "password"),
        ("factory_clerk", False, settings.PASSWORD_LIFETIME, ""),
        ("factory_clerk", False, settings.PASSWORD_LIFETIME + timedelta(seconds=1), "password"),
        ("audit_admin", False, timedelta(0), "second_factor"),
        ("audit_admin", True, timedelta(0), "password"),
        ("finance", False, timedelta(0), ""),
    ],
)
def test_what_a_person_owes_before_anything_else(
    people: Cast, account: str, must_change: bool, age: timedelta, owed: str
) -> None:
    now: datetime = timezone.now()
    user = people.user(account)
    user.must_change_password, user.password_changed_at = must_change, now - age

    assert queries.owes(user, queries.acting_choices(user, on=now.date()), now=now) == owed


def test_a_first_password_is_changed_before_anything_else(people: Cast, client: Client) -> None:
    user = people.user("factory_clerk")
    user.must_change_password = True
    user.save()
    client.force_login(user)
    form = {"oldpassword": PASSWORD, "password1": "Xin-mima-2026", "password2": "Xin-mima-2026"}

    sent_to = client.get(reverse("workbench")).headers.get("Location")
    client.post(reverse("account_change_password"), form)

    user.refresh_from_db()
    assert sent_to == reverse("account_change_password")
    assert user.check_password("Xin-mima-2026")
    assert not user.must_change_password
    with scoping.acting(BUILDER):
        assert Event.objects.filter(kind="accounts.password_changed", subject_id=user.pk).count() == 1


def test_another_persons_branch_cannot_be_picked(people: Cast, client: Client) -> None:
    with scoping.whole_registry():
        foreign = people.user("city_reviewer").grants.get().pk
    client.force_login(people.user("factory_clerk"))

    answer = client.post(reverse("acting-switch"), {"grant": foreign})

    assert answer.status_code == 404
    assert people.city.name not in client.get(reverse("union-tree")).content.decode()
