"""Read batches, their rows and findings: the scope comes first."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Exists, F, Min, OuterRef, Q, QuerySet, Sum
from django.db.models.fields.json import KT

from unionhall.collection import grid
from unionhall.collection.choices import RowState, Severity
from unionhall.collection.grid import RowView
from unionhall.collection.models import Batch, Finding, Row, RowQuerySet, Source
from unionhall.collection.sheets.columns import SheetKind
from unionhall.collection.staging import content_hash
from unionhall.foundation import merkle
from unionhall.foundation.actor import Scope
from unionhall.unions.models import Employer

SMALLEST_PAGE, LARGEST_PAGE = 10, 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Summary:
    """How many rows of a batch stand where; derived from the rows at each look."""

    rows: int
    unions: int
    members: int
    faulty: int
    warned: int
    ready: int
    submitted: int
    returned: int
    entered: int
    known: int
    transfer: int
    removed: int
    errors: int
    warnings: int


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


def batches(scope: Scope, *, state: str = "") -> QuerySet[Batch]:
    """Return the batches of a scope, latest first."""
    found = Batch.objects.within(scope).select_related("union").order_by("-received_at", "-pk")
    return found.filter(state=state) if state else found


def find(scope: Scope, batch_id: int) -> Batch | None:
    """Return a batch of the scope, or nothing."""
    return Batch.objects.within(scope).select_related("union").filter(pk=batch_id).first()


def ready(batch: Batch) -> RowQuerySet:
    """Return the rows that may be submitted now: open and without an error."""
    return Row.objects.filter(batch=batch).open().faultless()


def summary(batch: Batch) -> Summary:
    """Return how many rows of a batch stand where."""
    return Summary(**Row.objects.filter(batch=batch).aggregate(**_counts()))


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
        found = found.filter(_STANDING.get(wanted.state, Q(state=wanted.state)))
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


def content(case_id: int) -> tuple[bytes, int]:
    """Return what a case is about, as one digest over its rows on their way, and how many they are."""
    hashes = Row.objects.filter(case_id=case_id, state=RowState.SUBMITTED).order_by("pk")
    leaves = [bytes(digest) for digest in hashes.values_list("content_hash", flat=True)]
    return merkle.root(leaves), len(leaves)


def leaves(case_id: int) -> Iterable[bytes]:
    """Return the content digests of a case's rows on their way, in order."""
    hashes = Row.objects.filter(case_id=case_id, state=RowState.SUBMITTED).order_by("pk")
    return (bytes(digest) for digest in hashes.values_list("content_hash", flat=True).iterator())


def changed_since(case_id: int) -> list[int]:
    """Return the numbers of a case's rows that no longer mean what their digest was made of.

    Rows on their way are never changed by the house; this finds what was changed past it.
    """
    found = Row.objects.filter(case_id=case_id, state=RowState.SUBMITTED).order_by("pk")
    columns = ("number", "kind", "facts", "identity_index", "phone_index", "content_hash")
    return [
        number
        for number, kind, facts, identity, phone, digest in found.values_list(*columns).iterator()
        if content_hash(SheetKind(kind), facts, _bytes(identity), _bytes(phone)) != bytes(digest)
    ]


def _bytes(value: bytes | memoryview | None) -> bytes | None:
    return None if value is None else bytes(value)


def touched_by(case_id: int) -> set[int]:
    """Return everybody who handed in or changed a row of a case: none of them may decide on it."""
    found = Row.objects.filter(case_id=case_id).order_by()
    pairs = found.values_list("batch__received_by_id", F("changed_by_id")).distinct()
    return {person for pair in pairs for person in pair if person is not None}


# -- For pages: what a figure counts is what its link shows -----------------------------------------------

_OPEN = Q(state__in=[RowState.JUDGED, RowState.RETURNED])
_STANDING = {
    "open": _OPEN,
    "ready": _OPEN & Q(error_count=0),
    "faulty": _OPEN & Q(error_count__gt=0),
    "warned": _OPEN & Q(error_count=0, warning_count__gt=0),
}


def _counts() -> dict[str, Count | Sum]:
    settled = ("submitted", "returned", "entered", "known", "transfer", "removed")
    return {
        "rows": Count("pk"),
        "unions": Count("pk", filter=Q(kind="unions")),
        "members": Count("pk", filter=Q(kind="members")),
        **{name: Count("pk", filter=condition) for name, condition in _STANDING.items() if name != "open"},
        **{state: Count("pk", filter=Q(state=state)) for state in settled},
        "errors": Sum("error_count", filter=_OPEN, default=0),
        "warnings": Sum("warning_count", filter=_OPEN, default=0),
    }


def _summary(counts: Mapping[str, Any]) -> Summary:
    return Summary(**{name: counts[name] for name in Summary.__slots__})


def summaries(scope: Scope, batch_ids: Iterable[int]) -> dict[int, Summary]:
    """Return how many rows of each batch stand where, in one question; a batch without rows is left out."""
    found = Row.objects.within(scope).filter(batch_id__in=list(batch_ids)).values("batch_id")
    grouped = found.annotate(**_counts()).order_by()
    return {row["batch_id"]: _summary(row) for row in grouped}


@dataclass(frozen=True, slots=True)
class SentFile:
    """One file of a batch by its id and name."""

    id: int
    name: str


def files(scope: Scope, batch_ids: Iterable[int]) -> dict[int, list[SentFile]]:
    """Return the files of each batch, in the order in which they were sent."""
    found = Source.objects.within(scope).filter(batch_id__in=list(batch_ids)).order_by("pk")
    sent: dict[int, list[SentFile]] = {}
    for batch_id, pk, name in found.values_list("batch_id", "pk", "file_name"):
        sent.setdefault(batch_id, []).append(SentFile(pk, name))
    return sent


def page_before(scope: Scope, wanted: RowFilter, *, batch: Batch | None, after: int, size: int) -> int | None:
    """Return the mark after which the page before begins (0 is the first page), or none on the first page."""
    if not after:
        return None
    passed = rows(scope, wanted, batch=batch).filter(pk__lte=after).order_by("-pk")
    marks = list(passed.values_list("pk", flat=True)[: size + 1])
    return marks[size] if len(marks) > size else 0


def summaries_by_kind(scope: Scope, wanted: RowFilter, *, batch: Batch | None = None) -> dict[str, Summary]:
    """Return how many of the rows that a filter asks for stand where, for each kind of sheet among them."""
    grouped = rows(scope, wanted, batch=batch).order_by().values("kind").annotate(**_counts())
    return {row["kind"]: _summary(row) for row in grouped.order_by("kind")}


@dataclass(frozen=True, slots=True, kw_only=True)
class Newcomers:
    """What submitting a batch would bring into the registry that is not there yet."""

    unions: int
    employers: int
    members: int


def newcomers(batch: Batch) -> Newcomers:
    """Return how many unions, employers and members among the ready rows are new to the branch."""
    rows = ready(batch).filter(kind="unions")
    unions = rows.filter(union=None).values(key=KT("facts__union_key")).distinct()
    known = Employer.objects.values("name_key")
    employers = rows.annotate(key=KT("facts__employer_key")).exclude(key__in=known).values("key").distinct()
    return Newcomers(
        unions=unions.count(),
        employers=employers.count(),
        members=ready(batch).filter(kind="members").count(),
    )
