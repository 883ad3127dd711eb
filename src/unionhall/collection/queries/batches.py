"""Read batches, and how many of their rows stand where; derived from the rows at each look."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q, QuerySet, Sum
from django.db.models.fields.json import KT

from unionhall.collection.models import Batch, Row, Source
from unionhall.collection.queries.rows import OPEN, STANDING, RowFilter, ready, rows
from unionhall.foundation.actor import Scope
from unionhall.unions.models import Employer


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


@dataclass(frozen=True, slots=True)
class SentFile:
    """One file of a batch by its id and name."""

    id: int
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Newcomers:
    """What submitting a batch would bring into the registry that is not there yet."""

    unions: int
    employers: int
    members: int


def batches(scope: Scope, *, state: str = "") -> QuerySet[Batch]:
    """Return the batches of a scope, latest first."""
    found = Batch.objects.within(scope).select_related("union").order_by("-received_at", "-pk")
    return found.filter(state=state) if state else found


def find(scope: Scope, batch_id: int) -> Batch | None:
    """Return a batch of the scope, or nothing."""
    return Batch.objects.within(scope).select_related("union").filter(pk=batch_id).first()


def summary(batch: Batch) -> Summary:
    """Return how many rows of a batch stand where."""
    return Summary(**Row.objects.filter(batch=batch).aggregate(**_counts()))


def summaries(scope: Scope, batch_ids: Iterable[int]) -> dict[int, Summary]:
    """Return how many rows of each batch stand where, in one question; a batch without rows is left out."""
    found = Row.objects.within(scope).filter(batch_id__in=list(batch_ids)).values("batch_id")
    grouped = found.annotate(**_counts()).order_by()
    return {row["batch_id"]: _summary(row) for row in grouped}


def summaries_by_kind(scope: Scope, wanted: RowFilter, *, batch: Batch | None = None) -> dict[str, Summary]:
    """Return how many of the rows that a filter asks for stand where, for each kind of sheet among them."""
    grouped = rows(scope, wanted, batch=batch).order_by().values("kind").annotate(**_counts())
    return {row["kind"]: _summary(row) for row in grouped.order_by("kind")}


def files(scope: Scope, batch_ids: Iterable[int]) -> dict[int, list[SentFile]]:
    """Return the files of each batch, in the order in which they were sent."""
    found = Source.objects.within(scope).filter(batch_id__in=list(batch_ids)).order_by("pk")
    sent: dict[int, list[SentFile]] = {}
    for batch_id, pk, name in found.values_list("batch_id", "pk", "file_name"):
        sent.setdefault(batch_id, []).append(SentFile(pk, name))
    return sent


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


def _counts() -> dict[str, Count | Sum]:
    settled = ("submitted", "returned", "entered", "known", "transfer", "removed")
    return {
        "rows": Count("pk"),
        "unions": Count("pk", filter=Q(kind="unions")),
        "members": Count("pk", filter=Q(kind="members")),
        **{name: Count("pk", filter=condition) for name, condition in STANDING.items() if name != "open"},
        **{state: Count("pk", filter=Q(state=state)) for state in settled},
        "errors": Sum("error_count", filter=OPEN, default=0),
        "warnings": Sum("warning_count", filter=OPEN, default=0),
    }


def _summary(counts: Mapping[str, Any]) -> Summary:
    return Summary(**{name: counts[name] for name in Summary.__slots__})
