"""What the repository promises: nothing of one machine in it, every package locked, every room explained."""

from __future__ import annotations

import ast
import json
import re
import subprocess
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner
from django.core.management import call_command

from unionhall.cli.main import COMMANDS, command

ROOT = Path(__file__).resolve().parents[2]
SOURCE = ROOT / "src" / "unionhall"

# Written in two halves, so that this file does not name what it forbids.
FOREIGN = re.compile(
    "|".join(
        [
            "/work" + "/",
            "/root" + "/",
            "/tmp/bash" + "_jobs",
            "python" + "hosted",
            "npm" + r"js\.",
            r"pypi\." + "org",
            "deb" + r"\.debian",
        ]
    )
)
WITHOUT_README = {"config", "web", "cli", "ui"}
FORBIDDEN_NAMES = {"utils", "util", "common", "core", "helpers", "misc", "lib", "extras"}
READERS_OF_THE_ENVIRONMENT = {"config/settings.py"}


def tracked() -> list[Path]:
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, check=True, capture_output=True, text=True)
    return [ROOT / name for name in listed.stdout.split("\0") if name and (ROOT / name).is_file()]


def texts() -> Iterator[tuple[str, str]]:
    for path in tracked():
        try:
            yield str(path.relative_to(ROOT)), path.read_text(encoding="utf-8")
        except UnicodeDecodeError:
            continue


def modules() -> Iterator[tuple[str, ast.Module]]:
    for path in sorted(SOURCE.rglob("*.py")):
        yield str(path.relative_to(SOURCE)), ast.parse(path.read_text(encoding="utf-8"))


def test_nothing_names_a_machine_or_a_registry() -> None:
    assert [name for name, text in texts() if FOREIGN.search(text)] == []


def test_every_python_package_is_pinned_with_hashes() -> None:
    lines = (ROOT / "requirements.lock").read_text(encoding="utf-8").splitlines()
    packages = [number for number, line in enumerate(lines) if re.match(r"\w", line)]

    assert packages
    assert [lines[number] for number in packages if not re.match(r"[\w.\[\]-]+==\S+", lines[number])] == []
    assert [lines[number] for number in packages if "--hash=sha256:" not in lines[number + 1]] == []
    assert [line for line in lines if "://" in line or "index-url" in line] == []


def test_every_wanted_python_package_is_in_the_lock() -> None:
    wanted = re.findall(r"^([\w-]+)", (ROOT / "requirements.in").read_text(encoding="utf-8"), re.MULTILINE)
    locked = re.findall(
        r"^([\w-]+)==", (ROOT / "requirements.lock").read_text(encoding="utf-8"), re.MULTILINE
    )

    assert sorted(set(wanted) - set(locked)) == []


def test_every_front_end_package_is_pinned_with_its_hash_and_no_address() -> None:
    lock = json.loads((ROOT / "package-lock.json").read_text(encoding="utf-8"))
    packages = {name: package for name, package in lock["packages"].items() if name}

    assert packages
    assert [name for name, package in packages.items() if "integrity" not in package] == []
    assert [name for name, package in packages.items() if "resolved" in package] == []


def test_every_room_says_what_it_owns() -> None:
    rooms = [path.parent for path in SOURCE.glob("*/__init__.py") if path.parent.name not in WITHOUT_README]

    assert [room.name for room in rooms if not (room / "README.md").is_file()] == []


def test_every_package_stands_on_a_storey() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    storeys = project["tool"]["importlinter"]["contracts"][0]["layers"]
    named = {name.strip("() ") for storey in storeys for name in storey.split("|")}

    assert {path.parent.name for path in SOURCE.glob("*/__init__.py")} - named == set()


def test_only_the_settings_read_the_environment() -> None:
    readers = {name for name, tree in modules() if any(map(reads_environment, ast.walk(tree)))}

    assert readers == READERS_OF_THE_ENVIRONMENT


def reads_environment(node: ast.AST) -> bool:
    """Naming the settings module (`os.environ[…] = …`, `setdefault`) sets; all else reads."""
    if isinstance(node, ast.Attribute) and node.attr in {"getenv", "environb"}:
        return isinstance(node.value, ast.Name) and node.value.id == "os"
    if isinstance(node, ast.Attribute) and is_environ(node.value):
        return node.attr != "setdefault"
    return isinstance(node, ast.Subscript) and isinstance(node.ctx, ast.Load) and is_environ(node.value)


def is_environ(node: ast.AST) -> bool:
    return isinstance(node, ast.Attribute) and node.attr == "environ"


def test_no_drawer_for_everything() -> None:
    found = [
        path for path in SOURCE.rglob("*") if path.stem in FORBIDDEN_NAMES and "__pycache__" not in path.parts
    ]

    assert found == []


def test_no_signal_receivers_and_no_wildcard_imports() -> None:
    offenders = [
        name
        for name, tree in modules()
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom)
        and (
            node.module in {"django.db.models.signals", "django.dispatch"}
            or any(it.name == "*" for it in node.names)
        )
    ]

    assert offenders == []


@pytest.mark.django_db(databases=["default", "owner"])
def test_no_migration_is_missing() -> None:
    call_command("makemigrations", check_changes=True, dry_run=True, verbosity=0)


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_explains_itself(name: str) -> None:
    shown = CliRunner().invoke(command, [name, "--help"])

    assert shown.exit_code == 0
    assert "./hall " + name in shown.output
    assert COMMANDS[name].line


def test_an_unknown_command_is_refused() -> None:
    shown = CliRunner().invoke(command, ["fly"])

    assert shown.exit_code == 2
