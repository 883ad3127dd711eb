"""Whose registry is it? The demo touches only an empty one or its own, and clears only its own."""

from __future__ import annotations

import shutil
from enum import StrEnum
from pathlib import Path

import psycopg
from django.conf import settings
from django.db import connections
from psycopg import sql

from unionhall.cli.boot import OWNER
from unionhall.foundation import postgres
from unionhall.foundation.actor import BEHIND_EVERY_PATH
from unionhall.standards.refusal import Refusal, Refused

BEGUN, FINISHED = "demo.begun", "demo.finished"
PATIENCE = "10s"


class Registry(StrEnum):
    """What a database holds."""

    EMPTY = "empty"
    DEMO = "demo"
    REAL = "real"


def look() -> Registry:
    """Tell whether the database is empty, holds a demo, or somebody's registry; asked as the owner."""
    with _owner() as owner:
        owner.execute("SELECT set_config('unionhall.low', '', true)")
        owner.execute("SELECT set_config('unionhall.high', %s, true)", [BEHIND_EVERY_PATH])
        if _has(owner, "audit_event", "kind", BEGUN):
            return Registry.DEMO
        return Registry.REAL if _has(owner, "unions_union") else Registry.EMPTY


def refuse_real() -> None:
    """Stop before anything is written into a registry that people work with.

    :raises Refused: if the database holds unions and no demo
    """
    if look() == Registry.REAL:
        message = (
            "该数据库中已有正式的工会登记数据，演示不会写入或清空它；"
            "请用环境变量 UNIONHALL_DATA 另指定一个数据目录，或用 DATABASE_URL 另指定一个空数据库。"
        )
        raise Refused(Refusal("demo.real_registry", message))


def clear(folder: Path) -> None:
    """Drop everything the demo made: the tables, and its files.

    :raises Refused: if the database is not the demo's own, or somebody is using it
    """
    refuse_real()
    role = settings.DATABASES["default"]["USER"]
    connections.close_all()
    try:
        with _owner() as owner:
            owner.execute(f"SET LOCAL lock_timeout = '{PATIENCE}'")
            owner.execute("DROP SCHEMA IF EXISTS public CASCADE")
            owner.execute("CREATE SCHEMA public")
            owner.execute(sql.SQL("GRANT USAGE ON SCHEMA public TO {}").format(sql.Identifier(role)))
    except psycopg.errors.LockNotAvailable as error:
        message = "数据库正在使用中，无法清空；请先停止正在运行的 ./hall serve 或 ./hall demo，再试一次。"
        raise Refused(Refusal("demo.in_use", message)) from error
    shutil.rmtree(folder, ignore_errors=True)


def _owner() -> psycopg.Connection[tuple[object, ...]]:
    return psycopg.connect(postgres.conninfo(connections[OWNER].settings_dict))


def _has(
    owner: psycopg.Connection[tuple[object, ...]], table: str, column: str = "", value: str = ""
) -> bool:
    """Say whether a table is there and has a row (with a value in a column, when given)."""
    if owner.execute("SELECT to_regclass(%s)", [f"public.{table}"]).fetchone() == (None,):
        return False
    wanted = sql.SQL("SELECT 1 FROM {}").format(sql.Identifier(table))
    if not column:
        return owner.execute(wanted + sql.SQL(" LIMIT 1")).fetchone() is not None
    where = sql.SQL(" WHERE {} = %s LIMIT 1").format(sql.Identifier(column))
    return owner.execute(wanted + where, [value]).fetchone() is not None
