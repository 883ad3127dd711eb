"""Tell PostgreSQL, for one transaction, whose rows may be seen.

The row-level policies compare each row's stamped path with two settings. They are set transaction-locally,
so that a pooled connection never carries a scope into the next request; unset means no row.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection, transaction

from unionhall.foundation.actor import Actor, Scope

SET = "SELECT set_config('unionhall.low', %s, true), set_config('unionhall.high', %s, true)"


def enter(actor: Actor) -> None:
    """Set the scope of the actor for the rest of the transaction."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('unionhall.user', %s, true)", [str(actor.user_id)])
    _set(actor.scope)


def _set(scope: Scope) -> None:
    if not connection.in_atomic_block:
        raise RuntimeError("a scope is set within a transaction")
    with connection.cursor() as cursor:
        cursor.execute(SET, [scope.low, scope.high])


@contextmanager
def acting(actor: Actor) -> Iterator[Actor]:
    """Open a transaction in which the actor's scope holds (jobs, commands, tests)."""
    with transaction.atomic():
        before = _current()
        enter(actor)
        yield actor
        _restore(before)


@contextmanager
def whole_registry() -> Iterator[None]:
    """Look over the whole registry for a question whose answer reveals nothing of other branches.

    Used where a rule speaks of the whole city (is this person a member anywhere?). The caller returns
    yes or no, never rows. A house test lists the callers.
    """
    with transaction.atomic():
        before = _current()
        _set(Scope.everything())
        yield
        _restore(before)


def _current() -> list[str]:
    names = ("unionhall.low", "unionhall.high", "unionhall.user")
    with connection.cursor() as cursor:
        cursor.execute("SELECT " + ", ".join("coalesce(current_setting(%s, true), '')" for _ in names), names)
        return list(cursor.fetchone() or ("", "", ""))


def _restore(before: list[str]) -> None:
    with connection.cursor() as cursor:
        cursor.execute(SET, before[:2])
        cursor.execute("SELECT set_config('unionhall.user', %s, true)", [before[2]])
