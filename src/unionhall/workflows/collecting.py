"""Collecting: sheets climb the tree, and the last approval enters them in the registry, or neither.

Chain: grassroots → town or street if any → district, park or industrial union → city, computed from the
tree at submission and frozen. What each level approves is bound by one digest over the rows.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from unionhall.audit import actions as audit
from unionhall.collection import actions as collection
from unionhall.collection import queries as batches
from unionhall.collection.models import Batch
from unionhall.foundation.actor import Actor
from unionhall.foundation.capabilities import Capability
from unionhall.reviews import actions as reviews
from unionhall.reviews.choices import CaseState, ReturnReason, Verdict
from unionhall.reviews.models import Case
from unionhall.standards.refusal import Refusal, Refused
from unionhall.subsidies import actions as subsidies
from unionhall.unions import queries as unions
from unionhall.unions.choices import UnionLevel
from unionhall.unions.queries import Place
from unionhall.workflows import registering

KIND = "collection"


@dataclass(frozen=True, slots=True)
class Preview:
    """What submitting a batch would do: the chain it will climb, and the rows that go or stay."""

    chain: list[Place]
    summary: batches.Summary


def chain(path: str) -> list[Place]:
    """Return who reviews what a place submits: every superior up to the city, nearest first."""
    above = unions.superiors(path)
    return [place for place in above if place.level >= UnionLevel.CITY]


def preview(batch: Batch) -> Preview:
    """Return what submitting a batch would do."""
    return Preview(chain(batch.path), batches.summary(batch))


@transaction.atomic
def submit(batch: Batch, *, by: Actor, at: datetime) -> Case:
    """Send the faultless rows of a batch on their way.

    :raises Refused: if no row is ready, the members' employers are not in, or nobody stands above
    """
    by.require(Capability.COLLECTION_FILL, batch.path)
    batch = Batch.objects.select_for_update().get(pk=batch.pk)
    summary = batches.summary(batch)
    case = reviews.submit(
        kind=KIND,
        subject_id=batch.pk,
        title=f"{batch.union.name} 信息采集",
        union=batch.union,
        chain=chain(batch.path),
        content_hash=b"",
        row_count=summary.ready,
        by=by,
        at=at,
    )
    collection.mark_submitted(batch, by=by, at=at, case_id=case.pk)
    content_hash, count = batches.content(case.pk)
    return reviews.recount(case, content_hash=content_hash, row_count=count, at=at)


@transaction.atomic
def decide(
    case_id: int, opinion: reviews.Opinion, *, by: Actor, at: datetime, rows: Collection[int] = ()
) -> Case:
    """Decide one step; the last approval also enters everything in the registry, or neither.

    :param rows: the rows to return, for `RETURN_ROWS`
    :raises Refused: with every reason why this may not be decided, or why a row may not be entered
    """
    if opinion.verdict == Verdict.RETURN_ROWS and not rows:
        raise Refused(Refusal("collecting.no_rows", "请先勾选要退回的行。", "rows"))
    content_hash, count = batches.content(case_id)
    case = reviews.decide(
        case_id,
        opinion,
        touched_by=batches.touched_by(case_id),
        content_hash=content_hash,
        row_count=len(rows) or count,
        by=by,
        at=at,
    )
    if opinion.verdict == Verdict.APPROVE:
        return _enter(case, by, at) if case.state == CaseState.APPROVED else case
    whole = opinion.verdict == Verdict.RETURN
    why = f"{ReturnReason(opinion.reason).label}：{opinion.note.strip()}"
    collection.mark_returned(case.pk, why=why, by=by, at=at, row_ids=None if whole else rows)
    content_hash, count = batches.content(case.pk)
    return case if whole else reviews.recount(case, content_hash=content_hash, row_count=count, at=at)


def _enter(case: Case, by: Actor, at: datetime) -> Case:
    """Enter unions, employers, then members; count the subsidy; all within the deciding transaction."""
    if changed := batches.changed_since(case.pk):
        places = "、".join(f"第{number}行" for number in changed[:10])
        raise Refused(Refusal("collecting.changed", f"{places}的内容在提交后被改动，不能入库，请退回核对。"))
    leaves = list(batches.leaves(case.pk))
    registering.enter_unions(case, by=by, at=at)
    registering.enter_members(case, leaves, by=by, at=at)
    reporting = unions.reporting_union(case.path)
    if reporting is not None:
        subsidies.count_admitted(case_id=case.pk, reporting=reporting, by=by, at=at)
    entered = collection.mark_entered(case.pk, by=by, at=at)
    audit.record("collection.entered", subject=case, by=by, at=at, details={"rows": entered}, rows=leaves)
    return case
