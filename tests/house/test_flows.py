"""Flows stand in one table, looks over the whole registry are few and explained, and sets are written as sets."""

from __future__ import annotations

import ast
import importlib
from collections.abc import Iterator
from pathlib import Path

from unionhall.reviews.actions import PREFIX
from unionhall.workflows import table

SOURCE = Path(__file__).resolve().parents[2] / "src" / "unionhall"

# Modules of `workflows` that are no flow, each with what it is.
NO_FLOW = {
    "apps": "Django's card of the room",
    "registering": "the effect of a flow, called by it",
    "table": "the table itself",
}

# Whoever looks over the whole registry, and why its answer reveals nothing of other branches.
WHOLE_REGISTRY = {
    ("accounts.actions", "grant"): "the roles a person holds anywhere decide which may be added; none is named",
    ("accounts.queries", "acting_choices"): "one's own grants, before a scope is known",
    ("accounts.queries", "awaiting_grant"): "whether an account holds any grant; shown only where it was opened",
    ("accounts.queries", "reviewers_at"): "the officers of a superior are no secret from those below",
    ("audit.queries", "verify"): "the chain is one; the answer is a number",
    ("collection.registry", "_judge_held"): "held here or elsewhere, never where",
    ("collection.registry_unions", "_known"): "an employer is covered by another union, never by which",
    ("members.actions.admitting", "_person"): "the record of who comes back moves here with the person",
    ("members.actions.bulk", "_refusals"): "held here or elsewhere, never where",
    ("members.actions.bulk", "admit_incoming"): "the records of those who come back move here with them",
    ("members.queries", "holders"): "held here or elsewhere, never where",
    ("unions.actions.covering", "_known"): "an employer is covered by another union, never by which",
    ("unions.actions.covering", "_enter"): "an employer that nobody covers moves to the branch that takes it on",
    ("unions.queries", "affiliation_history"): "who stood above a union is no secret from those below",
    ("unions.queries", "reporting_union"): "through whom one reports is no secret",
    ("unions.queries", "superiors"): "who stands above is no secret from those below",
    ("unions.queries", "taken_codes"): "in use or not, never by whom",
}  # fmt: skip

# Actions that write row by row, each with how many rows that can be.
SAVES_IN_A_LOOP: dict[tuple[str, str], str] = {}
WRITES_ONE_ROW = {"save", "create", "get_or_create", "update_or_create"}


def modules(*parts: str) -> Iterator[tuple[str, ast.Module]]:
    for path in sorted(SOURCE.joinpath(*parts).rglob("*.py")):
        if "migrations" not in path.parts:
            name = ".".join(path.relative_to(SOURCE).with_suffix("").parts)
            yield name, ast.parse(path.read_text(encoding="utf-8"))


def functions(tree: ast.Module) -> Iterator[ast.FunctionDef]:
    return (node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef))


def called(node: ast.AST) -> Iterator[str]:
    """Yield the last word of everything that is called within a node."""
    for call in ast.walk(node):
        if isinstance(call, ast.Call):
            yield ast.unparse(call.func).rpartition(".")[2]


# -- Flows ---------------------------------------------------------------------------------------------


def test_every_flow_stands_in_the_table() -> None:
    names = {path.stem for path in (SOURCE / "workflows").glob("*.py")} - {"__init__"} - NO_FLOW.keys()
    kinds = {importlib.import_module(f"unionhall.workflows.{name}").KIND for name in names}

    assert table.DECIDE.keys() == kinds
    assert table.SUBMIT.keys() == kinds


def test_every_module_that_is_no_flow_is_there_and_has_no_kind() -> None:
    found = [importlib.import_module(f"unionhall.workflows.{name}") for name in NO_FLOW]

    assert [module.__name__ for module in found if hasattr(module, "KIND")] == []


def test_every_kind_has_its_own_letters_on_the_receipt() -> None:
    assert PREFIX.keys() == table.DECIDE.keys()
    assert len(set(PREFIX.values())) == len(PREFIX)


# -- The whole registry --------------------------------------------------------------------------------


def test_whoever_looks_over_the_whole_registry_is_known_and_explained() -> None:
    callers = {
        (name, function.name)
        for name, tree in modules()
        for function in functions(tree)
        if "whole_registry" in called(function)
    }

    assert callers == WHOLE_REGISTRY.keys()


def test_the_scope_of_everything_is_for_the_system_and_its_commands() -> None:
    used = {name for name, tree in modules() if "everything" in set(called(tree))}
    users = {name for name in used if not name.startswith("cli.")}

    assert users == {"foundation.actor", "foundation.scoping"}


# -- Sets are written as sets --------------------------------------------------------------------------


def test_no_action_writes_row_by_row() -> None:
    looping = {
        (name, function.name)
        for name, tree in modules()
        if ".actions" in name or name.startswith(("workflows.", "collection."))
        for function in functions(tree)
        for loop in ast.walk(function)
        if isinstance(loop, ast.For | ast.While) and WRITES_ONE_ROW & set(called(loop))
    }

    assert looping == SAVES_IN_A_LOOP.keys()
