"""Two roles: the owner migrates, the application's role works and owns nothing.

Everything here may be run again and again and ends in the same state.
"""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path
from typing import Any

import psycopg
from psycopg import sql
from psycopg.errors import InsufficientPrivilege

from unionhall.foundation.postgres.addresses import OWNER_ROLE, conninfo, is_embedded
from unionhall.foundation.postgres.embedded import ensure_running
from unionhall.foundation.postgres.refusals import DatabaseUnfit

Databases = dict[str, dict[str, Any]]
Cursor = psycopg.Cursor[tuple[Any, ...]]

OLDEST_VERSION = 15

OWNER_RIGHTS = "LOGIN NOSUPERUSER CREATEDB NOCREATEROLE NOBYPASSRLS"
APP_RIGHTS = "LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOBYPASSRLS"

# Django's own notes about migrations: read by the application's checks, written by the owner alone.
READ_ONLY_TABLES = ("django_migrations",)

GRANTS = """
GRANT USAGE ON SCHEMA public TO {role};
GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {role};
GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {role};
GRANT EXECUTE ON ALL ROUTINES IN SCHEMA public TO {role};
"""


def prepare_roles(databases: Databases, data: Path, *, durable: bool = True) -> None:
    """See to it that the server runs and both roles are there and fit.

    :param durable: see `embedded.ensure_running`
    :raises DatabaseUnfit: if the server is too old or out of reach, or a role is missing or too strong
    """
    if is_embedded(databases, data):
        _prepare_embedded(databases, ensure_running(data, durable=durable))
    elif databases["owner"]["USER"] == databases["default"]["USER"]:
        raise DatabaseUnfit("应用与属主不能使用同一个数据库用户，请在 APP_DATABASE_URL 中指定另一个用户。")
    else:
        _prepare_named(databases)
    refuse_unfit_roles(databases)


def grant_application(
    owner: psycopg.Connection[Any], role: str, *, append_only: Collection[str] = ()
) -> None:
    """Let the application's role read and write all tables there are; call it after every migration.

    :param append_only: tables whose rows the role may add and read, but never change or delete
    """
    with owner.transaction(), owner.cursor() as cursor:
        name = sql.Identifier(role)
        cursor.execute(sql.SQL(GRANTS).format(role=name))
        for table in _existing(cursor, append_only):
            cursor.execute(sql.SQL("REVOKE UPDATE, DELETE, TRUNCATE ON {} FROM {}").format(table, name))
        for table in _existing(cursor, READ_ONLY_TABLES):
            cursor.execute(
                sql.SQL("REVOKE INSERT, UPDATE, DELETE, TRUNCATE ON {} FROM {}").format(table, name)
            )


def refuse_unfit_roles(databases: Databases) -> None:
    """Enter as the application's role and make sure that row-level security binds it.

    :raises DatabaseUnfit: if it cannot enter, is too strong, or the server is older than 15
    """
    with _enter(databases["default"]) as application, application.cursor() as cursor:
        if application.info.server_version < OLDEST_VERSION * 10000:
            found = application.info.server_version // 10000
            raise DatabaseUnfit(f"PostgreSQL {found} 版本过低，请升级到 {OLDEST_VERSION} 或更高版本。")
        cursor.execute("SELECT rolsuper OR rolbypassrls FROM pg_roles WHERE rolname = current_user")
        if cursor.fetchone() == (True,):
            raise DatabaseUnfit(
                "应用的数据库用户是超级用户或可绕过行级安全，请在 APP_DATABASE_URL 中换用普通用户。"
            )
        cursor.execute("SELECT pg_has_role(current_user, %s, 'MEMBER')", [databases["owner"]["USER"]])
        if cursor.fetchone() == (True,):
            raise DatabaseUnfit("应用的数据库用户是属主的成员，等同属主，请收回该成员关系。")


def _prepare_embedded(databases: Databases, admin: str) -> None:
    with psycopg.connect(admin, autocommit=True) as connection, connection.cursor() as cursor:
        _one_at_a_time(cursor)
        _make_role(cursor, databases["owner"], OWNER_RIGHTS)
        _make_role(cursor, databases["default"], APP_RIGHTS)
        _make_database(cursor, databases["owner"]["NAME"])


def _prepare_named(databases: Databases) -> None:
    with _enter(databases["owner"]) as connection, connection.cursor() as cursor:
        _one_at_a_time(cursor)
        if _works(databases["default"]):
            return
        try:
            _make_role(cursor, databases["default"], APP_RIGHTS)
        except InsufficientPrivilege as error:
            raise DatabaseUnfit(
                "DATABASE_URL 的用户无权创建应用用户，请授予 CREATEROLE，或建好用户后写入 APP_DATABASE_URL。"
            ) from error


def _make_role(cursor: Cursor, setting: dict[str, Any], rights: str) -> None:
    role = sql.Identifier(setting["USER"])
    cursor.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [setting["USER"]])
    verb = "ALTER" if cursor.fetchone() else "CREATE"
    statement = sql.SQL("{} ROLE {} {} PASSWORD {}")
    cursor.execute(
        statement.format(
            sql.SQL(verb), role, sql.SQL(_settable(rights, verb)), sql.Literal(setting["PASSWORD"])
        )
    )


def _settable(rights: str, verb: str) -> str:
    """Only a superuser may name the rights when altering, even to deny them; creation denied them."""
    return "LOGIN" if verb == "ALTER" else rights


def _make_database(cursor: Cursor, name: str) -> None:
    cursor.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name])
    if not cursor.fetchone():
        statement = sql.SQL("CREATE DATABASE {} OWNER {}")
        cursor.execute(statement.format(sql.Identifier(name), sql.Identifier(OWNER_ROLE)))


def _one_at_a_time(cursor: Cursor) -> None:
    """Two first starts at once would both try to create; the second waits here until the first is done."""
    cursor.execute("SELECT pg_advisory_lock(hashtext('unionhall roles'))")


def _existing(cursor: Cursor, tables: Collection[str]) -> list[sql.Identifier]:
    cursor.execute(
        "SELECT tablename FROM pg_tables WHERE schemaname = 'public' AND tablename = ANY(%s)", [list(tables)]
    )
    return [sql.Identifier("public", name) for (name,) in cursor.fetchall()]


def _works(setting: dict[str, Any]) -> bool:
    try:
        psycopg.connect(conninfo(setting), connect_timeout=10).close()
    except psycopg.OperationalError:
        return False
    return True


def _enter(setting: dict[str, Any]) -> psycopg.Connection[tuple[Any, ...]]:
    try:
        return psycopg.connect(conninfo(setting), autocommit=True, connect_timeout=10)
    except psycopg.OperationalError as error:
        where = f"{setting['HOST'] or '本机'} 的数据库「{setting['NAME']}」"
        raise DatabaseUnfit(
            f"无法以用户「{setting['USER']}」连接{where}，请检查地址、口令和网络。"
        ) from error
