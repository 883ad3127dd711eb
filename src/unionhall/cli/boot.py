"""Make Django and the database ready for a command that needs them."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager

import django
import psycopg
from django.apps import apps
from django.conf import settings
from django.core.management import call_command
from django.db import connections
from django.db.migrations.executor import MigrationExecutor

from unionhall.foundation import postgres

OWNER = "owner"


def boot(*, database: bool = True, migrated: bool = True) -> None:
    """Set Django up; start the embedded server and make the roles; bring the tables up to date.

    :param database: False for commands that read settings only
    :param migrated: False for `migrate`, which does it itself and says what it did
    :raises DatabaseUnfit: if there is no fit database
    """
    os.environ["DJANGO_SETTINGS_MODULE"] = "unionhall.config.settings"
    if not apps.ready:
        django.setup()
    if database:
        postgres.prepare_roles(settings.DATABASES, settings.DATA)
    if database and migrated:
        bring_up_to_date()


def bring_up_to_date() -> list[str]:
    """Run the migrations that are missing, as the owner, and grant the application what it may do.

    :returns: the names of the migrations that ran, "app.name"
    """
    with _alone():
        missing = missing_migrations()
        if missing:
            call_command("migrate", database=OWNER, interactive=False, verbosity=0)
            grant()
        return missing


def missing_migrations() -> list[str]:
    """Return the names of the migrations that have not run yet, "app.name"."""
    executor = MigrationExecutor(connections[OWNER])
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    return [f"{migration.app_label}.{migration.name}" for migration, _ in plan]


def grant() -> None:
    """Grant the application's role what it may do on all tables there are."""
    with psycopg.connect(postgres.conninfo(connections[OWNER].settings_dict)) as owner:
        role = settings.DATABASES["default"]["USER"]
        postgres.grant_application(owner, role, append_only=settings.APPEND_ONLY_TABLES)


@contextmanager
def _alone() -> Iterator[None]:
    """One process migrates; a second one waits and then finds nothing missing."""
    with psycopg.connect(postgres.conninfo(connections[OWNER].settings_dict), autocommit=True) as connection:
        connection.execute("SELECT pg_advisory_lock(hashtext('unionhall migrations'))")
        yield
