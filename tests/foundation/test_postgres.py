"""The database under the house: found untouched, shared without fighting, entered with few rights."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psycopg
import pytest
from psycopg.conninfo import conninfo_to_dict

from unionhall.foundation import postgres
from unionhall.foundation.postgres.addresses import socket_directory
from unionhall.foundation.postgres.cluster import forget_dead_server

SECRET = "a secret of forty characters for the test"

# Uses the server until its input ends, as another command would.
NEIGHBOR = """
import sys
from pathlib import Path
from unionhall.foundation import postgres
postgres.ensure_running(Path(sys.argv[1]), durable=False)
print("running", flush=True)
sys.stdin.read()
"""


@pytest.fixture
def data() -> Iterator[Path]:
    """A data directory of its own, outside the one of the other tests."""
    place = Path(tempfile.mkdtemp(prefix="hall-"))
    yield place
    postgres.let_go(place)
    shutil.rmtree(place)


@pytest.fixture(scope="module")
def databases() -> Iterator[dict[str, dict[str, Any]]]:
    """A server with both roles, for the tests that only look at rights."""
    place = Path(tempfile.mkdtemp(prefix="hall-"))
    prepared = embedded(place)
    postgres.prepare_roles(prepared, place, durable=False)
    yield prepared
    postgres.let_go(place)
    shutil.rmtree(place)


@pytest.fixture
def owner(databases: dict[str, dict[str, Any]]) -> Iterator[psycopg.Connection[Any]]:
    with psycopg.connect(postgres.conninfo(databases["owner"]), autocommit=True) as connection:
        connection.execute("DROP SCHEMA public CASCADE; CREATE SCHEMA public")
        yield connection


@pytest.fixture
def application(databases: dict[str, dict[str, Any]], owner: object) -> Iterator[psycopg.Connection[Any]]:
    with psycopg.connect(postgres.conninfo(databases["default"]), autocommit=True) as connection:
        yield connection


def embedded(data: Path) -> dict[str, dict[str, Any]]:
    return postgres.database_settings(url="", app_url="", data=data, secret=SECRET)


def named(url: str, app_url: str = "") -> dict[str, dict[str, Any]]:
    return postgres.database_settings(url=url, app_url=app_url, data=Path("/nowhere"), secret=SECRET)


def answers(data: Path) -> bool:
    try:
        psycopg.connect(postgres.admin_conninfo(data)).close()
    except psycopg.OperationalError:
        return False
    return True


def neighbor(data: Path) -> subprocess.Popen[str]:
    process = subprocess.Popen(
        [sys.executable, "-c", NEIGHBOR, str(data)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "running\n"
    return process


def server_pid(data: Path) -> int:
    return int((data / "postgres" / "postmaster.pid").read_text().split()[0])


# -- Where it is ---------------------------------------------------------------------------------------


def test_reading_the_settings_makes_and_starts_nothing(data: Path) -> None:
    found = embedded(data)

    assert list(data.iterdir()) == []
    assert (found["owner"]["USER"], found["default"]["USER"]) == ("unionhall_owner", "unionhall_app")
    assert found["owner"]["HOST"] == found["default"]["HOST"] == str(data / "postgres")
    assert postgres.is_embedded(found, data)


def test_a_url_names_the_owner_and_the_application_enters_beside_it() -> None:
    found = named("postgresql://chief:word@db.example:6543/registry?sslmode=require")

    assert (found["owner"]["USER"], found["owner"]["PASSWORD"]) == ("chief", "word")
    assert (found["default"]["HOST"], found["default"]["PORT"]) == ("db.example", "6543")
    assert (found["default"]["USER"], found["default"]["NAME"]) == ("unionhall_app", "registry")
    assert found["default"]["OPTIONS"]["sslmode"] == "require"
    assert not postgres.is_embedded(found, Path("/nowhere"))


def test_the_application_may_be_named_by_its_own_url() -> None:
    found = named("postgresql://chief:word@db.example/registry", "postgresql://clerk:pen@db.example/registry")

    assert (found["default"]["USER"], found["default"]["PASSWORD"]) == ("clerk", "pen")


def test_derived_passwords_differ_by_role_and_by_secret(data: Path) -> None:
    ours = embedded(data)
    theirs = postgres.database_settings(url="", app_url="", data=data, secret=SECRET + "!")

    passwords = [setting["PASSWORD"] for found in (ours, theirs) for setting in found.values()]
    assert len(set(passwords)) == 4


def test_a_setting_becomes_a_conninfo_with_its_options() -> None:
    found = named("postgresql://chief:w%20d@db.example/registry?sslmode=require")

    assert conninfo_to_dict(postgres.conninfo(found["owner"], dbname="other")) == {
        "user": "chief",
        "password": "w d",
        "host": "db.example",
        "dbname": "other",
        "sslmode": "require",
        "application_name": "unionhall",
    }


@pytest.mark.parametrize(
    "url", ["postgresql://[nonsense", "mysql://chief@db/registry", "postgresql://db.example/"]
)
def test_a_url_that_cannot_be_read_is_refused_by_its_name(url: str) -> None:
    with pytest.raises(postgres.DatabaseUnfit, match="DATABASE_URL"):
        named(url)


@pytest.mark.parametrize("name", ["数据", "with blank", "with,comma", "x" * 100])
def test_a_path_no_socket_can_have_listens_elsewhere(data: Path, name: str) -> None:
    place = socket_directory(data / name)

    assert place.parent == Path("/tmp")
    assert place.name.startswith("unionhall-")


# -- The embedded server -------------------------------------------------------------------------------


def test_a_data_directory_with_an_odd_name_works(data: Path) -> None:
    odd = data / "数据 与 blanks"

    postgres.ensure_running(odd, durable=False)

    assert answers(odd)
    assert socket_directory(odd).stat().st_mode & 0o077 == 0
    postgres.let_go(odd)
    shutil.rmtree(socket_directory(odd))


def test_a_socket_directory_others_can_enter_is_refused(data: Path) -> None:
    odd = data / "数据"
    place = socket_directory(odd)
    place.mkdir()
    place.chmod(0o777)

    with pytest.raises(postgres.DatabaseUnfit, match="被他人占用"):
        postgres.ensure_running(odd, durable=False)
    place.rmdir()


def test_the_last_to_let_go_stops_the_server(data: Path) -> None:
    postgres.ensure_running(data, durable=False)
    other = neighbor(data)

    postgres.let_go(data)
    assert answers(data)

    other.communicate("")
    assert not answers(data)


def test_what_was_written_is_there_after_a_stop(data: Path) -> None:
    with psycopg.connect(postgres.ensure_running(data), autocommit=True) as connection:
        connection.execute("CREATE TABLE kept AS SELECT 7 AS number")
    postgres.let_go(data)

    with psycopg.connect(postgres.ensure_running(data)) as connection:
        assert connection.execute("SELECT number FROM kept").fetchall() == [(7,)]


def test_files_restored_by_root_are_used(data: Path) -> None:
    with psycopg.connect(postgres.ensure_running(data), autocommit=True) as connection:
        connection.execute("CREATE TABLE kept AS SELECT 7 AS number")
    postgres.let_go(data)
    for path in [data / "postgres", *(data / "postgres").rglob("*")]:
        os.chown(path, os.geteuid(), os.getegid())

    with psycopg.connect(postgres.ensure_running(data)) as connection:
        assert connection.execute("SELECT number FROM kept").fetchall() == [(7,)]


def test_two_first_starts_at_once_share_one_server(data: Path) -> None:
    others = [
        subprocess.Popen(
            [sys.executable, "-c", NEIGHBOR, str(data)], stdin=subprocess.PIPE, stdout=subprocess.PIPE
        )
        for _ in range(3)
    ]
    for other in others:
        assert other.stdout is not None
        assert other.stdout.readline() == b"running\n"

    assert answers(data)
    for other in others:
        other.communicate(b"")
    assert [other.returncode for other in others] == [0, 0, 0]
    assert not answers(data)


def test_a_directory_of_something_else_is_refused_and_left_alone(data: Path) -> None:
    (data / "postgres").mkdir()
    (data / "postgres" / "letter.txt").write_text("keep me")

    with pytest.raises(postgres.DatabaseUnfit, match="不是数据库文件"):
        postgres.ensure_running(data, durable=False)

    assert (data / "postgres" / "letter.txt").read_text() == "keep me"


def test_files_of_another_version_are_refused(data: Path) -> None:
    (data / "postgres").mkdir()
    (data / "postgres" / "PG_VERSION").write_text("16\n")

    with pytest.raises(postgres.DatabaseUnfit, match="PostgreSQL 16"):
        postgres.ensure_running(data, durable=False)


def test_the_note_of_a_dead_server_is_forgotten_when_its_number_is_another_program(data: Path) -> None:
    note = data / "postmaster.pid"
    note.write_text(f"{os.getpid()}\n{data}\n")

    forget_dead_server(data)

    assert not note.exists()


@pytest.mark.fault
def test_a_killed_server_is_started_again_with_what_was_committed(data: Path) -> None:
    with psycopg.connect(postgres.ensure_running(data), autocommit=True) as connection:
        connection.execute("CREATE TABLE kept AS SELECT 7 AS number")
        os.kill(server_pid(data), signal.SIGKILL)

    with psycopg.connect(postgres.ensure_running(data)) as connection:
        assert connection.execute("SELECT number FROM kept").fetchall() == [(7,)]


@pytest.mark.fault
def test_a_killed_command_does_not_keep_the_server_for_ever(data: Path) -> None:
    other = neighbor(data)
    other.kill()
    other.communicate()

    postgres.ensure_running(data, durable=False)
    assert answers(data)

    postgres.let_go(data)
    assert not answers(data)


# -- The two roles -------------------------------------------------------------------------------------


def test_the_application_owns_nothing_and_cannot_become_the_owner(
    application: psycopg.Connection[Any], owner: psycopg.Connection[Any]
) -> None:
    owner.execute("CREATE TABLE member (path text)")
    postgres.grant_application(owner, postgres.APP_ROLE)

    for forbidden in (
        "CREATE TABLE mine (path text)",
        "ALTER TABLE member DISABLE ROW LEVEL SECURITY",
        "DROP TABLE member",
        "TRUNCATE member",
        "SET ROLE unionhall_owner",
        "CREATE ROLE mine",
        "CREATE DATABASE mine",
    ):
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            application.execute(forbidden)


def test_row_level_security_binds_the_application_and_the_owner(
    application: psycopg.Connection[Any], owner: psycopg.Connection[Any]
) -> None:
    owner.execute("CREATE TABLE member AS SELECT 'a' AS path")
    owner.execute("ALTER TABLE member ENABLE ROW LEVEL SECURITY")
    owner.execute("ALTER TABLE member FORCE ROW LEVEL SECURITY")
    postgres.grant_application(owner, postgres.APP_ROLE)

    assert application.execute("SELECT count(*) FROM member").fetchone() == (0,)
    assert owner.execute("SELECT count(*) FROM member").fetchone() == (0,)


def test_append_only_tables_stay_so_however_often_rights_are_granted(
    application: psycopg.Connection[Any], owner: psycopg.Connection[Any]
) -> None:
    owner.execute("CREATE TABLE memory (id bigserial, deed text)")
    for _ in range(2):
        postgres.grant_application(owner, postgres.APP_ROLE, append_only=["memory", "not_made_yet"])

    application.execute("INSERT INTO memory (deed) VALUES ('seen')")
    for forbidden in ("UPDATE memory SET deed = 'unseen'", "DELETE FROM memory", "TRUNCATE memory"):
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            application.execute(forbidden)
    assert application.execute("SELECT deed FROM memory").fetchall() == [("seen",)]


def test_preparing_again_changes_nothing(databases: dict[str, dict[str, Any]]) -> None:
    place = Path(databases["owner"]["HOST"]).parent

    postgres.prepare_roles(databases, place, durable=False)

    with psycopg.connect(postgres.admin_conninfo(place)) as connection:
        rights = "rolname, rolsuper, rolbypassrls, rolcreatedb"
        query = f"SELECT {rights} FROM pg_roles WHERE rolname LIKE 'unionhall%'"
        assert sorted(connection.execute(query).fetchall()) == [
            ("unionhall_app", False, False, False),
            ("unionhall_owner", False, False, True),
        ]


def test_a_wrong_password_does_not_enter(databases: dict[str, dict[str, Any]]) -> None:
    guess = {**databases, "default": {**databases["default"], "PASSWORD": "guess"}}

    with pytest.raises(postgres.DatabaseUnfit, match="无法以用户「unionhall_app」连接"):
        postgres.refuse_unfit_roles(guess)


def test_an_application_with_a_superuser_s_rights_is_refused(databases: dict[str, dict[str, Any]]) -> None:
    strong = {**databases, "default": {**databases["default"], "USER": "postgres"}}

    with pytest.raises(postgres.DatabaseUnfit, match="超级用户"):
        postgres.refuse_unfit_roles(strong)


def test_an_application_that_is_the_owner_is_refused(databases: dict[str, dict[str, Any]]) -> None:
    same = {"default": databases["owner"], "owner": databases["owner"]}

    with pytest.raises(postgres.DatabaseUnfit, match="属主"):
        postgres.prepare_roles(same, Path("/nowhere"))


def test_an_owner_who_may_not_make_roles_is_told_of_the_other_way(
    databases: dict[str, dict[str, Any]],
) -> None:
    unmade = {**databases, "default": {**databases["default"], "USER": "not_made"}}

    with pytest.raises(postgres.DatabaseUnfit, match="APP_DATABASE_URL"):
        postgres.prepare_roles(unmade, Path("/nowhere"))
