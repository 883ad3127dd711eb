"""Which roles go together: three administrators are three persons, and none of them does union business."""

from __future__ import annotations

import itertools

import pytest
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError

from unionhall.accounts import passwords
from unionhall.accounts.choices import Role
from unionhall.accounts.models import User
from unionhall.accounts.roles import CAPABILITIES
from unionhall.accounts.rules import ADMINISTRATORS, reasons_not_to_grant
from unionhall.foundation.capabilities import Capability

BUSINESS = [role for role in Role if role not in ADMINISTRATORS]


def codes(role: Role, *held: Role) -> list[str]:
    return [refusal.code for refusal in reasons_not_to_grant(role, held=held)]


@pytest.mark.parametrize("role", Role)
def test_anybody_may_get_a_first_role(role: Role) -> None:
    assert codes(role) == []


@pytest.mark.parametrize(("role", "held"), list(itertools.product(Role, repeat=2)))
def test_an_administrator_is_nothing_else(role: Role, held: Role) -> None:
    apart = role != held and bool({role, held} & ADMINISTRATORS)

    assert codes(role, held) == (["accounts.separation"] if apart else [])


def test_business_roles_may_be_joined() -> None:
    assert codes(Role.FINANCE, Role.CLERK, Role.REVIEWER) == []
    assert codes(Role.AUDIT_ADMINISTRATOR, Role.CLERK, Role.REVIEWER) == ["accounts.separation"]


def test_every_role_has_its_capabilities_and_no_capability_is_without_a_role() -> None:
    given = frozenset().union(*CAPABILITIES.values())

    assert CAPABILITIES.keys() == set(Role)
    # Settings are changed on the machine until there is a page for them.
    assert set(Capability) - given == {Capability.SETTING_CHANGE}


def test_administrators_share_no_power_and_touch_no_business() -> None:
    powers = {
        Role.SYSTEM_ADMINISTRATOR: {Capability.ACCOUNT_CREATE},
        Role.SECURITY_ADMINISTRATOR: {Capability.GRANT_GIVE},
        Role.AUDIT_ADMINISTRATOR: {Capability.AUDIT_VIEW},
    }
    looking = {Capability.ACCOUNT_VIEW, Capability.UNION_VIEW}

    assert {role: CAPABILITIES[role] - looking for role in ADMINISTRATORS} == powers
    for role in BUSINESS:
        assert not CAPABILITIES[role] & frozenset().union(*powers.values())


# -- Passwords -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("password", "refused_for"),
    [
        ("Jixie-2026-chang", []),
        ("jixie2026chang", ["password_too_plain"]),
        ("JIXIE-CHANG-JI", ["password_too_plain"]),
        ("Ji-2026", ["password_too_short"]),
        ("12345678901", ["password_too_plain"]),
        ("Password123", ["password_too_common"]),
        ("Factory_clerk1", ["password_too_similar"]),
    ],
)
def test_a_password_is_long_mixed_and_not_easily_guessed(password: str, refused_for: list[str]) -> None:
    user = User(username="factory_clerk", name="机械厂填报")
    try:
        validate_password(password, user)
        codes: list[str] = []
    except ValidationError as error:
        codes = [str(found.code) for found in error.error_list]

    assert set(refused_for) <= set(codes)
    assert bool(codes) == bool(refused_for)


def test_made_passwords_pass_the_rules_and_differ() -> None:
    made = {passwords.generate() for _ in range(200)}

    assert len(made) == 200
    for password in made:
        validate_password(password)
        assert len(password) == 14
        assert not set(password) & set("0O1lIi")
