"""From a judged sheet to rows in the database: columns in, one set-based write out.

PostgreSQL refuses COPY into a table under row-level security, so rows go by binary COPY into a
temporary table and from there, by one statement, through the policy into their place.
"""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from django.conf import settings
from django.db import connection
from django.db.backends.utils import CursorWrapper
from psycopg.types.json import Jsonb

from unionhall.collection.models import Finding
from unionhall.collection.sheets.columns import SheetKind
from unionhall.collection.sheets.findings import Finding as Found
from unionhall.collection.sheets.findings import Judgement, Severity
from unionhall.foundation.crypto import blind_indexes, seal_many
from unionhall.standards.text import name_key

SEALED_KEYS = frozenset({"document_number", "mobile", "phone"})
IDENTITY, PHONES, LABELS = "document_number", ("mobile", "phone"), {"unions": "union_name", "members": "name"}
NAME_KEYS = {"employer_name": "employer_key", "union_name": "union_key", "superior_name": "superior_key"}
AREA_UNKNOWN = ".area_unknown"
COLUMNS = (
    "sheet", "number", "label", "cells", "facts", "sealed", "identity_sealed", "identity_index",
    "phone_sealed", "phone_index", "error_count", "warning_count", "content_hash",
)  # fmt: skip
TYPES = ("text", "int4", "text", "jsonb", "jsonb", *("bytea",) * 5, "int2", "int2", "bytea")
TEMPORARY = """
CREATE TEMPORARY TABLE staged_row (
  sheet text, number int, label text, cells jsonb, facts jsonb, sealed bytea, identity_sealed bytea,
  identity_index bytea, phone_sealed bytea, phone_index bytea, error_count int2, warning_count int2, content_hash bytea
) ON COMMIT DROP
"""
KEEP = f"""
INSERT INTO collection_row (path, batch_id, source_id, kind, state, returned_why, version, {", ".join(COLUMNS)})
SELECT %(path)s, %(batch)s, %(source)s, %(kind)s, 'judged', '', 1, {", ".join(COLUMNS)} FROM staged_row
ORDER BY number
"""
FINDING_COLUMNS = ("number", "key", "column", "code", "severity", "message", "suggestion")
FINDING_TYPES = ("int4", *("text",) * 6)
TEMPORARY_FINDINGS = """
CREATE TEMPORARY TABLE staged_finding (
  number int, key text, "column" text, code text, severity text, message text, suggestion text
) ON COMMIT DROP
"""
KEEP_FINDINGS = """
INSERT INTO collection_finding
  (path, batch_id, row_id, key, "column", code, severity, message, suggestion, from_registry)
SELECT %(path)s, %(batch)s, row.id, staged.key, staged."column", staged.code, staged.severity,
  staged.message, staged.suggestion, false
FROM staged_finding AS staged
LEFT JOIN collection_row AS row
  ON row.source_id = %(source)s AND row.sheet = %(sheet)s AND row.number = staged.number
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Typed:
    """Rows of one kind, column by column: what was typed, what it means, and what was found wrong."""

    kind: SheetKind
    sheets: Sequence[str]
    numbers: Sequence[int]
    cells: dict[str, Sequence[str]]
    facts: dict[str, Sequence[object]]
    error_counts: Sequence[int]
    warning_counts: Sequence[int]


def records(typed: Typed) -> Iterator[tuple[object, ...]]:
    """Return each row in the order of `COLUMNS`, numbers and phones sealed and indexed column by column."""
    count = len(typed.numbers)
    facts = list(_facts(typed, count))
    identities = [str(value or "") for value in typed.facts.get(IDENTITY, [""] * count)]
    phones = _phones(typed, count)
    identity_index, phone_index = _index(identities, "identity"), _index(phones, "phone")
    hashes = [
        content_hash(typed.kind, row, identity, phone)
        for row, identity, phone in zip(facts, identity_index, phone_index, strict=True)
    ]
    return zip(
        typed.sheets,
        typed.numbers,
        [label[:200] for label in typed.cells[LABELS[typed.kind]]],
        [Jsonb(row) for row in _rows(typed.cells, count, leave_out=SEALED_KEYS)],
        [Jsonb(row) for row in facts],
        sealed_cells(typed.cells, count),
        _seal(identities, "identity"),
        identity_index,
        _seal(phones, "phone"),
        phone_index,
        typed.error_counts,
        typed.warning_counts,
        hashes,
        strict=True,
    )


def keep(rows: Iterable[tuple[object, ...]], *, path: str, batch: int, source: int, kind: SheetKind) -> int:
    """Write rows into the batch and return how many."""
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE IF EXISTS staged_row")
        cursor.execute(TEMPORARY)
        _copy(cursor, "staged_row", COLUMNS, TYPES, rows)
        cursor.execute(KEEP, {"path": path, "batch": batch, "source": source, "kind": kind.value})
        return int(cursor.rowcount)


def keep_findings(found: Iterable[Found], *, path: str, batch: int, source: int, sheet: str) -> None:
    """Write the findings of one sheet beside its rows, which are kept already."""
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE IF EXISTS staged_finding")
        cursor.execute(TEMPORARY_FINDINGS)
        lines = (
            (one.row, one.key, one.column, one.code, one.severity, one.message[:500], one.suggestion[:200])
            for one in found
        )
        _copy(cursor, "staged_finding", FINDING_COLUMNS, FINDING_TYPES, lines)
        cursor.execute(KEEP_FINDINGS, {"path": path, "batch": batch, "source": source, "sheet": sheet})


def _copy(
    cursor: CursorWrapper,
    table: str,
    columns: Sequence[str],
    types: Sequence[str],
    rows: Iterable[Sequence[object]],
) -> None:
    names = ", ".join(f'"{name}"' for name in columns)
    with cursor.copy(f"COPY {table} ({names}) FROM STDIN (FORMAT BINARY)") as copy:
        copy.set_types(types)
        for row in rows:
            copy.write_row(row)
    cursor.execute(f"ANALYZE {table}")


def content_hash(
    kind: SheetKind, facts: dict[str, object], identity: bytes | None, phone: bytes | None
) -> bytes:
    """Return the digest of what a row means: this is what a reviewer sees and approves."""
    text = json.dumps(facts, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(
        kind.encode() + (identity or b"-") + (phone or b"-") + text.encode("utf-8")
    ).digest()


def sealed_cells(cells: dict[str, Sequence[str]], count: int) -> list[bytes]:
    """Seal what was typed in the protected columns, one value per row."""
    kept = {key: column for key, column in cells.items() if key in SEALED_KEYS}
    texts = (json.dumps(row, ensure_ascii=False) for row in _rows(kept, count, leave_out=frozenset()))
    return seal_many(texts, purpose="cells")


def _facts(typed: Typed, count: int) -> Iterator[dict[str, object]]:
    """Yield each row's meaning without the protected values, with the keys by which names are compared."""
    keys = {
        NAME_KEYS[key]: [name_key(text) for text in column]
        for key, column in typed.cells.items()
        if key in NAME_KEYS
    }
    return _rows({**typed.facts, **keys}, count, leave_out=SEALED_KEYS)


