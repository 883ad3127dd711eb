"""Find a form's table by its labels, wherever it stands on a sheet. Runs in the child process.

A header is the row, among the first fifteen, with most known labels. Labels are compared without blanks,
line breaks, stars and notes in brackets; where the forms' group row (单位信息, 工会信息) stands above, it
tells two columns of one label apart, and a label merged over both rows counts for the lower one.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from unionhall.collection.sheets.columns import SHEETS, Column, SheetKind
from unionhall.collection.sheets.parsing.sentences import refused
from unionhall.standards.text import squeeze

LEAST_LABELS = 4
ANCHORS = {
    SheetKind.UNIONS: {"employer_name", "union_name", "union_credit_code"},
    SheetKind.MEMBERS: {"name", "document_number"},
}
STARS = "*＊★☆※"
NOTE = re.compile(r"\([^()]*\)$")
OWN_COLUMNS = {"错误原因", "检查结果"}
"""Columns this program adds to a returned workbook; they are not strange to it."""


@dataclass(frozen=True, slots=True)
class Header:
    """Where a table was found: zero-based row, and column of each key; what was not understood."""

    kind: SheetKind
    row: int
    positions: dict[str, int]
    labels: dict[str, str]
    unknown: list[tuple[int, str]]


def plain_label(text: str) -> str:
    """Return a label as labels are compared: no blanks, no stars, lower case."""
    return squeeze(text).strip(STARS).strip(":").lower()


def without_note(label: str) -> str:
    """Return a label without a note in brackets at its end, as （必填） or （yyyy/MM/dd）."""
    return NOTE.sub("", label).strip(STARS)


def _known_labels(columns: Sequence[Column]) -> dict[str, tuple[str, int]]:
    """Return label → (key, rank); the form's own label has rank 0, aliases follow."""
    known: dict[str, tuple[str, int]] = {}
    for column in columns:
        for rank, label in enumerate((column.header, *column.aliases)):
            for written in (plain_label(label), without_note(plain_label(label))):
                if written not in known or known[written][1] > rank:
                    known[written] = (column.key, rank)
    return known


KNOWN = {kind: _known_labels(columns) for kind, columns in SHEETS.items()}
GROUPS = {
    kind: {plain_label(column.group) for column in columns if column.group}
    for kind, columns in SHEETS.items()
}


def find_header(rows: Sequence[Sequence[str]], *, sheet: str) -> Header | None:
    """Return the best header in the first rows of a sheet, or None if there is none.

    :raises Refused: if two columns bear the same label
    """
    best: Header | None = None
    for number in range(len(rows)):
        for kind in SheetKind:
            header = _header_at(rows, number, kind, sheet)
            if header and (best is None or len(header.positions) > len(best.positions)):
                best = header
    return best


def _header_at(rows: Sequence[Sequence[str]], number: int, kind: SheetKind, sheet: str) -> Header | None:
    above = rows[number - 1] if number else []
    found: dict[str, list[tuple[int, int, str]]] = {}
    unknown: list[tuple[int, str]] = []
    group = ""
    for column in range(max(len(rows[number]), len(above))):
        over = plain_label(_at(above, column))
        group = over or group
        text = _at(rows[number], column)
        if not text.strip() and over not in GROUPS[kind]:
            text = _at(above, column)
        match = _match(text, group, kind)
        if match:
            found.setdefault(match[0], []).append((match[1], column, text.strip()))
        elif text.strip():
            unknown.append((column, " ".join(text.split())))
    if len(found) < LEAST_LABELS or not ANCHORS[kind] & found.keys():
        return None
    return _settled(kind, number, found, unknown, sheet)


def _match(text: str, group: str, kind: SheetKind) -> tuple[str, int] | None:
    label = plain_label(text)
    if not label:
        return None
    known = KNOWN[kind]
    candidates = [label, without_note(label)]
    if group in GROUPS[kind]:
        # 单位信息 + 统一社会信用代码 = 单位统一社会信用代码: more exact than the bare label.
        candidates = [group.removesuffix("信息") + label, *candidates]
    return next((known[candidate] for candidate in candidates if candidate in known), None)


def _settled(
    kind: SheetKind,
    number: int,
    found: dict[str, list[tuple[int, int, str]]],
    unknown: list[tuple[int, str]],
    sheet: str,
) -> Header:
    """Let the best label win where several columns claim one key; two alike are refused."""
    positions: dict[str, int] = {}
    written: dict[str, str] = {}
    for key, claims in found.items():
        claims.sort()
        rivals = [claim for claim in claims if claim[0] == claims[0][0]]
        if len(rivals) > 1:
            letters = "、".join(letter(column) for _, column, _ in rivals)
            raise refused(
                "duplicated_column", sheet=sheet, header=rivals[0][2], count=len(rivals), letters=letters
            )
        positions[key], written[key] = claims[0][1], claims[0][2]
        unknown.extend((column, label) for _, column, label in claims[1:])
    strange = [(column, label) for column, label in sorted(unknown) if label not in OWN_COLUMNS]
    return Header(kind, number, positions, written, strange)


def letter(column: int) -> str:
    """Return Excel's letters of a zero-based column.

    >>> letter(0), letter(27)
    ('A', 'AB')
    """
    letters = ""
    number = column + 1
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def _at(row: Sequence[str], column: int) -> str:
    return row[column] if column < len(row) else ""
