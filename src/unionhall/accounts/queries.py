"""Read accounts and grants, and make the actor of a request."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.db.models import Prefetch, Q, QuerySet

from unionhall.accounts import rules, sessions
from unionhall.accounts.choices import Role
from unionhall.accounts.models import Grant, User
from unionhall.accounts.roles import CAPABILITIES
from unionhall.accounts.rules import ADMINISTRATORS, GUARDED, AccountFacts
from unionhall.audit.models import Event
from unionhall.foundation.actor import NOBODY, Actor, Scope
from unionhall.foundation.capabilities import Capability
from unionhall.foundation.scoping import whole_registry


@dataclass(frozen=True, slots=True)
class ActingChoice:
    """One branch a person may act for; several roles over one branch are one choice."""

    grant_id: int
    branch_id: int
    branch_name: str
    branch_path: str
    roles: tuple[Role, ...]
    current: bool = False

    @property
    def role_label(self) -> str:
        return "、".join(role.label for role in self.roles)

    @property
    def id(self) -> int:
        return self.grant_id


@dataclass(frozen=True, slots=True, kw_only=True)
class HeldGrant:
    """One grant of an account, whether it is over, and the first day on which it could be."""

    grant: Grant
    is_over: bool
    earliest_end: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Overview:
    """What an administrator sees of one account; of its grants those within the scope."""

    user: User
    grants: list[HeldGrant]
    devices: int
    facts: AccountFacts
    disabled: Event | None


def acting_choices(user: User, *, on: date) -> list[ActingChoice]:
    """Return the branches a person may act for on a day, highest first."""
    with whole_registry():
        grants = Grant.objects.filter(user=user).valid_on(on).select_related("branch").order_by("path", "pk")
        by_branch: dict[int, list[Grant]] = {}
        for grant in grants:
            by_branch.setdefault(grant.branch_id, []).append(grant)
        return [_choice(found) for found in by_branch.values()]


def chosen(choices: list[ActingChoice], grant_id: object) -> ActingChoice | None:
    """Return the branch a person acts for: the one picked, else the highest, else none."""
    picked = next((choice for choice in choices if choice.grant_id == grant_id), None)
    return picked or next(iter(choices), None)


def marked(choices: list[ActingChoice], current: ActingChoice | None) -> list[ActingChoice]:
    """Return the choices with the current one marked."""
    return [replace(choice, current=choice == current) for choice in choices]


def owes(user: User, choices: list[ActingChoice], *, now: datetime) -> str:
    """Return what a person must do before anything else: "password", "second_factor" or nothing.

    Administrators need a second factor (GB/T 22239-2019, 8.1.4.1); passwords end after a set time.
    """
    changed = user.password_changed_at or user.created_at
    if user.must_change_password or now - changed > settings.PASSWORD_LIFETIME:
        return "password"
    is_administrator = any(role in ADMINISTRATORS for choice in choices for role in choice.roles)
    if is_administrator and not Authenticator.objects.filter(user_id=user.pk, type="totp").exists():
        return "second_factor"
    return ""


def actor_of(user: User, choice: ActingChoice | None) -> Actor:
    """Return the actor a person is while acting for a branch; without a grant it may see nothing."""
    if choice is None:
        return Actor(user_id=user.pk, name=user.name)
    return Actor(
        user_id=user.pk,
        name=user.name,
        role=choice.role_label,
        branch_id=choice.branch_id,
        branch_name=choice.branch_name,
        branch_path=choice.branch_path,
        scope=Scope.of_branch(choice.branch_path),
        capabilities=frozenset().union(*(CAPABILITIES[role] for role in choice.roles)),
    )


def actor_for(username: str, *, on: date) -> Actor:
    """Return the actor of an account acting for its highest branch (commands, tests)."""
    user = User.objects.filter(username=username, is_active=True).first()
    if user is None:
        return NOBODY
    return actor_of(user, next(iter(acting_choices(user, on=on)), None))


def accounts(scope: Scope) -> QuerySet[User]:
    """Return the accounts that hold a grant within a scope, with those grants."""
    grants = Grant.objects.within(scope).select_related("branch").order_by("path")
    held = User.objects.filter(grants__in=Grant.objects.within(scope)).distinct()
    return held.prefetch_related(Prefetch("grants", queryset=grants)).order_by("username")


def search(scope: Scope, *, text: str = "", role: str = "") -> QuerySet[User]:
    """Return the accounts of a scope whose name or account holds a text, and who hold a role there."""
    found = _named(accounts(scope), text)
    if role in Role.values:
        found = found.filter(pk__in=Grant.objects.within(scope).filter(role=role).values("user"))
    return found


def awaiting_grant(scope: Scope, *, text: str = "", active: bool = True) -> list[User]:
    """Return the accounts opened from within a scope that hold no grant anywhere yet, latest first.

    :param active: False for those among them that are disabled
    """
    opened = Event.objects.within(scope).filter(kind="accounts.created").values("subject_id")
    with whole_registry():
        ids = list(User.objects.filter(grants=None, is_active=active).values_list("pk", flat=True))
    found = User.objects.filter(pk__in=ids).filter(pk__in=opened).order_by("-created_at", "-pk")
    return list(_named(found, text))


def disabled(scope: Scope, *, text: str = "", role: str = "") -> list[User]:
    """Return the disabled accounts of a scope, those that never held a grant last."""
    held = search(scope, text=text, role=role).filter(is_active=False)
    return [*held, *([] if role else awaiting_grant(scope, text=text, active=False))]


def find(scope: Scope, user_id: int) -> User | None:
    """Return an account that a scope may administer: it holds a grant there, or waits for its first one."""
    held = accounts(scope).filter(pk=user_id).first()
    return held or next((user for user in _without_grant(scope) if user.pk == user_id), None)


def find_by_username(scope: Scope, username: str) -> User | None:
    """Return the account of that name, if a scope may administer it."""
    user = User.objects.filter(username=username).first()
    return find(scope, user.pk) if user is not None else None


def find_grant(scope: Scope, *, user_id: int, grant_id: int) -> Grant | None:
    """Return a grant of an account within a scope."""
    return Grant.objects.within(scope).filter(user_id=user_id, pk=grant_id).first()


def facts_about(user: User, *, by: Actor, on: date) -> AccountFacts:
    """Return what decides whether an actor may do something to an account on a day.

    Whoever may both open accounts and give grants (the operator of the machine) is kept apart from nothing.
    """
    choices = acting_choices(user, on=on)
    outside = any(not by.scope.covers(choice.branch_path) for choice in choices)
    roles = {role for choice in choices for role in choice.roles}
    return AccountFacts(
        own=user.pk == by.user_id,
        elsewhere=outside or find(by.scope, user.pk) is None,
        active=user.is_active,
        guarded=bool(roles & GUARDED) and not by.may(Capability.GRANT_GIVE),
        second_factor=Authenticator.objects.filter(user_id=user.pk).exists(),
    )


def overview(user: User, *, by: Actor, now: datetime) -> Overview:
    """Return what an administrator sees of an account that `find` gave him."""
    today = now.date()
    grants = Grant.objects.within(by.scope).filter(user=user).select_related("branch").order_by("path", "pk")
    events = Event.objects.within(by.scope).filter(subject_kind=user._meta.label_lower, subject_id=user.pk)
    shut_out = None if user.is_active else events.filter(kind="accounts.disabled").first()
    return Overview(
        user=user,
        grants=[_held(grant, today) for grant in grants],
        devices=sessions.count(user, now=now),
        facts=facts_about(user, by=by, on=today),
        disabled=shut_out,
    )


def reviewers_at(branch_id: int, *, on: date) -> list[str]:
    """Return the names of those who may decide at a branch, so that nobody meets a dead end."""
    with whole_registry():
        grants = Grant.objects.filter(branch_id=branch_id, role=Role.REVIEWER, user__is_active=True)
        names = grants.valid_on(on).order_by("user__name").values_list("user__name", flat=True)
        return list(names)


def _named(found: QuerySet[User], text: str) -> QuerySet[User]:
    text = text.strip()
    return found.filter(Q(username__icontains=text) | Q(name__icontains=text)) if text else found


def _without_grant(scope: Scope) -> list[User]:
    return [*awaiting_grant(scope), *awaiting_grant(scope, active=False)]


def _held(grant: Grant, today: date) -> HeldGrant:
    return HeldGrant(
        grant=grant,
        is_over=rules.has_ended(grant.valid_until, today=today),
        earliest_end=rules.earliest_end(grant.valid_from, today=today),
    )


def _choice(grants: list[Grant]) -> ActingChoice:
    first = grants[0]
    roles = tuple(Role(grant.role) for grant in grants)
    return ActingChoice(first.pk, first.branch_id, first.branch.name, first.branch.path, roles)
