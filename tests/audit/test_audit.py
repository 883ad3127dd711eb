"""The memory of the house: bound in order, and every tampering is named at its first entry."""

from __future__ import annotations

from typing import Any

import psycopg
import pytest
from django.db import transaction

from tests.builders import BUILDER, NOW
from unionhall.audit import actions, queries
from unionhall.audit.models import Event
from unionhall.foundation import merkle, scoping

pytestmark = pytest.mark.django_db(transaction=True)


def remember(count: int) -> None:
    with transaction.atomic():
        scoping.enter(BUILDER)
        for position in range(count):
            actions.record(
                "tests.done", subject=None, by=BUILDER, at=NOW, reason=f"第{position + 1}件", path="0001",
                details={"place": position}, rows=[bytes([position])],
            )  # fmt: skip


@transaction.atomic
def fail_after_remembering() -> None:
    scoping.enter(BUILDER)
    actions.record("tests.done", subject=None, by=BUILDER, at=NOW, path="0001")
    raise ZeroDivisionError


def tamper(owner: psycopg.Connection[Any], statement: str) -> None:
    """Change the memory with rights above all: the trigger off, the policy past."""
    owner.execute("ALTER TABLE audit_event DISABLE TRIGGER audit_event_stays")
    owner.execute("ALTER TABLE audit_event NO FORCE ROW LEVEL SECURITY")
    owner.execute(statement)


def test_an_untouched_chain_verifies() -> None:
    remember(5)

    assert queries.verify() == queries.Verdict(5)


def test_an_empty_chain_verifies() -> None:
    assert queries.verify() == queries.Verdict(0)


@pytest.mark.parametrize(
    ("statement", "broken_at"),
    [
        ("UPDATE audit_event SET reason = '改' WHERE sequence = 3", 3),
        ("UPDATE audit_event SET at = at + interval '1 second' WHERE sequence = 2", 2),
        ("UPDATE audit_event SET details = '{\"place\": 9}' WHERE sequence = 4", 4),
        ("UPDATE audit_event SET rows_root = digest WHERE sequence = 1", 1),
        ("DELETE FROM audit_event WHERE sequence = 2", 2),
        ("DELETE FROM audit_event WHERE sequence = 5", 5),
        ("UPDATE audit_event SET sequence = 9 WHERE sequence = 5", 5),
        ("UPDATE audit_event SET digest = previous WHERE sequence = 3", 3),
    ],
)
def test_tampering_is_named_at_its_first_entry(
    owner: psycopg.Connection[Any], statement: str, broken_at: int
) -> None:
    remember(5)
    tamper(owner, statement)

    assert queries.verify().broken_at == broken_at


def test_even_the_owner_cannot_change_memory_unawares(owner: psycopg.Connection[Any]) -> None:
    remember(1)
    owner.execute("SELECT set_config('unionhall.low', '', false), set_config('unionhall.high', '~', false)")

    with pytest.raises(psycopg.errors.RaiseException, match="never changed or deleted"):
        owner.execute("UPDATE audit_event SET reason = '改'")


def test_many_rows_are_one_entry_with_their_root() -> None:
    with transaction.atomic():
        scoping.enter(BUILDER)
        actions.record("tests.done", subject=None, by=BUILDER, at=NOW, path="0001", rows=[b"a", b"b", b"c"])
        event = Event.objects.get()

    assert (event.row_count, bytes(event.rows_root or b"")) == (3, merkle.root([b"a", b"b", b"c"]))


def test_a_deed_that_fails_leaves_no_memory() -> None:
    remember(1)
    with pytest.raises(ZeroDivisionError):
        fail_after_remembering()

    assert queries.verify() == queries.Verdict(1)
