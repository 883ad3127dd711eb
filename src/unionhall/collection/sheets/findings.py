"""What judging a sheet yields: findings in cells, and the facts that the cells mean."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from unionhall.collection.sheets.columns import SheetKind
from unionhall.collection.sheets.reading.tables import Table

Facts = Mapping[str, Sequence[object]]
"""Key → canonical values, one per row, plain and ready for JSON: codes, ISO days, whole numbers or None,
truth values, tidied text. A value that was refused or left blank is "" (None for a number)."""


class Severity(StrEnum):
    ERROR = "error"
    WARNING = "warning"
    INFO = "info"

    @property
    def label(self) -> str:
        """Return what people call it."""
        return {"error": "错误", "warning": "警告", "info": "提示"}[self.value]


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One fault or remark, in one cell.

    `row` counts as Excel does; `column` is the form's label, `key` its key ("" for a column the form does not
    have); `code` is stable, for machines. `suggestion` is a value that would be accepted, "" if there is
    none; it is never applied silently.
    """

    sheet: str
    row: int
    column: str
    key: str
    code: str
    severity: Severity
    message: str
    suggestion: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Judgement:
    """A table with everything found in it; `faulty` marks the rows that have an error."""

    table: Table
    findings: list[Finding]
    facts: Facts
    faulty: NDArray[np.bool_]

    @property
    def kind(self) -> SheetKind:
        """Return which form was judged."""
        return self.table.kind

    @property
    def rows(self) -> int:
        """Return how many rows of data the table has."""
        return len(self.table.rows)

    def count(self, severity: Severity) -> int:
        """Return how many findings of a severity there are."""
        return sum(1 for finding in self.findings if finding.severity == severity)
