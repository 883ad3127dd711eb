"""The cast, built once in each database by the real actions; every later test gets its rows put back.

Five hundred statements become a dozen. What the actions would write is written the same: the rows are those
that they wrote, audit chain included. A test rolls back, so each begins with the empty registry again.
"""

from __future__ import annotations

import copy
from dataclasses import dataclass

from django.db import connection
from psycopg import sql

from tests.builders import Cast, make_cast
from unionhall.foundation import scoping

# Everything the cast writes, in an order in which foreign keys find what they name.
TABLES = (
    "unions_union",
    "unions_employer",
    "unions_affiliation",
    "unions_coverage",
    "accounts_user",
    "accounts_grant",
    "audit_event",
)
COLUMNS = """
SELECT string_agg(quote_ident(column_name), ', ' ORDER BY ordinal_position) FROM information_schema.columns
WHERE table_schema = 'public' AND table_name = %s AND is_generated = 'NEVER'
"""


@dataclass(frozen=True, slots=True)
class Kept:
    """The cast as objects, the statements that put its rows back, and the end of its audit chain."""

    cast: Cast
    rows: tuple[tuple[sql.Composed, str], ...]
    head: tuple[int, bytes]


_kept: dict[str, Kept] = {}


def cast() -> Cast:
    """Return the city everybody knows, standing in this test's database."""
    database = str(connection.settings_dict["NAME"])
    if _head()[0] != 0:
        return make_cast()  # something was remembered before: the chain goes on from there
    if database not in _kept:
        built = make_cast()
        with scoping.whole_registry():
            _kept[database] = Kept(copy.deepcopy(built), tuple(map(_taken, TABLES)), _head())
        return built
    kept = _kept[database]
    with scoping.whole_registry(), connection.cursor() as cursor:
        for statement, rows in kept.rows:
            cursor.execute(statement, [rows])
        cursor.execute("UPDATE audit_head SET sequence = %s, digest = %s", kept.head)
    return copy.deepcopy(kept.cast)


def _taken(table: str) -> tuple[sql.Composed, str]:
    with connection.cursor() as cursor:
        cursor.execute(COLUMNS, [table])
        columns = sql.SQL(cursor.fetchone()[0])
        cursor.execute(f"SELECT coalesce(json_agg(kept), '[]')::text FROM {table} AS kept")
        rows = str(cursor.fetchone()[0])
    put_back = "INSERT INTO {0} ({1}) SELECT {1} FROM json_populate_recordset(NULL::{0}, %s::json)"
    return sql.SQL(put_back).format(sql.Identifier(table), columns), rows


def _head() -> tuple[int, bytes]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT sequence, digest FROM audit_head")
        sequence, digest = cursor.fetchone()
    return int(sequence), bytes(digest)
