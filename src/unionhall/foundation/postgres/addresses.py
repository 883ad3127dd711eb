"""Where the database is and as whom it is entered. Nothing here connects, starts or writes anything."""

from __future__ import annotations

import hashlib
import hmac
import os
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from psycopg import ProgrammingError
from psycopg.conninfo import conninfo_to_dict, make_conninfo

from unionhall.foundation.postgres.refusals import DatabaseUnfit

DATABASE = "unionhall"
OWNER_ROLE = "unionhall_owner"
APP_ROLE = "unionhall_app"
PORT = "5432"

# A socket's path takes 107 bytes on Linux and 103 on macOS; libpq reads a comma in it as a second host.
SOCKET_PATH_LIMIT = 103
PLAIN_PATH = re.compile(r"[A-Za-z0-9_./+@-]+")

SETTING_OF = {"dbname": "NAME", "user": "USER", "password": "PASSWORD", "host": "HOST", "port": "PORT"}


def database_settings(*, url: str, app_url: str, data: Path, secret: str) -> dict[str, dict[str, Any]]:
    """Return Django's DATABASES: "default" enters as the application's role, "owner" as the owner.

    :param url: the owner's URL or conninfo; empty means the embedded server in the data directory
    :param app_url: the application's, needed only where the owner may not create roles
    :param secret: passwords of roles that we make ourselves are derived from it, so that none is stored
    :raises DatabaseUnfit: if a URL cannot be read
    """
    owner = _read(url, "DATABASE_URL") if url else _embedded(data, secret)
    application = _read(app_url, "APP_DATABASE_URL") if app_url else _application_of(owner, secret)
    return {"default": _setting(application), "owner": _setting(owner)}


def conninfo(setting: Mapping[str, Any], **over: str) -> str:
    """Return one of the DATABASES as a conninfo string, for a connection outside Django."""
    parts = {key: setting[name] for key, name in SETTING_OF.items() if setting.get(name)}
    options = {key: value for key, value in setting.get("OPTIONS", {}).items() if isinstance(value, str)}
    return make_conninfo("", **{**options, **parts, **over})


def is_embedded(databases: Mapping[str, Mapping[str, Any]], data: Path) -> bool:
    """Return whether the settings speak of the server in the data directory."""
    return bool(databases["owner"]["HOST"] == str(socket_directory(data)))


def server_directory(data: Path) -> Path:
    """Return where the embedded server keeps its files."""
    return data / "postgres"


def socket_directory(data: Path) -> Path:
    """Return where the embedded server listens: beside its files, or in /tmp if that path is too long."""
    place = server_directory(data)
    length = len(os.fsencode(place / f".s.PGSQL.{PORT}"))
    if length <= SOCKET_PATH_LIMIT and PLAIN_PATH.fullmatch(str(place)):
        return place
    mark = hashlib.sha256(os.fsencode(place)).hexdigest()[:16]
    return Path("/tmp") / f"unionhall-{mark}"  # noqa: S108 - made with mode 0700 and its owner checked (embedded.py)


def derived_password(secret: str, role: str) -> str:
    """Return the password of a role that we made ourselves."""
    return hmac.new(secret.encode(), f"postgresql role {role}".encode(), hashlib.sha256).hexdigest()


def _embedded(data: Path, secret: str) -> dict[str, str]:
    return {
        "dbname": DATABASE,
        "user": OWNER_ROLE,
        "password": derived_password(secret, OWNER_ROLE),
        "host": str(socket_directory(data)),
        "port": PORT,
    }


def _application_of(owner: dict[str, str], secret: str) -> dict[str, str]:
    return {**owner, "user": APP_ROLE, "password": derived_password(secret, APP_ROLE)}


def _read(url: str, variable: str) -> dict[str, str]:
    try:
        parts = {key: str(value) for key, value in conninfo_to_dict(url).items() if value is not None}
    except ProgrammingError as error:
        raise DatabaseUnfit(f"环境变量 {variable} 不是有效的 PostgreSQL 连接地址，请检查后重试。") from error
    if not parts.get("dbname") or not parts.get("user"):
        raise DatabaseUnfit(
            f"环境变量 {variable} 缺少用户名或数据库名，请写成 postgresql://用户:口令@主机/数据库。"
        )
    return parts


def _setting(parts: dict[str, str]) -> dict[str, Any]:
    named = {name: parts.get(key, "") for key, name in SETTING_OF.items()}
    options = {key: value for key, value in parts.items() if key not in SETTING_OF}
    return {
        "ENGINE": "django.db.backends.postgresql",
        **named,
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": {"application_name": "unionhall", **options},
    }
