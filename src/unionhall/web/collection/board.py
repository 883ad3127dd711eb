"""What the page of a judged batch shows: figures that link to their rows, kinds of findings, the grid."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields, replace
from typing import TYPE_CHECKING

from unionhall.collection import queries
from unionhall.collection.grid import RowView
from unionhall.collection.queries import FindingKind, RowPage, Summary
from unionhall.collection.sheets.columns import Column, SheetKind, columns_of
from unionhall.foundation.actor import Scope
from unionhall.ui.paging import SIZES
from unionhall.web.collection.wanted import Wanted

if TYPE_CHECKING:
    from unionhall.collection.models import Batch

# state in the address → word, tone, icon, what it means
CARDS = (
    ("", "全部行", "", "table", "本表读到的行"),
    ("ready", "可提交", "ok", "send", "没有错误，可以提交"),
    ("faulty", "有错误", "stop", "circle-x", "更正后才能提交"),
    ("warned", "有警告", "wait", "alert-triangle", "可以提交，请先核对"),
    ("submitted", "审核中", "note", "hourglass", "已提交，等待上级审核"),
    ("returned", "已退回", "stop", "arrow-back-up", "按退回原因更正后重新提交"),
    ("entered", "已入库", "ok", "circle-check", "审核通过，已登记在册"),
    ("known", "已在册", "quiet", "user-check", "已是本工会会员，无须提交"),
    ("transfer", "待办接转", "gold", "arrows-exchange", "会籍在其他工会，另办接转"),
    ("removed", "已移除", "quiet", "trash", "不提交，可恢复"),
)
ALWAYS = ("", "ready", "faulty", "warned")
# The column that names a row stands first and stays in sight.
LABELS = {SheetKind.UNIONS: "union_name", SheetKind.MEMBERS: "name"}
RANKED = ((0, "error"), (1, "warning"))
TITLES = {SheetKind.UNIONS: "组织", SheetKind.MEMBERS: "会员"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """One figure, and the address of exactly the rows it counts."""

    label: str
    count: int
    tone: str
    icon: str
    hint: str
    url: str
    is_current: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Tab:
    """One of the two sheets with its figures."""

    title: str
    count: int
    faulty: int
    url: str
    is_current: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Filter:
    """One kind of finding with the address of the rows that have it."""

    kind: FindingKind
    url: str
    is_current: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Grid:
    """One page of rows, the columns above them, and the ways to other pages."""

    columns: tuple[Column, ...]
    label_key: str
    page: RowPage
    wanted: Wanted
    previous: str
    next: str
    sizes: list[tuple[int, str]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Board:
    """Everything the page of a judged batch shows."""

    batch: Batch
    wanted: Wanted
    whole: Summary
    cards: list[Card]
    tabs: list[Tab]
    filters: list[Filter]
    grid: Grid


def board(batch: Batch, scope: Scope, wanted: Wanted) -> Board:
    """Gather the page of a batch; without a sheet asked for, the one that wants mending comes first."""
    by_kind = queries.summaries_by_kind(scope, queries.RowFilter(), batch=batch)
    wanted = replace(wanted, kind=wanted.kind or _first_kind(by_kind))
    found = queries.kinds_of_finding(batch, kind=wanted.kind)
    return Board(
        batch=batch,
        wanted=wanted,
        whole=_sum(by_kind),
        cards=_cards(by_kind.get(wanted.kind, NOTHING), wanted),
        tabs=_tabs(by_kind, wanted),
        filters=[_filter(kind, wanted) for kind in found],
        grid=grid(scope, wanted, batch=batch),
    )


def grid(scope: Scope, wanted: Wanted, *, batch: Batch | None = None, case_id: int | None = None) -> Grid:
    """Return one page of the rows wanted, of a batch or of a case."""
    kind = SheetKind(wanted.kind)
    rows = wanted.rows(case_id=case_id)
    page = queries.page(scope, rows, batch=batch, after=wanted.after, size=wanted.size)
    before = queries.page_before(scope, rows, batch=batch, after=wanted.after, size=wanted.size)
    shown = [column for column in columns_of(kind) if column.key not in ("serial", LABELS[kind])]
    ranks = _ranks(page.rows) if wanted.is_about_findings else {}
    return Grid(
        columns=tuple(sorted(shown, key=lambda column: ranks.get(column.key, len(RANKED)))),
        label_key=LABELS[kind],
        page=replace(page, rows=[_in_order(row, ranks) for row in page.rows]),
        wanted=wanted,
        previous=wanted.at(before),
        next=wanted.at(page.next_after),
        sizes=[(size, wanted.sized(size)) for size in SIZES],
    )


def _ranks(rows: Sequence[RowView]) -> dict[str, int]:
    """Return how far to the front a column moves: errors first, then warnings, the others as in the form."""
    found = {(cell.key, cell.severity) for row in rows for cell in row.cells}
    return {key: rank for rank, severity in reversed(RANKED) for key, worst in found if worst == severity}


def _in_order(row: RowView, ranks: Mapping[str, int]) -> RowView:
    return replace(row, cells=sorted(row.cells, key=lambda cell: ranks.get(cell.key, len(RANKED))))


NOTHING = Summary(**{field.name: 0 for field in fields(Summary)})


def _sum(by_kind: dict[str, Summary]) -> Summary:
    names = [field.name for field in fields(Summary)]
    return Summary(**{name: sum(getattr(part, name) for part in by_kind.values()) for name in names})


def _first_kind(by_kind: dict[str, Summary]) -> str:
    """Unions come before members, faulty sheets before faultless ones."""
    order = [kind.value for kind in SheetKind if kind.value in by_kind] or [SheetKind.MEMBERS.value]
    return next((kind for kind in order if kind in by_kind and by_kind[kind].faulty), order[-1])


def _cards(summary: Summary, wanted: Wanted) -> list[Card]:
    counts = {state: getattr(summary, state or "rows") for state, *_ in CARDS}
    return [
        Card(
            label=label, count=counts[state], tone=tone if counts[state] else "", icon=icon, hint=hint,
            url=wanted.only(state=state), is_current=wanted.state == state and not wanted.code,
        )
        for state, label, tone, icon, hint in CARDS
        if state in ALWAYS or counts[state]
    ]  # fmt: skip


def _tabs(by_kind: dict[str, Summary], wanted: Wanted) -> list[Tab]:
    return [
        Tab(
            title=title,
            count=by_kind.get(kind, NOTHING).rows,
            faulty=by_kind.get(kind, NOTHING).faulty,
            url=Wanted(kind=kind, size=wanted.size).here(),
            is_current=wanted.kind == kind,
        )
        for kind, title in TITLES.items()
    ]


def _filter(kind: FindingKind, wanted: Wanted) -> Filter:
    place = {"code": kind.code, "column": kind.column, "severity": kind.severity}
    is_current = (wanted.code, wanted.column, wanted.severity) == tuple(place.values())
    url = wanted.only() if is_current else wanted.only(state="open", **place)
    return Filter(kind=kind, url=url, is_current=is_current)