def _rows(
    columns: dict[str, Sequence[object]] | dict[str, Sequence[str]], count: int, *, leave_out: frozenset[str]
) -> Iterator[dict[str, object]]:
    kept = {key: column for key, column in columns.items() if key not in leave_out}
    if not kept:
        return iter([{} for _ in range(count)])
    names = tuple(kept)
    return (dict(zip(names, values, strict=True)) for values in zip(*kept.values(), strict=True))


def _phones(typed: Typed, count: int) -> list[str]:
    column = next((typed.facts[key] for key in PHONES if key in typed.facts), [""] * count)
    return [str(value or "") for value in column]


def _index(texts: Sequence[str], purpose: str) -> list[bytes | None]:
    found = iter(blind_indexes((text for text in texts if text), purpose=purpose))
    return [next(found) if text else None for text in texts]


def _seal(texts: Sequence[str], purpose: str) -> list[bytes | None]:
    sealed = iter(seal_many((text for text in texts if text), purpose=purpose))
    return [next(sealed) if text else None for text in texts]


def typed(
    judgement: Judgement, cells: Mapping[str, Sequence[str]], sheets: Sequence[str], numbers: Sequence[int]
) -> Typed:
    """Put what was typed beside what it means and how much was found wrong with it."""
    errors = Counter(found.row for found in judgement.findings if found.severity == Severity.ERROR)
    warnings = Counter(found.row for found in judgement.findings if found.severity == Severity.WARNING)
    return Typed(
        kind=judgement.kind,
        sheets=sheets,
        numbers=numbers,
        cells=dict(cells),
        facts=dict(judgement.facts),
        error_counts=[errors[number] for number in numbers],
        warning_counts=[warnings[number] for number in numbers],
    )


def without_known_areas(judgement: Judgement) -> Judgement:
    """Leave out the remark on an unknown area code where this site knows the code (`KNOWN_AREAS`)."""
    if not settings.KNOWN_AREAS or "document_number" not in judgement.facts:
        return judgement
    numbers = dict(zip(judgement.table.rows, judgement.facts["document_number"], strict=True))
    kept = [
        found
        for found in judgement.findings
        if not (found.code.endswith(AREA_UNKNOWN) and str(numbers[found.row])[:6] in settings.KNOWN_AREAS)
    ]
    return replace(judgement, findings=kept)


def finding(found: Found, *, batch_id: int, path: str, row_id: int | None) -> Finding:
    """Return a finding of a sheet as a record of the batch."""
    return Finding(
        path=path,
        batch_id=batch_id,
        row_id=row_id,
        key=found.key,
        column=found.column,
        code=found.code,
        severity=found.severity,
        message=found.message[:500],
        suggestion=found.suggestion[:200],
    )
