"""Databases for tests: migrated once into a template, cloned for every process that tests.

Tests enter as the application's role, so that row-level security and missing rights are real in every one of
them. That role cannot empty tables; a test that commits gets a fresh clone afterwards instead.
"""

from __future__ import annotations

import hashlib
import itertools
import os
import re
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from typing import Any

import psycopg
from django.conf import settings
from django.db import connections
from psycopg import sql

from unionhall.cli.boot import OWNER, bring_up_to_date
from unionhall.foundation import postgres

ROOT = Path(__file__).resolve().parent.parent
SOURCE = ROOT / "src" / "unionhall"
TEMPLATES_KEPT = 3

# A change in any of these may change what a migrated database holds.
SHAPING = (
    "**/migrations/*.py",
    "foundation/**/*.py",
    "standards/**/*.py",
    "standards/**/*.csv",
    "config/settings.py",
)

Maintenance = psycopg.Connection[Any]


class TestDatabases:
    """The databases of one testing process: a template shared with the others, and clones of its own."""

    __test__ = False

    def __init__(self, worker: str) -> None:
        postgres.prepare_roles(settings.DATABASES, settings.DATA, durable=False)
        owner = connections[OWNER].settings_dict
        self._maintenance: Maintenance = psycopg.connect(postgres.conninfo(owner), autocommit=True)
        self._numbers = itertools.count(1)
        self._worker = re.sub(r"\W", "", worker)
        self._clone = ""
        self._template = f"test_template_{_fingerprint()}"
        self._prepare_template()

    def renew(self) -> None:
        """Point Django at a fresh clone and drop the one before."""
        before, self._clone = self._clone, f"test_{os.getpid()}_{self._worker}_{next(self._numbers)}"
        self._execute("CREATE DATABASE {} TEMPLATE {}", self._clone, self._template)
        _point_at(self._clone)
        if before:
            self._drop(before)

    def close(self) -> None:
        """Drop the last clone; the template stays for the next run."""
        connections.close_all()
        self._drop(self._clone)
        self._maintenance.close()

    def _prepare_template(self) -> None:
        """Migrate the template unless it is there; the other processes wait here meanwhile."""
        self._maintenance.execute("SELECT pg_advisory_lock(hashtext('unionhall test template'))")
        self._sweep()
        if self._template not in self._names("test_template_%"):
            draft = f"{self._template}_new"
            self._drop(draft)
            self._execute("CREATE DATABASE {}", draft)
            _point_at(draft)
            bring_up_to_date()
            connections.close_all()
            self._execute("ALTER DATABASE {} RENAME TO {}", draft, self._template)
        self._maintenance.execute("SELECT pg_advisory_unlock(hashtext('unionhall test template'))")

    def _sweep(self) -> None:
        """Drop what runs that were killed left behind, and templates long outdated."""
        for name in self._names(r"test\_%"):
            found = re.fullmatch(r"test_(\d+)_\w+", name)
            if found and not _is_alive(int(found[1])):
                self._drop(name)
        outdated = [name for name in self._names(r"test\_template\_%") if name != self._template]
        for name in outdated[:-TEMPLATES_KEPT]:
            self._drop(name)

    def _names(self, pattern: str) -> list[str]:
        """Return the databases of that name, the oldest first."""
        query = "SELECT datname FROM pg_database WHERE datname LIKE %s ORDER BY oid"
        return [name for (name,) in self._maintenance.execute(query, [pattern])]

    def _drop(self, name: str) -> None:
        # One that is still in use (a thread of a live server) is left for the next run's sweep.
        with suppress(psycopg.errors.ObjectInUse):
            self._execute("DROP DATABASE IF EXISTS {}", name)

    def _execute(self, statement: str, *names: str) -> None:
        self._maintenance.execute(sql.SQL(statement).format(*map(sql.Identifier, names)))


def _point_at(name: str) -> None:
    """Make both roles enter another database from now on, in every thread."""
    connections.close_all()
    for alias in settings.DATABASES:
        settings.DATABASES[alias]["NAME"] = name
        connections[alias].settings_dict["NAME"] = name


def _fingerprint() -> str:
    files: Iterable[Path] = sorted({path for pattern in SHAPING for path in SOURCE.glob(pattern)})
    digest = hashlib.sha256()
    for path in [*files, ROOT / "requirements.lock"]:
        digest.update(str(path.relative_to(ROOT)).encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()[:12]


def _is_alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True
