"""A row as a page shows it: every cell with its findings, protected values masked."""

from __future__ import annotations

import json
from dataclasses import dataclass

from unionhall.collection.choices import RowState
from unionhall.collection.models import Row
from unionhall.collection.sheets.columns import SheetKind, columns_of
from unionhall.collection.staging import SEALED_KEYS
from unionhall.foundation.crypto import unseal
from unionhall.standards.text import mask


@dataclass(frozen=True, slots=True)
class FindingView:
    """One finding as a page shows it."""

    severity: str
    code: str
    column: str
    message: str
    suggestion: str


@dataclass(frozen=True, slots=True)
class CellView:
    """One cell: its column, the text as typed (masked where protected), and what was found in it."""

    key: str
    header: str
    text: str
    protected: bool
    findings: tuple[FindingView, ...]

    @property
    def severity(self) -> str:
        """Return the worst severity found, or nothing."""
        return next((name for name in ("error", "warning", "info") if self._has(name)), "")

    def _has(self, severity: str) -> bool:
        return any(found.severity == severity for found in self.findings)


@dataclass(frozen=True, slots=True, kw_only=True)
class RowView:
    """One row of a batch with all its cells in the order of the form."""

    id: int
    batch_id: int
    kind: str
    sheet: str
    number: int
    label: str
    state: str
    state_label: str
    version: int
    returned_why: str
    editable: bool
    errors: int
    warnings: int
    cells: list[CellView]

    @property
    def is_held_elsewhere(self) -> bool:
        return any(found.code == "members.held_elsewhere" for cell in self.cells for found in cell.findings)


def of(row: Row) -> RowView:
    """Return the view of a row whose findings were fetched."""
    found: dict[str, list[FindingView]] = {}
    for finding in row.findings.all():
        view = FindingView(
            finding.severity, finding.code, finding.column, finding.message, finding.suggestion
        )
        found.setdefault(finding.key, []).append(view)
    texts: dict[str, str] = {**row.cells, **_masked(row)}
    return RowView(
        id=row.pk,
        batch_id=row.batch_id,
        kind=row.kind,
        sheet=row.sheet,
        number=row.number,
        label=row.label,
        state=row.state,
        state_label=RowState(row.state).label,
        version=row.version,
        returned_why=row.returned_why,
        editable=row.state in (RowState.JUDGED, RowState.RETURNED, RowState.KNOWN),
        errors=row.error_count,
        warnings=row.warning_count,
        cells=[
            CellView(
                column.key,
                column.header,
                texts.get(column.key, ""),
                column.key in SEALED_KEYS,
                tuple(found.get(column.key, ())),
            )
            for column in columns_of(SheetKind(row.kind))
        ],
    )


def _masked(row: Row) -> dict[str, str]:
    """Mask right numbers; a wrong one is shown as typed, because it must be seen to be mended."""
    cells: dict[str, str] = json.loads(unseal(row.sealed, purpose="cells"))
    right = {"document_number": row.identity_index is not None}
    right |= dict.fromkeys(("mobile", "phone"), row.phone_index is not None)
    return {
        key: mask(text, head=6 if key == "document_number" else 3) if right[key] else text
        for key, text in cells.items()
    }
