"""A line of progress as pages show it: every figure with the way to exactly the rows it counts."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.http import QueryDict
from django.urls import reverse

from unionhall.collection.choices import RowState
from unionhall.foundation.actor import Actor
from unionhall.foundation.capabilities import Capability
from unionhall.statistics.queries import Progress
from unionhall.ui.writing import percent

# The order a table may be asked in: the key in the address and what it compares.
SORTS: dict[str, Callable[[Progress], Any]] = {
    "name": lambda line: line.path,
    "declared": lambda line: line.declared,
    "collected": lambda line: line.collected,
    "pending": lambda line: line.pending,
    "returned": lambda line: line.returned,
    "approved": lambda line: line.approved,
    "rate": lambda line: (line.rate, line.declared),
}


@dataclass(frozen=True, slots=True)
class Figure:
    """One number, and where its rows are; no address where the actor may not read them."""

    label: str
    count: int
    url: str = ""
    tone: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One branch in a table of progress."""

    name: str
    url: str
    own: bool
    has_children: bool
    declared: Figure
    collected: Figure
    pending: Figure
    returned: Figure
    approved: Figure

    @property
    def figures(self) -> tuple[Figure, ...]:
        """Return the figures in the order of the work."""
        return (self.declared, self.collected, self.pending, self.returned, self.approved)


def line_of(found: Progress, actor: Actor) -> Line:
    """Return a line with its links, as far as the actor may follow them."""
    own = {"own": "1"} if found.own else {}
    at = {"at": str(found.union_id), **own}
    roll = _address("member-roll", {"union": str(found.union_id), **own})
    return Line(
        name=f"{found.name}（本级）" if found.own else found.name,
        url="" if found.own else _way_in(found, actor),
        own=found.own,
        has_children=found.has_children,
        declared=Figure("申报会员", found.declared, _address("progress-unions", at)),
        collected=Figure("已采集", found.collected, _rows(actor, at)),
        pending=Figure("审核中", found.pending, _rows(actor, at, RowState.SUBMITTED), "wait"),
        returned=Figure("已退回", found.returned, _rows(actor, at, RowState.RETURNED), "stop"),
        approved=Figure("已入库", found.approved, roll if actor.may(Capability.MEMBER_VIEW) else "", "ok"),
    )


def sorted_by(found: Iterable[Progress], key: str) -> list[Progress]:
    """Return the lines in the order asked for (a minus for descending); the own line comes last."""
    name = key.removeprefix("-")
    compare = SORTS.get(name, SORTS["name"])
    ordered = sorted(found, key=compare, reverse=key.startswith("-"))
    return sorted(ordered, key=lambda line: line.own)


def added_up(found: Sequence[Progress]) -> Progress:
    """Return the sum of lines that part a branch."""
    return Progress(
        union_id=0,
        name="合计",
        path="",
        level=0,
        declared=sum(line.declared for line in found),
        collected=sum(line.collected for line in found),
        pending=sum(line.pending for line in found),
        returned=sum(line.returned for line in found),
        approved=sum(line.approved for line in found),
    )


def _rows(actor: Actor, at: dict[str, str], state: str = "") -> str:
    if not actor.may(Capability.COLLECTION_VIEW):
        return ""
    return _address("progress-rows", at | ({"state": str(state)} if state else {}))


def _way_in(found: Progress, actor: Actor) -> str:
    if found.has_children:
        return _address("progress", {"at": str(found.union_id)})
    return reverse("union-page", args=[found.union_id]) if actor.may(Capability.UNION_VIEW) else ""


def _address(name: str, query: dict[str, str]) -> str:
    return f"{reverse(name)}?{urlencode(query)}"


@dataclass(frozen=True, slots=True)
class Column:
    """One header of the table: its words, the address that sorts by it, and how it is sorted now."""

    label: str
    url: str
    direction: str
    number: bool = True


LABELS = {
    "name": "单位", "declared": "申报会员", "collected": "已采集", "pending": "审核中",
    "returned": "已退回", "approved": "已入库", "rate": "完成率",
}  # fmt: skip


def columns(query: QueryDict, sort: str) -> list[Column]:
    """Return the headers; a second click on one turns its order, figures start with the greatest."""
    return [_column(query, sort, name) for name in LABELS]


def cells(line: Progress) -> tuple[str | int | float, ...]:
    """Return a line as a row of a file; the rate in percent as the page shows it."""
    name = f"{line.name}（本级）" if line.own else line.name
    rate = float(percent(line.approved, line.declared) or 0)
    return (name, line.declared, line.collected, line.pending, line.returned, line.approved, rate)


def _column(query: QueryDict, sort: str, name: str) -> Column:
    first, second = (name, f"-{name}") if name == "name" else (f"-{name}", name)
    asked = query.copy()
    asked["sort"] = second if sort == first else first
    direction = {name: "ascending", f"-{name}": "descending"}.get(sort, "none")
    return Column(LABELS[name], f"?{asked.urlencode()}", direction, name != "name")
