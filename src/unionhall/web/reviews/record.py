"""What a reviewer sees of one case: its way, what it is about, its rows, and who may decide."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING

from unionhall.accounts.queries import reviewers_at
from unionhall.collection import queries as collection
from unionhall.collection.choices import RowState
from unionhall.collection.queries import RowFilter, Summary
from unionhall.collection.sheets.columns import SheetKind
from unionhall.foundation.actor import Actor
from unionhall.foundation.capabilities import Capability
from unionhall.reviews import queries
from unionhall.reviews.choices import CaseState
from unionhall.standards.refusal import Refusal
from unionhall.web.collection.board import TITLES, Grid, grid
from unionhall.web.collection.wanted import Wanted
from unionhall.web.way import Journey, journey

if TYPE_CHECKING:
    from unionhall.reviews.models import Case

# Where the rows of a case are while it waits, and after it was settled.
STANDS = {
    CaseState.WAITING: RowState.SUBMITTED,
    CaseState.APPROVED: RowState.ENTERED,
    CaseState.RETURNED: RowState.RETURNED,
}
WARNED = "warning"


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """One way to look at the rows of a case, with how many it shows."""

    label: str
    count: int
    url: str
    is_current: bool
    tone: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """A case as the page shows it."""

    case: Case
    journey: Journey
    looks: list[Look]
    grid: Grid
    unions: int
    members: int
    returned: int
    obstacles: tuple[Refusal, ...]
    reviewers: list[str]
    may_decide: bool
    seen: str

    @property
    def waiting_at(self) -> str:
        """Return the union that must decide now."""
        return next((step.name for step in self.journey.steps if step.state == "now"), "")

    @property
    def is_last(self) -> bool:
        """Say whether the next approval enters everything in the registry."""
        return self.journey.steps[-1].state == "now"


def record(case: Case, by: Actor, wanted: Wanted, *, now: datetime) -> Record:
    """Gather what a case is about; rows with warnings come first when nothing else was asked for."""
    by_kind = collection.summaries_by_kind(by.scope, RowFilter(case_id=case.pk))
    stands = STANDS[CaseState(case.state)]
    warned = {kind: _warned(by, case, kind, stands) for kind in by_kind}
    if not wanted.kind:
        wanted = _risky_first(wanted, warned, by_kind)
    obstacles = _obstacles(case, by)
    may_decide = by.may(Capability.REVIEW_DECIDE) and not obstacles
    counts = {kind: getattr(part, stands) for kind, part in by_kind.items()}
    return Record(
        case=case,
        journey=journey(case, now=now),
        looks=list(_looks(by_kind, counts, warned, stands, wanted)),
        grid=grid(by.scope, replace(wanted, state=wanted.state or stands), case_id=case.pk),
        unions=counts.get(SheetKind.UNIONS, 0),
        members=counts.get(SheetKind.MEMBERS, 0),
        returned=sum(part.returned for part in by_kind.values()),
        obstacles=obstacles,
        reviewers=[] if may_decide else _others(case, by, now),
        may_decide=may_decide,
        seen=bytes(case.content_hash).hex(),
    )


def _warned(by: Actor, case: Case, kind: str, stands: str) -> int:
    wanted = RowFilter(case_id=case.pk, kind=kind, state=stands, severity=WARNED)
    return collection.rows(by.scope, wanted).count()


def _risky_first(wanted: Wanted, warned: dict[str, int], by_kind: dict[str, Summary]) -> Wanted:
    risky = next((kind for kind in TITLES if warned.get(kind)), "")
    first = next((kind for kind in TITLES if kind in by_kind), SheetKind.MEMBERS)
    return replace(wanted, kind=risky or first, severity=WARNED if risky else wanted.severity)


def _looks(
    by_kind: dict[str, Summary], counts: dict[str, int], warned: dict[str, int], stands: str, wanted: Wanted
) -> list[Look]:
    looks = []
    for kind in (kind for kind in TITLES if kind in by_kind):
        all_of_kind = Wanted(kind=kind, size=wanted.size)
        risky = replace(all_of_kind, severity=WARNED)
        back = replace(all_of_kind, state=RowState.RETURNED)
        title, returned = TITLES[kind], by_kind[kind].returned
        if warned[kind]:
            looks.append(_look(f"{title}：有警告", warned[kind], risky, wanted, "wait"))
        looks.append(_look(f"{title}：全部", counts[kind], all_of_kind, wanted))
        if returned and stands != RowState.RETURNED:
            looks.append(_look(f"{title}：本次退回", returned, back, wanted, "stop"))
    return looks


def _look(label: str, count: int, shows: Wanted, wanted: Wanted, tone: str = "") -> Look:
    same = (shows.kind, shows.severity, shows.state) == (wanted.kind, wanted.severity, wanted.state)
    return Look(label=label, count=count, url=shows.here(), is_current=same, tone=tone)


def _obstacles(case: Case, by: Actor) -> tuple[Refusal, ...]:
    return queries.obstacles(case, by, touched_by=collection.touched_by(case.pk))


def _others(case: Case, by: Actor, now: datetime) -> list[str]:
    """Return who can decide where this actor cannot."""
    if case.waiting_at_id is None:
        return []
    return [name for name in reviewers_at(case.waiting_at_id, on=now.date()) if name != by.name]
