"""A day in the factory's branch: a member on the roll, a case on its way, a batch in hand, and strangers to it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from allauth.mfa.models import Authenticator
from django.test import Client

from tests.builders import BUILDER, PEOPLE, Cast, make_user
from tests.collection.stories import approve_all, factory_row, hand_in, send, worker
from unionhall.accounts.choices import Role
from unionhall.accounts.models import User
from unionhall.collection.models import Batch, Row
from unionhall.foundation import scoping
from unionhall.members.models import Membership
from unionhall.reviews.models import Case

# Administrators of the other district: an outsider must have the right and lack only the place.
STRANGERS = {
    "meilan_system": ("美兰系统", Role.SYSTEM_ADMINISTRATOR),
    "meilan_security": ("美兰安全", Role.SECURITY_ADMINISTRATOR),
    "meilan_audit": ("美兰审计", Role.AUDIT_ADMINISTRATOR),
}
ADMINISTRATORS = ("system_admin", "security_admin", "audit_admin", *STRANGERS)


@dataclass(frozen=True, slots=True)
class Scene:
    """What there is in the factory's branch for a door to show."""

    cast: Cast
    users: dict[str, User]
    member: Membership
    waiting: Case
    batch: Batch
    faulty: Row
    source_id: int
    grant_id: int
    browsers: dict[str, Client] = field(default_factory=dict)

    def signed_in(self, account: str) -> Client:
        """Return a browser in which somebody signed in; of nobody when the account is empty."""
        if account not in self.browsers:
            self.browsers[account] = Client(raise_request_exception=False)
            if account:
                self.browsers[account].force_login(self.users[account])
        return self.browsers[account]

    def secrets(self) -> set[str]:
        """Return the names and numbers that nobody outside Longhua may read."""
        cast = self.cast
        unions = {cast.longhua.name, cast.street.name, cast.factory.name, cast.joint.name}
        people = {
            account for account, (_, _, place) in PEOPLE.items() if place in ("longhua", "factory", "joint")
        }
        accounts = people | {PEOPLE[account][0] for account in people}
        members = {str(worker(number)["name"]) for number in (1, 2, 3, 4)}
        return unions | accounts | members | {"海口示范机械厂", "海口示范餐饮店", self.waiting.number}


def set_up(cast: Cast, *, now: datetime) -> Scene:
    """Let the factory hand in three times: entered, on its way, and still in hand with an error."""
    approve_all(cast, send(cast, hand_in(cast, [worker(1)], [factory_row()])))
    waiting = send(cast, hand_in(cast, [worker(2)]))
    batch = hand_in(cast, [worker(3), worker(4, mobile="1380000")])
    with scoping.acting(BUILDER):
        strangers = {
            account: make_user(account, name, role, cast.meilan)
            for account, (name, role) in STRANGERS.items()
        }
    users = cast.users | strangers
    User.objects.update(password_changed_at=now)
    for account in ADMINISTRATORS:
        Authenticator.objects.create(user=users[account], type="totp", data={"secret": ""})
    with scoping.whole_registry():
        return Scene(
            cast=cast,
            users=users,
            member=Membership.objects.get(),
            waiting=waiting,
            batch=batch,
            faulty=Row.objects.get(batch=batch, error_count__gt=0),
            source_id=batch.sources.get().pk,
            grant_id=users["factory_clerk"].grants.get().pk,
        )
