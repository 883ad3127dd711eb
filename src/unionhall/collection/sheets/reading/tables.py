"""What reading a file yields: the tables of the two forms, as text by column."""

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from unionhall.collection.sheets.columns import SheetKind, columns_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """One form on one sheet.

    `header_row` and `rows` count as Excel does, from 1; `positions` are zero-based columns. `cells` holds
    the text of each column found, all of the length of `rows`; `numeric` says which cells were numbers.
    """

    kind: SheetKind
    sheet: str
    header_row: int
    headers: Mapping[str, str] = field(default_factory=dict)
    positions: Mapping[str, int] = field(default_factory=dict)
    rows: list[int]
    cells: Mapping[str, list[str]]
    numeric: Mapping[str, NDArray[np.bool_]] = field(default_factory=dict)
    unknown: tuple[tuple[int, str], ...] = ()

    @property
    def missing(self) -> tuple[str, ...]:
        """Return the keys of the form's columns that the sheet does not have, in the form's order."""
        return tuple(column.key for column in columns_of(self.kind) if column.key not in self.cells)

    def texts(self, key: str) -> list[str]:
        """Return a column's texts; blanks if the sheet has no such column."""
        return self.cells[key] if key in self.cells else [""] * len(self.rows)

    def numbers(self, key: str) -> NDArray[np.bool_]:
        """Return which cells of a column were numbers."""
        flags = self.numeric.get(key)
        return np.zeros(len(self.rows), dtype=np.bool_) if flags is None else flags


@dataclass(frozen=True, slots=True)
class Workbook:
    """All tables found in one file, in the order of its sheets; at least one has data."""

    tables: tuple[Table, ...]

    def of(self, kind: SheetKind) -> tuple[Table, ...]:
        """Return the tables of one kind that have data, maybe none."""
        return tuple(table for table in self.tables if table.kind == kind and table.rows)
