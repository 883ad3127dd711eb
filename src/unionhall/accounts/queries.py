"""Read accounts and grants, and make the actor of a request."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.db.models import Prefetch, Q, QuerySet

from unionhall.accounts.choices import Role
from unionhall.accounts.models import Grant, User
from unionhall.accounts.roles import CAPABILITIES
from unionhall.accounts.rules import ADMINISTRATORS
from unionhall.audit.models import Event
from unionhall.foundation.actor import NOBODY, Actor, Scope
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
    found = accounts(scope)
    if text:
        found = found.filter(Q(username__icontains=text.strip()) | Q(name__icontains=text.strip()))
    if role in Role.values:
        found = found.filter(pk__in=Grant.objects.within(scope).filter(role=role).values("user"))
    return found


def awaiting_grant(scope: Scope) -> list[User]:
    """Return the accounts opened from within a scope that hold no grant anywhere yet, latest first."""
    opened = Event.objects.within(scope).filter(kind="accounts.created").values("subject_id")
    with whole_registry():
        ids = list(User.objects.filter(grants=None, is_active=True).values_list("pk", flat=True))
    return list(User.objects.filter(pk__in=ids).filter(pk__in=opened).order_by("-created_at", "-pk"))


def find(scope: Scope, user_id: int) -> User | None:
    """Return an account that a scope may administer: it holds a grant there, or waits for its first one."""
    held = accounts(scope).filter(pk=user_id).first()
    return held or next((user for user in awaiting_grant(scope) if user.pk == user_id), None)


def reviewers_at(branch_id: int, *, on: date) -> list[str]:
    """Return the names of those who may decide at a branch, so that nobody meets a dead end."""
    with whole_registry():
        grants = Grant.objects.filter(branch_id=branch_id, role=Role.REVIEWER, user__is_active=True)
        names = grants.valid_on(on).order_by("user__name").values_list("user__name", flat=True)
        return list(names)


def _choice(grants: list[Grant]) -> ActingChoice:
    first = grants[0]
    roles = tuple(Role(grant.role) for grant in grants)
    return ActingChoice(first.pk, first.branch_id, first.branch.name, first.branch.path, roles)
