"""Read a sheet as it came from the field: any format, moved columns, notes, damaged or hostile files.

First the file is recognized by its content and looked through as a stream (`recognition`, `archives`,
`compound`): what is no workbook, encrypted, a bomb, has macros or external entities is refused with its
own sentence before a parser sees it. Then a child process with hard limits of memory and time parses it
(`parcel`). External links are never followed: formulas give the value stored beside them.
"""

from pathlib import Path

import numpy as np

from unionhall.collection.sheets.columns import SheetKind
from unionhall.collection.sheets.parsing.limits import USUAL, Limits
from unionhall.collection.sheets.parsing.sentences import refused
from unionhall.collection.sheets.reading.parcel import send
from unionhall.collection.sheets.reading.rawgrids import RawGrid
from unionhall.collection.sheets.reading.recognition import recognize
from unionhall.collection.sheets.reading.tables import Table, Workbook

__all__ = ["Limits", "RawGrid", "Table", "Workbook", "choose", "read_grids", "read_workbook", "recognized"]


def read_workbook(source: Path | bytes, *, file_name: str = "", limits: Limits = USUAL) -> Workbook:
    """Return every table of the two forms found in a file.

    :raises Refused: with one sentence saying why the file cannot be read, that it holds no known form, or
        that the forms it holds have no data
    """
    data = _bytes_of(source, limits)
    found = send(data, recognize(data, limits=limits), want="tables", limits=limits)
    tables = tuple(_table(each) for each in found)
    if not tables:
        raise refused("no_table", rows=limits.header_rows)
    if not any(table.rows for table in tables):
        raise refused("no_data", title=tables[0].kind.form_title)
    return Workbook(tables)


def choose(workbook: Workbook, kind: SheetKind) -> tuple[Table, ...]:
    """Return the tables of the wanted kind.

    :raises Refused: if the file holds only the other form, or nothing is filled in in this one
    """
    tables = workbook.of(kind)
    if tables:
        return tables
    if any(table.kind == kind for table in workbook.tables):
        raise refused("no_data", title=kind.form_title)
    raise refused("wrong_kind", found=workbook.tables[0].kind.form_title, wanted=kind.form_title)


def read_grids(source: Path | bytes, *, limits: Limits = USUAL) -> list[RawGrid]:
    """Return all sheets of a file cell by cell, to build a workbook of the same layout."""
    data = _bytes_of(source, limits)
    return [
        RawGrid(**each) for each in send(data, recognize(data, limits=limits), want="grids", limits=limits)
    ]


def recognized(source: Path | bytes, *, limits: Limits = USUAL) -> str:
    """Return the format of a file by its content: "xlsx", "xls", "ods" or "csv"."""
    return recognize(_bytes_of(source, limits), limits=limits)


def _bytes_of(source: Path | bytes, limits: Limits) -> bytes:
    if isinstance(source, bytes):
        return source
    with source.open("rb") as file:
        return file.read(limits.file_size + 1)


def _table(found: dict[str, object]) -> Table:
    plain = {key: value for key, value in found.items() if key not in {"kind", "unknown", "numeric"}}
    numeric = {key: np.frombuffer(flags, dtype=np.bool_) for key, flags in found["numeric"].items()}  # type: ignore[attr-defined]
    return Table(
        kind=SheetKind(str(found["kind"])),
        unknown=tuple(found["unknown"]),  # type: ignore[arg-type]
        numeric=numeric,
        **plain,  # type: ignore[arg-type]
    )
