"""The database, the cast and the calendar, nothing else."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import psycopg
import pytest
from django.db import connections
from django.test import TransactionTestCase
from pytest_django import DjangoDbBlocker, Settings

from tests import recalling
from tests.builders import Cast
from tests.database import TestDatabases
from unionhall.foundation import postgres

# -- The database --------------------------------------------------------------------------------------


@pytest.fixture(scope="session")
def django_db_setup(request: pytest.FixtureRequest, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """Give this process a database of its own, entered as the application's role."""
    worker = getattr(request.config, "workerinput", {}).get("workerid", "main")
    with django_db_blocker.unblock(), pytest.MonkeyPatch.context() as patch:
        databases = TestDatabases(worker)
        databases.renew()
        # Django empties the tables after a test that commits; our role may not, so it gets a fresh clone.
        patch.setattr(TransactionTestCase, "_fixture_teardown", lambda case: databases.renew())
        yield
        databases.close()


@pytest.fixture
def owner(transactional_db: None) -> Iterator[psycopg.Connection[Any]]:
    """Enter the test's database as the owner, past Django: for tests that look or tamper from outside."""
    with psycopg.connect(
        postgres.conninfo(connections["owner"].settings_dict), autocommit=True
    ) as connection:
        yield connection


# -- The calendar and the cast: the small city everybody knows -----------------------------------------


@pytest.fixture(autouse=True)
def quick_hashing(settings: Settings) -> None:
    """Hash passwords quickly: what is tested is who may sign in, not how slow guessing is."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture
def cast(db: None) -> Cast:
    """Build the city, two districts, a street, a factory, a joint union, their officers and an outsider."""
    return recalling.cast()
