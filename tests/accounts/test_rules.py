"""Which roles go together: three administrators are three persons, and none of them does union business."""

from __future__ import annotations

import itertools
from datetime import date

import pytest
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError

from unionhall.accounts import passwords, rules
from unionhall.accounts.choices import Role
from unionhall.accounts.models import User
from unionhall.accounts.roles import CAPABILITIES
from unionhall.accounts.rules import ADMINISTRATORS, AccountFacts, reasons_not_to_grant
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


# -- Accounts there are --------------------------------------------------------------------------------

RULES = {
    "password": rules.reasons_not_to_reset_password,
    "second_factor": rules.reasons_not_to_reset_second_factor,
    "disable": lambda facts: rules.reasons_not_to_disable(facts, reason="已调离"),
    "enable": rules.reasons_not_to_enable,
}


@pytest.mark.parametrize(
    ("deed", "facts", "expected"),
    [
        ("password", AccountFacts(), []),
        ("password", AccountFacts(own=True), ["accounts.own_account"]),
        ("password", AccountFacts(elsewhere=True), ["accounts.elsewhere"]),
        ("password", AccountFacts(active=False, guarded=True), ["accounts.disabled", "accounts.guarded"]),
        ("second_factor", AccountFacts(second_factor=True), []),
        ("second_factor", AccountFacts(), ["accounts.no_second_factor"]),
        ("second_factor", AccountFacts(own=True, second_factor=True), ["accounts.own_account"]),
        ("second_factor", AccountFacts(guarded=True, second_factor=True), ["accounts.guarded"]),
        ("disable", AccountFacts(guarded=True), []),
        ("disable", AccountFacts(own=True), ["accounts.own_account"]),
        ("disable", AccountFacts(elsewhere=True), ["accounts.elsewhere"]),
        ("disable", AccountFacts(active=False), ["accounts.disabled"]),
        ("enable", AccountFacts(active=False), []),
        ("enable", AccountFacts(), ["accounts.enabled"]),
        ("enable", AccountFacts(active=False, elsewhere=True), ["accounts.elsewhere"]),
    ],
)
def test_what_may_be_done_to_an_account(deed: str, facts: AccountFacts, expected: list[str]) -> None:
    assert [refusal.code for refusal in RULES[deed](facts)] == expected


@pytest.mark.parametrize(
    ("reason", "expected"),
    [
        ("已调离", []),
        ("离" * 200, []),
        ("", ["accounts.no_reason"]),
        (" ", ["accounts.no_reason"]),
        ("离" * 201, ["accounts.long_reason"]),
    ],
)
def test_an_account_is_disabled_for_a_reason_that_fits(reason: str, expected: list[str]) -> None:
    found = rules.reasons_not_to_disable(AccountFacts(), reason=reason)

    assert [refusal.code for refusal in found] == expected


# -- The end of a grant --------------------------------------------------------------------------------

FIRST, TODAY, TOMORROW, LATER = (date(2019, 5, 1), date(2019, 6, 3), date(2019, 6, 4), date(2019, 7, 1))


@pytest.mark.parametrize(
    ("valid_from", "valid_until", "on", "expected"),
    [
        (FIRST, None, TODAY, []),
        (FIRST, None, LATER, []),
        (FIRST, LATER, TODAY, []),
        (TODAY, None, TOMORROW, []),
        (FIRST, None, date(2019, 6, 2), ["accounts.end_past"]),
        (TODAY, None, TODAY, ["accounts.began_today"]),
        (TODAY, TOMORROW, TOMORROW, ["accounts.not_sooner"]),
        (FIRST, LATER, LATER, ["accounts.not_sooner"]),
        (FIRST, TODAY, TOMORROW, ["accounts.grant_over"]),
    ],
)
def test_a_grant_ends_today_or_later_and_never_before_it_began(
    valid_from: date, valid_until: date | None, on: date, expected: list[str]
) -> None:
    facts = rules.GrantFacts(valid_from=valid_from, valid_until=valid_until)

    assert [refusal.code for refusal in rules.reasons_not_to_end(facts, on=on, today=TODAY)] == expected


def test_nobody_ends_a_grant_of_his_own() -> None:
    facts = rules.GrantFacts(valid_from=FIRST, own=True)

    assert [refusal.code for refusal in rules.reasons_not_to_end(facts, on=TODAY, today=TODAY)] == [
        "accounts.own_grant"
    ]


@pytest.mark.parametrize(("valid_from", "earliest"), [(FIRST, TODAY), (TODAY, TOMORROW)])
def test_the_first_possible_end_is_one_that_is_not_refused(valid_from: date, earliest: date) -> None:
    assert rules.earliest_end(valid_from, today=TODAY) == earliest
