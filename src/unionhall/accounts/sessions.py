"""Where an account is signed in: devices that are counted, and sent out all at once."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session

if TYPE_CHECKING:
    from unionhall.accounts.models import User


def count(user: User, *, now: datetime) -> int:
    """Return on how many devices a person is signed in."""
    keys = UserSession.objects.filter(user_id=user.pk).values("session_key")
    return Session.objects.filter(session_key__in=keys, expire_date__gt=now).count()


def end_all(user: User) -> None:
    """Send a person out everywhere: the next page on each device is the sign-in."""
    for session in UserSession.objects.filter(user_id=user.pk):
        session.end()
