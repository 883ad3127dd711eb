"""Open accounts and give grants. Accounts belong to one person each; no default password."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction

from unionhall.accounts import passwords, queries, rules
from unionhall.accounts.models import Grant, User
from unionhall.audit import actions as audit
from unionhall.foundation.actor import NOBODY, Actor
from unionhall.foundation.capabilities import Capability
from unionhall.foundation.scoping import whole_registry
from unionhall.standards.refusal import Refusal, Refused
from unionhall.unions.models import Union


@dataclass(frozen=True, slots=True)
class Opened:
    """A new account with its first password, told once and kept nowhere."""

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
