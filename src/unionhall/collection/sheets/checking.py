"""Read and judge a whole file: the one call behind `check` and behind an upload."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from unionhall.collection.sheets.columns import SheetKind
from unionhall.collection.sheets.findings import Finding, Judgement, Severity
from unionhall.collection.sheets.judging import judge, judge_together
from unionhall.collection.sheets.reading import Workbook, choose, read_workbook


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """A judged file: its tables, those of the asked kind first."""

    kind: SheetKind
    judgements: Sequence[Judgement]

    @property
    def rows(self) -> int:
        """Return how many rows of data were judged."""
        return sum(judgement.rows for judgement in self.judgements)

    @property
    def findings(self) -> list[Finding]:
        """Return all findings, table by table."""
        return [finding for judgement in self.judgements for finding in judgement.findings]

    def count(self, severity: Severity) -> int:
        """Return how many findings of a severity there are."""
        return sum(judgement.count(severity) for judgement in self.judgements)


def check_file(source: Path | bytes, *, kind: SheetKind | None, today: date, file_name: str = "") -> Checked:
    """Read a file and judge it as `judge_workbook` does.

    :raises Refused: if the file cannot be read, or does not hold the asked form with data
    """
    return judge_workbook(read_workbook(source, file_name=file_name), kind=kind, today=today)


def judge_workbook(workbook: Workbook, *, kind: SheetKind | None, today: date) -> Checked:
    """Judge the tables of a kind in a workbook; with no kind given, those of both.

    Then the kind is that of the first table with data. Where both forms are in one file they are also judged
    against each other, whichever was asked for.

    :raises Refused: if the asked form is not there, or has no data
    """
    first = kind or next(table.kind for table in workbook.tables if table.rows)
    choose(workbook, first)
    unions, members = judge_together(
        [judge(table, today=today) for table in workbook.of(SheetKind.UNIONS)],
        [judge(table, today=today) for table in workbook.of(SheetKind.MEMBERS)],
    )
    own, other = (unions, members) if first == SheetKind.UNIONS else (members, unions)
    return Checked(kind=first, judgements=own if kind else [*own, *other])
