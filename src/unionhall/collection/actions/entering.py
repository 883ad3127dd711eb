"""Where rows stand on their way: submitted with a case, returned from it, entered by it."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from django.db import transaction

from unionhall.audit import actions as audit
from unionhall.collection import queries
from unionhall.collection.choices import BatchState, RowState
from unionhall.collection.models import Batch, Row
from unionhall.foundation.actor import Actor
from unionhall.foundation.capabilities import Capability
from unionhall.standards.refusal import Refusal, Refused


@transaction.atomic
def mark_submitted(batch: Batch, *, by: Actor, at: datetime, case_id: int) -> int:
    """Put every faultless open row of a batch on its way with a case; rows with errors stay behind.

    :raises Refused: if no row is ready
    """
    by.require(Capability.COLLECTION_FILL, batch.path)
    moved = queries.ready(batch).update(state=RowState.SUBMITTED, case_id=case_id, returned_why="")
    if not moved:
        raise Refused(nothing_ready(batch))
    audit.record("collection.submitted", subject=batch, by=by, at=at, details={"rows": moved})
    return moved


@transaction.atomic
def mark_returned(
    case_id: int, *, why: str, by: Actor, at: datetime, row_ids: Collection[int] | None = None
) -> int:
    """Give rows of a case back to those who sent them, with the reason; all of them when none is named."""
    rows = Row.objects.within(by.scope).filter(case_id=case_id, state=RowState.SUBMITTED)
    if row_ids is not None:
        rows = rows.filter(pk__in=row_ids)
    return rows.update(state=RowState.RETURNED, returned_why=why[:500])


@transaction.atomic
def mark_entered(case_id: int, *, by: Actor, at: datetime) -> int:
    """Note that the rows of a case are in the registry now."""
    rows = Row.objects.within(by.scope).filter(case_id=case_id, state=RowState.SUBMITTED)
    return rows.update(state=RowState.ENTERED)


def nothing_ready(batch: Batch) -> Refusal:
    """Return why a batch cannot be submitted."""
    if batch.state != BatchState.JUDGED:
        return Refusal("collection.not_judged", "该批次还在核对，请稍候再提交。")
    return Refusal("collection.nothing_ready", "没有可以提交的行，请先更正标红的问题。")
