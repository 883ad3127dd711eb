"""Judge a table by every rule that needs no registry (domain reference 2.4 and 3.3).

`judge` is for a table as it was read, `judge_rows` for a few rows after a correction: the same functions on
longer and shorter columns. `judge_together` compares the two sheets. Only the day comes from outside.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import numpy as np
from numpy.typing import NDArray

from unionhall.collection.sheets.columns import Form, SheetKind, columns_of
from unionhall.collection.sheets.findings import Facts, Judgement
from unionhall.collection.sheets.judging.across import judge_member_table, judge_union_table
from unionhall.collection.sheets.judging.cells import Cells, judge_cells
from unionhall.collection.sheets.judging.documents import judge_documents
from unionhall.collection.sheets.judging.ledger import Ledger
from unionhall.collection.sheets.judging.members import judge_member_rows
from unionhall.collection.sheets.judging.together import judge_together
from unionhall.collection.sheets.judging.unions import judge_union_rows
from unionhall.collection.sheets.reading.tables import Table

__all__ = ["judge", "judge_rows", "judge_together"]

YES = "1"


def judge(table: Table, *, today: date, across: bool = True) -> Judgement:
    """Return everything that is wrong or odd in a table, and what its cells mean.

    `across` also compares the rows with each other (numbers entered twice and the like).
    """
    ledger = Ledger(table)
    cells = judge_cells(ledger)
    if table.kind == SheetKind.MEMBERS:
        if "document_number" in table.cells:
            cells["document_number"] = judge_documents(ledger, cells["document_type"], today=today)
        judge_member_rows(ledger, cells, today=today)
        if across:
            judge_member_table(ledger, cells)
    else:
        judge_union_rows(ledger, cells, today=today)
        if across:
            judge_union_table(ledger, cells)
    return Judgement(table=table, findings=ledger.sorted(), facts=_facts(table, cells), faulty=ledger.faulty)


def judge_rows(
    kind: SheetKind, cells: Mapping[str, Sequence[str]], *, today: date, rows: Sequence[int] = ()
) -> Judgement:
    """Judge a few rows given as texts by column, each by itself; `rows` are their numbers, else from 1."""
    texts = {key: list(column) for key, column in cells.items()}
    count = max(map(len, texts.values()), default=0)
    numbers = list(rows) or list(range(1, count + 1))
    return judge(
        Table(kind=kind, sheet="", header_row=0, rows=numbers, cells=texts), today=today, across=False
    )


def _facts(table: Table, cells: Mapping[str, Cells]) -> Facts:
    """Return what the cells mean, as plain values."""
    facts: dict[str, list[Any]] = {}
    for column in columns_of(table.kind):
        values = cells[column.key].values
        plain = _plain(values) if isinstance(values, np.ndarray) else list(values)
        facts[column.key] = [value == YES for value in plain] if column.form == Form.YES_NO else plain
    return facts


def _plain(values: NDArray[Any]) -> list[Any]:
    """Return plain values; equal ones are one object, as most columns have few."""
    same: dict[Any, Any] = {}
    return [same.setdefault(value, value) for value in values.tolist()]
