"""Read rows and findings: what a figure counts is what its link shows."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Count, Exists, Min, OuterRef, Q

from unionhall.collection import grid
from unionhall.collection.choices import RowState, Severity
from unionhall.collection.grid import RowView
from unionhall.collection.models import Batch, Finding, Row, RowQuerySet
from unionhall.foundation.actor import Scope

SMALLEST_PAGE, LARGEST_PAGE = 10, 200
OPEN = Q(state__in=[RowState.JUDGED, RowState.RETURNED])
STANDING = {
    "open": OPEN,
    "ready": OPEN & Q(error_count=0),
    "faulty": OPEN & Q(error_count__gt=0),
    "warned": OPEN & Q(error_count=0, warning_count__gt=0),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class RowFilter:
    """Which rows of a batch a person wants to see; empty means all."""

    kind: str = ""
    code: str = ""
    column: str = ""
    severity: str = ""
    state: str = ""
    case_id: int | None = None
    text: str = ""


@dataclass(frozen=True, slots=True)
class RowPage:
    """One page of rows: the rows, where the next page begins (or none), and how many there are in all."""

    rows: list[RowView]
    next_after: int | None
    total: int


@dataclass(frozen=True, slots=True)
class FindingKind:
    """One kind of finding in a batch with one of its sentences and how many open rows have it."""

    code: str
    severity: str
    column: str
    message: str
    count: int


def ready(batch: Batch) -> RowQuerySet:
    """Return the rows that may be submitted now: open and without an error."""
    return Row.objects.filter(batch=batch).open().faultless()


def rows(scope: Scope, wanted: RowFilter, *, batch: Batch | None = None) -> RowQuerySet:
    """Return the rows of a scope that a filter asks for, in the order of the sheets."""
    found = Row.objects.within(scope)
    if batch is not None:
        found = found.filter(batch=batch)
    if wanted.case_id is not None:
        found = found.filter(case_id=wanted.case_id)
    if wanted.kind:
        found = found.filter(kind=wanted.kind)
    if wanted.state:
        found = found.filter(STANDING.get(wanted.state, Q(state=wanted.state)))
    if wanted.text:
        found = found.filter(label__icontains=wanted.text)
    if wanted.code or wanted.severity in Severity.values:
        matching = Finding.objects.filter(row=OuterRef("pk"))
        matching = matching.filter(code=wanted.code) if wanted.code else matching
        matching = matching.filter(column=wanted.column) if wanted.column else matching
        matching = matching.filter(severity=wanted.severity) if wanted.severity else matching
        found = found.filter(Exists(matching))
    return found.order_by("pk")


def page(
    scope: Scope, wanted: RowFilter, *, batch: Batch | None = None, after: int = 0, size: int = 50
) -> RowPage:
    """Return one page of rows with their findings, after a row's id."""
    size = min(max(size, SMALLEST_PAGE), LARGEST_PAGE)
    found = rows(scope, wanted, batch=batch)
    taken = list(found.filter(pk__gt=after).prefetch_related("findings")[: size + 1])
    next_after = taken[size - 1].pk if len(taken) > size else None
    return RowPage([grid.of(row) for row in taken[:size]], next_after, found.count())


def page_before(scope: Scope, wanted: RowFilter, *, batch: Batch | None, after: int, size: int) -> int | None:
    """Return the mark after which the page before begins (0 is the first page), or none on the first page."""
    if not after:
        return None
    passed = rows(scope, wanted, batch=batch).filter(pk__lte=after).order_by("-pk")
    marks = list(passed.values_list("pk", flat=True)[: size + 1])
    return marks[size] if len(marks) > size else 0


def row(batch: Batch, row_id: int) -> RowView | None:
    """Return one row of a batch as a page shows it."""
    found = Row.objects.filter(batch=batch, pk=row_id).prefetch_related("findings").first()
    return grid.of(found) if found else None


def kinds_of_finding(batch: Batch, *, kind: str = "") -> list[FindingKind]:
    """Return the kinds of findings in the open rows of a batch, errors first, most frequent first."""
    found = Finding.objects.filter(batch=batch, row__state__in=[RowState.JUDGED, RowState.RETURNED])
    if kind:
        found = found.filter(row__kind=kind)
    grouped = found.values("code", "severity", "column").annotate(
        count=Count("row", distinct=True), sample=Min("message")
    )
    order = {severity: place for place, severity in enumerate(Severity.values)}
    kinds = [
        FindingKind(row["code"], row["severity"], row["column"], row["sample"], row["count"])
        for row in grouped.order_by("-count", "code")
    ]
    return sorted(kinds, key=lambda kind: order[kind.severity])


def notes(batch: Batch) -> list[Finding]:
    """Return what was found about the sheets as a whole."""
    return list(Finding.objects.filter(batch=batch, row=None).order_by("pk"))
