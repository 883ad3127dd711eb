"""Look over the records: how far the collection has come, branch by branch. The scope comes first.

Every figure is grouped by the beginning of the stamped path in one statement, however many unions stand
below; `rows` and `declaring` return exactly the rows behind a figure.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.db.models import Count, Exists, F, Max, OuterRef, Q, QuerySet, Sum
from django.db.models.functions import Left

from unionhall.collection.choices import RowState
from unionhall.collection.models import Batch, Row
from unionhall.collection.sheets.columns import SheetKind
from unionhall.foundation.actor import Scope
from unionhall.members.models import Membership
from unionhall.unions.choices import GRASSROOTS_KINDS, UnionStatus
from unionhall.unions.models import Union, UnionQuerySet
from unionhall.unions.rules import SEGMENT

STANDING = (UnionStatus.PREPARING, UnionStatus.ACTIVE, UnionStatus.FROZEN)


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """How far one branch has come, in persons: a union with everything below it.

    `own` marks the line of what a union holds by itself beside its subordinate unions.
    """

    union_id: int
    name: str
    path: str
    level: int
    declared: int = 0
    collected: int = 0
    pending: int = 0
    returned: int = 0
    approved: int = 0
    has_children: bool = False
    own: bool = False

    @property
    def rate(self) -> float:
        """Return approved of declared; nothing declared is 0."""
        return self.approved / self.declared if self.declared else 0.0

    @property
    def is_blank(self) -> bool:
        return not (self.declared or self.collected or self.approved)


@dataclass(frozen=True, slots=True, kw_only=True)
class Unfinished:
    """One batch that still needs its clerk: rows with errors, rows sent back, rows ready to submit."""

    batch_id: int
    union_name: str
    received_at: datetime
    faulty: int
    returned: int
    ready: int


def progress(scope: Scope, path: str) -> list[Progress]:
    """Return the lines of the unions directly below a path, and what the union there holds by itself.

    The figures of the lines add up to those of `total`.
    """
    lines = _lines(scope, path, length=len(path) + SEGMENT)
    below = [line for line in lines if line.path != path]
    own = [line for line in lines if line.path == path and not line.is_blank]
    return below + [replace(line, own=True, has_children=False) for line in own]


def total(scope: Scope, path: str) -> Progress | None:
    """Return the line of the union at a path with everything below it, or nothing out of scope."""
    return next(iter(_lines(scope, path, length=len(path))), None)


def rows(scope: Scope, path: str, *, state: str = "") -> QuerySet[Row]:
    """Return the member rows behind a figure of a branch, of one state or all that are collected.

    Without joins on purpose: the batch of an entered row may belong to a union above the reader's scope.
    """
    found = _collected(scope, path)
    if state:
        found = found.filter(state=state)
    return found.order_by("path", "pk")


def declaring(scope: Scope, path: str) -> UnionQuerySet:
    """Return the standing grassroots unions of a branch: their declared members add up to its figure."""
    return Union.objects.within(scope).below(path).standing().grassroots().order_by("path")


def declared_in(unions: UnionQuerySet) -> int:
    """Return how many members some unions declare together."""
    return int(unions.order_by().aggregate(sum=Sum("declared_member_count", default=0))["sum"])


def unfinished(scope: Scope) -> list[Unfinished]:
    """Return the batches that wait for their clerk, those with the most to mend first."""
    open_rows = Row.objects.filter(batch=OuterRef("pk")).open()
    is_open = Q(rows__state__in=[RowState.JUDGED, RowState.RETURNED])
    found = Batch.objects.within(scope).filter(Exists(open_rows)).select_related("union")
    counted = found.annotate(
        faulty=Count("rows", filter=is_open & Q(rows__error_count__gt=0)),
        returned=Count("rows", filter=Q(rows__state=RowState.RETURNED)),
        ready=Count("rows", filter=is_open & Q(rows__error_count=0)),
    )
    return [
        Unfinished(
            batch_id=batch.pk,
            union_name=batch.union.name,
            received_at=batch.received_at,
            faulty=batch.faulty,
            returned=batch.returned,
            ready=batch.ready,
        )
        for batch in counted.order_by("-returned", "-faulty", "-received_at")
    ]


def _lines(scope: Scope, path: str, *, length: int) -> list[Progress]:
    handed_in, approved = _handed_in(scope, path, length), _approved(scope, path, length)
    lines = []
    for place in _places(scope, path, length):
        collected, pending, returned = handed_in.get(place["place"], (0, 0, 0))
        line = Progress(
            union_id=place["union_id"],
            name=place["name"],
            path=place["place"],
            level=place["level"],
            declared=place["declared"],
            collected=collected,
            pending=pending,
            returned=returned,
            approved=approved.get(place["place"], 0),
            has_children=place["unions"] > 1,
        )
        # A dissolved union stays in the table only while something still stands under it.
        if place["unions"] or not line.is_blank:
            lines.append(line)
    return lines


def _places(scope: Scope, path: str, length: int) -> Iterable[Mapping[str, Any]]:
    itself = Q(path=F("place"))
    standing = Q(status__in=STANDING)
    places = Union.objects.within(scope).below(path).annotate(place=Left("path", length)).values("place")
    return places.annotate(
        union_id=Max("pk", filter=itself),
        name=Max("name", filter=itself),
        level=Max("level", filter=itself),
        unions=Count("pk", filter=standing),
        declared=Sum("declared_member_count", filter=standing & Q(kind__in=GRASSROOTS_KINDS), default=0),
    ).order_by("place")


def _handed_in(scope: Scope, path: str, length: int) -> dict[str, tuple[int, int, int]]:
    places = _collected(scope, path).annotate(place=Left("path", length)).values_list("place").order_by()
    counted = places.annotate(
        collected=Count("pk"),
        pending=Count("pk", filter=Q(state=RowState.SUBMITTED)),
        returned=Count("pk", filter=Q(state=RowState.RETURNED)),
    )
    return {place: (collected, pending, returned) for place, collected, pending, returned in counted}


def _approved(scope: Scope, path: str, length: int) -> dict[str, int]:
    branch = Scope.of_branch(path).condition()
    held = Membership.objects.within(scope).filter(branch).held().annotate(place=Left("path", length))
    return dict(held.values_list("place").order_by().annotate(approved=Count("pk")))


def _collected(scope: Scope, path: str) -> QuerySet[Row]:
    branch = Scope.of_branch(path).condition()
    found = Row.objects.within(scope).filter(branch, kind=SheetKind.MEMBERS)
    return found.exclude(state=RowState.REMOVED)
