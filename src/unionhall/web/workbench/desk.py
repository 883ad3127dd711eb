"""What lies on an actor's desk, by what the actor may do."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.urls import reverse

from unionhall.accounts import queries as accounts
from unionhall.audit import queries as audit
from unionhall.foundation.actor import Actor
from unionhall.foundation.capabilities import Capability
from unionhall.reviews import queries as reviews
from unionhall.statistics import queries as statistics
from unionhall.statistics.queries import Progress, Unfinished
from unionhall.subsidies import queries as subsidies
from unionhall.web.audit import words
from unionhall.web.statistics.lines import Line, line_of
from unionhall.web.subsidies import lines as settled

if TYPE_CHECKING:
    from unionhall.reviews.models import Case

SHOWN = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class Duty:
    """One kind of thing that waits for the actor: how many, and where they are."""

    label: str
    count: int
    unit: str
    text: str
    url: str
    icon: str
    tone: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """Everything the workbench shows; a list is None where the actor has no business with it."""

    has_branch: bool
    duties: list[Duty] = field(default_factory=list)
    has_duties: bool = False
    standing: Line | None = None
    owed: list[settled.Line] | None = None
    owed_fen: int | None = None
    waiting: list[Case] | None = None
    unfinished: list[Unfinished] | None = None
    receipts: list[Case] | None = None
    events: list[dict[str, Any]] | None = None
    account_count: int | None = None
    may_collect: bool = False
    may_create: bool = False


def greeting(now: datetime) -> str:
    """Return the greeting of the hour."""
    if now.hour < 11:
        return "上午好"
    return "中午好" if now.hour < 13 else "下午好" if now.hour < 18 else "晚上好"


def of(actor: Actor) -> Desk:
    """Lay out the desk of an actor."""
    if actor.branch_id is None:
        return Desk(has_branch=False)
    waiting = reviews.waiting_for(actor) if actor.may(Capability.REVIEW_DECIDE) else None
    unfinished = statistics.unfinished(actor.scope) if actor.may(Capability.COLLECTION_FILL) else None
    cases = list(waiting) if waiting is not None else None
    duties = [*_of_reviewer(cases), *_of_clerk(unfinished), *_of_administrators(actor)]
    owed = subsidies.settlement(actor.scope) if actor.may(Capability.SUBSIDY_VIEW) else None
    return Desk(
        has_branch=True,
        duties=[duty for duty in duties if duty.count],
        has_duties=bool(duties),
        standing=_standing(actor),
        owed=None if owed is None or actor.may(Capability.REVIEW_VIEW) else settled.lines_of(owed, None),
        owed_fen=None if owed is None else sum(line.amount_fen for line in owed),
        waiting=cases[:SHOWN] if cases is not None else None,
        unfinished=unfinished[:SHOWN] if unfinished is not None else None,
        receipts=_receipts(actor),
        events=_events(actor),
        account_count=_account_count(actor),
        may_collect=actor.may(Capability.COLLECTION_FILL),
        may_create=actor.may(Capability.ACCOUNT_CREATE),
    )


def _of_reviewer(cases: list[Case] | None) -> Iterator[Duty]:
    if cases is not None:
        rows = sum(case.row_count for case in cases)
        yield Duty(
            label="等我审核", count=len(cases), unit="件", text=f"共{rows}行，按提交先后办理",
            url=reverse("review-queue"), icon="checklist", tone="wait",
        )  # fmt: skip


def _of_clerk(unfinished: list[Unfinished] | None) -> Iterator[Duty]:
    if unfinished is None:
        return
    batches = reverse("batch-list")
    returned = sum(batch.returned for batch in unfinished)
    faulty = sum(batch.faulty for batch in unfinished)
    ready = [batch for batch in unfinished if batch.ready and not batch.faulty]
    yield Duty(
        label="被退回", count=returned, unit="行", text="请按退回原因更正后重新提交",
        url=batches, icon="arrow-back-up", tone="stop",
    )  # fmt: skip
    yield Duty(
        label="有错误",
        count=faulty,
        unit="行",
        text="更正后才能提交",
        url=batches,
        icon="pencil",
        tone="stop",
    )
    yield Duty(
        label="可以提交",
        count=len(ready),
        unit="批",
        text="已核对无误，请提交审核",
        url=batches,
        icon="send",
        tone="note",
    )


def _of_administrators(actor: Actor) -> Iterator[Duty]:
    if actor.may(Capability.GRANT_GIVE):
        yield Duty(
            label="等待授权", count=len(accounts.awaiting_grant(actor.scope)), unit="个", text="账号已开通，尚无授权",
            url=f"{reverse('account-list')}?state=waiting", icon="user-shield", tone="wait",
        )  # fmt: skip


def _standing(actor: Actor) -> Line | None:
    if not actor.may(Capability.PROGRESS_VIEW):
        return None
    found: Progress | None = statistics.total(actor.scope, actor.branch_path)
    return line_of(found, actor) if found is not None else None


def _account_count(actor: Actor) -> int | None:
    return accounts.accounts(actor.scope).count() if actor.may(Capability.ACCOUNT_VIEW) else None


def _receipts(actor: Actor) -> list[Case] | None:
    if not actor.may(Capability.REVIEW_VIEW):
        return None
    return list(reviews.cases(actor.scope)[:SHOWN])


def _events(actor: Actor) -> list[dict[str, Any]] | None:
    if not actor.may(Capability.AUDIT_VIEW):
        return None
    return words.timeline(audit.trail(actor.scope)[: SHOWN * 2])
