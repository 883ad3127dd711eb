"""Open accounts and give grants; help who is locked out, shut out who left, end grants.

Accounts belong to one person each; no default password; nothing is deleted.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from allauth.mfa.models import Authenticator
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction

from unionhall.accounts import passwords, queries, rules, sessions
from unionhall.accounts.models import Grant, User
from unionhall.audit import actions as audit
from unionhall.foundation.actor import NOBODY, Actor
from unionhall.foundation.capabilities import Capability
from unionhall.foundation.scoping import whole_registry
from unionhall.standards.refusal import Refusal, Refused
from unionhall.unions.models import Union


@dataclass(frozen=True, slots=True)
class Opened:
    """An account with a password made for it, told once and kept nowhere."""

    user: User
    password: str


@transaction.atomic
def create(
    *,
    username: str,
    name: str,
    by: Actor,
    at: datetime,
    password: str = "",
    must_change: bool = True,
    invited: bool = False,
) -> Opened:
    """Open an account; a password is made unless given.

    :param invited: open it without a password: nobody can sign in until one is set
    :raises Refused: if the account's name is taken, or the given password is too weak
    """
    by.require(Capability.ACCOUNT_CREATE, by.branch_path)
    if User.objects.filter(username__iexact=username).exists():
        raise Refused(Refusal("accounts.taken", f"账号「{username}」已存在，请换一个。", "username"))
    user = User(username=username, name=name, must_change_password=must_change, created_at=at)
    _refuse_weak(password, user)
    if invited:
        user.set_unusable_password()
    else:
        password = password or passwords.generate()
        user.set_password(password)
    user.password_changed_at = at
    user.save()
    audit.record("accounts.created", subject=user, by=by, at=at, details={"username": username})
    return Opened(user, password)


@transaction.atomic
def grant(
    user: User, *, role: str, branch: Union, by: Actor, at: datetime, valid_until: date | None = None
) -> Grant:
    """Give a person a role over a branch from today on.

    :raises Refused: if the roles the person holds forbid it, or the grant stands already
    """
    by.require(Capability.GRANT_GIVE, branch.path)
    if user.pk == by.user_id:
        raise Refused(Refusal("accounts.own_grant", "不能给自己授权，请由其他安全管理员办理。"))
    with whole_registry():
        held = list(Grant.objects.filter(user=user).valid_on(at.date()).values_list("role", "branch_id"))
    refusals = list(rules.reasons_not_to_grant(role, held=[name for name, _ in held]))
    if (role, branch.pk) in held:
        refusals.append(Refusal("accounts.granted", f"{user.name}已有该授权，无须重复。", "role"))
    if refusals:
        raise Refused(*refusals)
    given = Grant.objects.create(
        path=branch.path, user=user, branch=branch, role=role, valid_from=at.date(), valid_until=valid_until
    )
    audit.record("accounts.granted", subject=given, by=by, at=at, details={"role": role, "user": user.pk})
    return given


@transaction.atomic
def end_grant(grant: Grant, *, on: date, by: Actor, at: datetime) -> Grant:
    """Let a grant be over from a day on; it stays on record.

    :raises Refused: if it is the actor's own, over already, or the day lies before the earliest possible end
    """
    by.require(Capability.GRANT_GIVE, grant.path)
    # Locked before asking: two administrators may end the same grant at once.
    held = Grant.objects.select_for_update().get(pk=grant.pk)
    facts = rules.GrantFacts(
        valid_from=held.valid_from, valid_until=held.valid_until, own=held.user_id == by.user_id
    )
    if refusals := rules.reasons_not_to_end(facts, on=on, today=at.date()):
        raise Refused(*refusals)
    held.valid_until = on
    held.save(update_fields=["valid_until"])
    details = {"role": held.role, "user": held.user_id, "valid_until": on.isoformat()}
    audit.record("accounts.grant_ended", subject=held, by=by, at=at, details=details)
    return held


@transaction.atomic
def reset_password(user: User, *, by: Actor, at: datetime) -> Opened:
    """Make a new password for who forgot it, to be changed at the next sign-in; send the account out everywhere.

    :raises Refused: if the account is the actor's own, not wholly in scope, disabled, or kept apart from him
    """
    user = _locked(user, by)
    if refusals := rules.reasons_not_to_reset_password(queries.facts_about(user, by=by, on=at.date())):
        raise Refused(*refusals)
    password = passwords.generate()
    user.set_password(password)
    user.must_change_password, user.password_changed_at = True, at
    user.save(update_fields=["password", "must_change_password", "password_changed_at"])
    sessions.end_all(user)
    audit.record("accounts.password_reset", subject=user, by=by, at=at, details={"username": user.username})
    return Opened(user, password)


@transaction.atomic
def reset_second_factor(user: User, *, by: Actor, at: datetime) -> None:
    """Remove the second factor and its recovery codes of who lost the phone; send the account out everywhere.

    :raises Refused: as for a password, and if there is no second factor
    """
    user = _locked(user, by)
    if refusals := rules.reasons_not_to_reset_second_factor(queries.facts_about(user, by=by, on=at.date())):
        raise Refused(*refusals)
    Authenticator.objects.filter(user_id=user.pk).delete()
    sessions.end_all(user)
    details = {"username": user.username}
    audit.record("accounts.second_factor_reset", subject=user, by=by, at=at, details=details)


@transaction.atomic
def disable(user: User, *, reason: str, by: Actor, at: datetime) -> None:
    """Shut an account out, for a reason that is remembered; its grants stay as they are.

    :raises Refused: if the account is the actor's own, not wholly in scope, disabled already, or no reason given
    """
    user = _locked(user, by)
    facts = queries.facts_about(user, by=by, on=at.date())
    if refusals := rules.reasons_not_to_disable(facts, reason=reason):
        raise Refused(*refusals)
    user.is_active = False
    user.save(update_fields=["is_active"])
    sessions.end_all(user)
    details = {"username": user.username}
    audit.record("accounts.disabled", subject=user, by=by, at=at, reason=reason.strip(), details=details)


@transaction.atomic
def enable(user: User, *, by: Actor, at: datetime) -> None:
    """Let a disabled account in again, with the password and the grants it has.

    :raises Refused: if the account is the actor's own, not wholly in scope, or not disabled
    """
    user = _locked(user, by)
    if refusals := rules.reasons_not_to_enable(queries.facts_about(user, by=by, on=at.date())):
        raise Refused(*refusals)
    user.is_active = True
    user.save(update_fields=["is_active"])
    audit.record("accounts.enabled", subject=user, by=by, at=at, details={"username": user.username})


@transaction.atomic
def note_password_changed(user: User, *, at: datetime) -> None:
    """Remember that a person chose a new password."""
    User.objects.filter(pk=user.pk).update(must_change_password=False, password_changed_at=at)
    audit.record("accounts.password_changed", subject=user, by=_myself(user, at), at=at)


@transaction.atomic
def note_sign_in(user: User, *, at: datetime) -> None:
    """Remember that somebody signed in."""
    audit.record("accounts.signed_in", subject=user, by=_myself(user, at), at=at)


@transaction.atomic
def note_refused_sign_in(username: str, *, at: datetime) -> None:
    """Remember that somebody tried to sign in and failed; what was typed is kept only if it is an account."""
    user = User.objects.filter(username=username).first()
    by = _myself(user, at) if user is not None else NOBODY
    audit.record("accounts.sign_in_refused", subject=user, by=by, at=at)


def _locked(user: User, by: Actor) -> User:
    """Return the account as it stands now, for whoever opens accounts; other deeds to it wait."""
    by.require(Capability.ACCOUNT_CREATE, by.branch_path)
    return User.objects.select_for_update().get(pk=user.pk)


def _myself(user: User, at: datetime) -> Actor:
    choices = queries.acting_choices(user, on=at.date())
    return queries.actor_of(user, queries.chosen(choices, None))


def _refuse_weak(password: str, user: User) -> None:
    if not password:
        return
    try:
        validate_password(password, user)
    except ValidationError as error:
        refusals = (Refusal("accounts.weak_password", message, "password") for message in error.messages)
        raise Refused(*refusals) from error
