"""How allauth behaves in this house: accounts are made by administrators, every sign-in is remembered."""

from __future__ import annotations

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]  # allauth ships no types
    """Closes open sign-up."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Nobody opens an account for himself; see `accounts.actions.create`."""
        return False
