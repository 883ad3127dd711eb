"""What a newcomer or an operator must know is written down: settings, commands, rooms, decisions."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

from unionhall.cli.main import COMMANDS

ROOT = Path(__file__).resolve().parents[2]
SOURCE = ROOT / "src" / "unionhall"
DOCS = ROOT / "docs"
VARIABLE = re.compile(r"\b(?:UNIONHALL_[A-Z_]+|[A-Z_]*DATABASE_URL)\b")


def text(*names: str) -> str:
    return "\n".join((ROOT / name).read_text(encoding="utf-8") for name in names)


def variables() -> set[str]:
    """Return every environment variable that the settings read: `os.environ` and `_flag` by their first word."""
    tree = ast.parse((SOURCE / "config" / "settings.py").read_text(encoding="utf-8"))
    calls = [node for node in ast.walk(tree) if isinstance(node, ast.Call)]
    reading = [node for node in calls if ast.unparse(node.func) in {"os.environ.get", "_flag"}]
    names = {node.args[0].value for node in reading if isinstance(node.args[0], ast.Constant)}
    subscripts = [
        node.slice.value
        for node in ast.walk(tree)
        if isinstance(node, ast.Subscript)
        and ast.unparse(node.value) == "os.environ"
        and isinstance(node.slice, ast.Constant)
    ]
    return {str(name) for name in [*names, *subscripts]}


def decisions() -> list[Path]:
    return sorted(path for path in (DOCS / "adr").glob("*.md") if path.name != "README.md")


def test_every_environment_variable_is_documented_and_no_other() -> None:
    written = set(VARIABLE.findall(text("docs/settings.md")))
    before_python = set(VARIABLE.findall(text("hall")))

    assert len(variables()) > 10
    assert written == variables() | before_python


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_is_documented(command: str) -> None:
    manuals = ["README.md", *(str(path.relative_to(ROOT)) for path in DOCS.glob("*.md"))]

    assert f"./hall {command}" in text(*manuals)


def test_decisions_are_numbered_one_after_the_other() -> None:
    numbers = [int(path.name.partition("-")[0]) for path in decisions()]

    assert numbers == list(range(1, len(numbers) + 1))
    assert numbers != []


def test_every_decision_says_what_was_decided_and_why() -> None:
    silent = [
        path.name for path in decisions() if not re.match(r"# \S.*\n", path.read_text(encoding="utf-8"))
    ]

    assert silent == []


def test_every_link_between_documents_leads_somewhere() -> None:
    pages = [ROOT / "README.md", *DOCS.rglob("*.md"), *SOURCE.glob("*/README.md")]
    broken = [
        f"{page.relative_to(ROOT)} → {link}"
        for page in pages
        for link in re.findall(r"\]\(([^)#\s]+)[^)]*\)", page.read_text(encoding="utf-8"))
        if "://" not in link and not link.startswith("mailto:") and not (page.parent / link).exists()
    ]

    assert broken == []
