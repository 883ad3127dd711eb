"""How far a case has come, as the stepper shows it: who had it, from when to when."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from unionhall.reviews import queries
from unionhall.reviews.choices import CaseState
from unionhall.reviews.queries import Stage

if TYPE_CHECKING:
    from unionhall.reviews.models import Case, Decision

STATES = {"done": "done", "current": "now", "returned": "returned", "ahead": "todo"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One step of the stepper."""

    name: str
    state: str
    by: str = ""
    at: datetime | None = None
    waiting: timedelta | None = None


@dataclass(frozen=True, slots=True)
class Journey:
    """A case with its steps and what was decided on the way."""

    case: Case
    steps: list[Step]
    decisions: list[Decision]

    @property
    def returns(self) -> list[Decision]:
        """Return the decisions that gave something back."""
        return [decision for decision in self.decisions if decision.reason]

    @property
    def state_label(self) -> str:
        return CaseState(self.case.state).label


def journey(case: Case, *, now: datetime) -> Journey:
    """Return a case's way: handed in, each level, with the time each took or has been waiting."""
    return Journey(case, list(_steps(case, queries.way(case), now)), queries.decisions(case))


def _steps(case: Case, stages: list[Stage], now: datetime) -> Iterator[Step]:
    yield Step(name=case.union.name, state="done", by=case.submitted_by_name, at=case.submitted_at)
    since = case.submitted_at
    for stage in stages:
        state = STATES[stage.state]
        until = now if state == "now" else stage.decided_at
        yield Step(
            name=stage.union_name,
            state=state,
            by=stage.decided_by,
            at=stage.decided_at,
            waiting=until - since if until else None,
        )
        since = stage.decided_at or since
