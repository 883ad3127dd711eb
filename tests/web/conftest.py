"""People of the cast at their browsers."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.core.cache import cache
from django.test import Client
from pytest_django.fixtures import Settings

from tests.builders import Cast

Enter = Callable[[str], Client]


@pytest.fixture(autouse=True)
def settled(settings: Settings) -> None:
    """The cast's passwords are of 2019 and nobody carries a second factor; neither is what is tested here."""
    settings.PASSWORD_LIFETIME = timedelta(days=36500)
    settings.SECOND_FACTOR_REQUIRED = False


@pytest.fixture
def enter(cast: Cast) -> Enter:
    """Sign a person of the cast in, by account; the cache of looks is empty."""
    cache.clear()

    def sign_in(account: str) -> Client:
        client = Client()
        client.force_login(cast.user(account))
        return client

    return sign_in
