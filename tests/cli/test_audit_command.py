"""`audit verify`: whole, or the first broken entry by its number."""

from __future__ import annotations

from typing import Any

import psycopg
import pytest
from click.testing import CliRunner, Result

from tests.builders import Cast
from unionhall.audit import queries as audit
from unionhall.cli.audit import READER, command
from unionhall.foundation import scoping
from unionhall.foundation.actor import BEHIND_EVERY_PATH

BOTH = pytest.mark.django_db(transaction=True, databases=["default", "owner"])


def verify() -> Result:
    return CliRunner().invoke(command, ["verify"])


def entries() -> int:
    with scoping.acting(READER) as by:
        return audit.trail(by.scope).count()


@BOTH
def test_whole_chain_is_counted(cast: Cast) -> None:
    answer = verify()

    assert answer.exit_code == 0, answer.output
    assert answer.stdout == f"审计链完整，共 {entries()} 条。\n"


@BOTH
def test_entry_changed_behind_our_back_is_named(cast: Cast, owner: psycopg.Connection[Any]) -> None:
    tamper(owner, "UPDATE audit_event SET actor_name = '别人' WHERE sequence = 3")

    answer = verify()

    assert answer.exit_code == 1
    assert "第3条内容被改动" in answer.stderr
    assert "之前的 2 条完整" in answer.stderr


@BOTH
def test_entry_removed_behind_our_back_is_named(cast: Cast, owner: psycopg.Connection[Any]) -> None:
    tamper(owner, "DELETE FROM audit_event WHERE sequence = 5")

    answer = verify()

    assert answer.exit_code == 1
    assert "第5条缺失" in answer.stderr


def tamper(owner: psycopg.Connection[Any], statement: str) -> None:
    """Change the table as its owner may, triggers and policies aside."""
    owner.execute(
        "SELECT set_config('unionhall.low', '', false), set_config('unionhall.high', %s, false)",
        [BEHIND_EVERY_PATH],
    )
    owner.execute("ALTER TABLE audit_event DISABLE TRIGGER USER")
    assert owner.execute(statement).rowcount == 1
