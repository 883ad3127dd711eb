"""How allauth behaves in this house: accounts are made by administrators, every sign-in is remembered.

An adapter is a door of allauth's into our room, so it reads the clock like a door.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from unionhall.accounts import actions

if TYPE_CHECKING:
    from unionhall.accounts.models import User


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]  # allauth ships no types
    """Closes open sign-up, and remembers sign-ins and changed passwords."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Nobody opens an account for himself; see `accounts.actions.create`."""
        return False

    def post_login(self, request: HttpRequest, user: User, **kwargs: Any) -> HttpResponse:
        """Remember a sign-in, second factor included, before the person goes on."""
        actions.note_sign_in(user, at=timezone.localtime())
        response: HttpResponse = super().post_login(request, user, **kwargs)
        return response

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:
        """Remember a refused sign-in; allauth counts it against the lockout."""
        actions.note_refused_sign_in(str(credentials.get("username", "")), at=timezone.localtime())

    def respond_user_inactive(self, request: HttpRequest, user: User) -> HttpResponse:
        """Remember that a disabled account had the right password, and say that it is disabled."""
        actions.note_refused_sign_in(user.username, at=timezone.localtime())
        response: HttpResponse = super().respond_user_inactive(request, user)
        return response

    def forgive(self, request: HttpRequest, username: str) -> None:
        """Forget the failed sign-ins that lock an account out: its password was just made anew."""
        self._delete_login_attempts_cached_email(request, username=username)

    def set_password(self, user: User, password: str) -> None:
        """Set a password that the person chose."""
        super().set_password(user, password)
        actions.note_password_changed(user, at=timezone.localtime())
