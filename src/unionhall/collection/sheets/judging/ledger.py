"""Where findings are written down while a table is judged."""

from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

from unionhall.collection.sheets.columns import Column, SheetKind, columns_of
from unionhall.collection.sheets.findings import Finding, Severity
from unionhall.collection.sheets.laws import LAWS
from unionhall.collection.sheets.reading.tables import Table
from unionhall.standards.refusal import Refusal

PREFIX = {SheetKind.UNIONS: "union", SheetKind.MEMBERS: "member"}


class Ledger:
    """Collects the findings of one table; rows are given by their place in the table."""

    def __init__(self, table: Table) -> None:
        self.table = table
        self.findings: list[Finding] = []
        self.faulty: NDArray[np.bool_] = np.zeros(len(table.rows), dtype=np.bool_)
        self._same: dict[str, str] = {}
        self._codes: dict[tuple[str, str], str] = {}
        self._columns = {column.key: column for column in columns_of(table.kind)}

    def column(self, key: str) -> Column:
        """Return a column of the form."""
        return self._columns[key]

    def excel_row(self, index: int) -> int:
        """Return the row as Excel counts it."""
        return self.table.rows[index]

    def note(self, what: str, key: str, index: int, *, suggestion: str = "", **details: object) -> None:
        """Write down a breach of a law in a cell; details fill the law's sentence."""
        column = self._columns[key]
        law = LAWS[what]
        message = law.sentence.format(column=column.header, example=column.example, **details)
        self._write(key, index, what, law.severity, message, suggestion)

    def refuse(self, key: str, index: int, refusals: Iterable[Refusal]) -> None:
        """Write down what a parser of the standards has against a cell."""
        for refusal in refusals:
            what = refusal.code.rpartition(".")[2]
            self._write(key, index, what, Severity.ERROR, refusal.message, refusal.suggestion)

    def note_header(self, what: str, *, key: str, header: str) -> None:
        """Write down something about a whole column, in the header's row; the rows stay free of fault."""
        law = LAWS[what]
        self.findings.append(
            Finding(
                sheet=self.table.sheet,
                row=self.table.header_row,
                column=header,
                key=key,
                code=self._code(key, what),
                severity=law.severity,
                message=law.sentence.format(column=header),
            )
        )

    def sorted(self) -> list[Finding]:
        """Return the findings by row, and within a row from left to right."""
        return in_order(self.table, self.findings)

    def _write(
        self, key: str, index: int, what: str, severity: Severity, message: str, suggestion: str
    ) -> None:
        if severity == Severity.ERROR:
            self.faulty[index] = True
        self.findings.append(
            Finding(
                sheet=self.table.sheet,
                row=self.table.rows[index],
                column=self._columns[key].header,
                key=key,
                code=self._code(key, what),
                severity=severity,
                message=self._same.setdefault(message, message),
                suggestion=suggestion,
            )
        )

    def _code(self, key: str, what: str) -> str:
        code = self._codes.get((key, what))
        if code is None:
            code = ".".join(part for part in (PREFIX[self.table.kind], key, what) if part)
            self._codes[key, what] = code
        return code


def in_order(table: Table, findings: Iterable[Finding]) -> list[Finding]:
    """Return the findings of a table by row, and within a row from left to right."""
    order = {column.key: place for place, column in enumerate(columns_of(table.kind))}
    return sorted(findings, key=lambda found: (found.row, order.get(found.key, len(order))))


def places(mask: NDArray[np.bool_]) -> list[int]:
    """Return where a mask is true, as plain numbers."""
    return [int(place) for place in np.flatnonzero(mask)]
