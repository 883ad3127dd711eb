"""Write cases: submit a thing on its way, decide one step."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from django.db import connection, transaction

from unionhall.audit import actions as audit
from unionhall.foundation.actor import Actor
from unionhall.foundation.capabilities import Capability
from unionhall.reviews import queries, rules
from unionhall.reviews.choices import CaseState, ReturnReason, Verdict
from unionhall.reviews.models import Case, Decision, Step
from unionhall.standards.refusal import Refusal, Refused
from unionhall.unions.models import Union
from unionhall.unions.queries import Place

PREFIX = {"collection": "CJ"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Opinion:
    """One reviewer's decision on what was seen."""

    verdict: Verdict
    seen_hash: bytes
    reason: str = ""
    note: str = ""


@transaction.atomic
def submit(
    *,
    kind: str,
    subject_id: int,
    title: str,
    union: Union,
    chain: Sequence[Place],
    content_hash: bytes,
    row_count: int,
    by: Actor,
    at: datetime,
) -> Case:
    """Send a thing on its way; the chain is frozen as it is given.

    :raises Refused: if nobody stands above to decide
    """
    by.require(Capability.COLLECTION_FILL, union.path)
    if not chain:
        raise Refused(
            Refusal("reviews.no_chain", "未找到上级工会，无法提交审核，请联系市总工会维护隶属关系。")
        )
    case_id = _next_id()
    case = Case.objects.create(
        pk=case_id,
        path=union.path,
        number=f"{PREFIX[kind]}{at:%Y%m%d}{case_id:06d}",
        kind=kind,
        subject_id=subject_id,
        title=title,
        union=union,
        waiting_at_id=chain[0].union_id,
        content_hash=content_hash,
        row_count=row_count,
        submitted_by_id=by.user_id,
        submitted_by_name=by.name,
        submitted_at=at,
    )
    Step.objects.bulk_create(
        Step(path=union.path, case=case, position=position, union_id=place.union_id, union_name=place.name)
        for position, place in enumerate(chain)
    )
    audit.record("reviews.submitted", subject=case, by=by, at=at, details={"rows": row_count})
    return case


@transaction.atomic
def decide(
    case_id: int,
    opinion: Opinion,
    *,
    touched_by: Collection[int],
    content_hash: bytes,
    row_count: int,
    by: Actor,
    at: datetime,
) -> Case:
    """Decide the step at which a case waits.

    :param touched_by: everybody who entered or changed what is decided on; whoever submitted is one of them
    :param content_hash: the digest of what is there now; it must be both what was submitted and what was seen
    :param row_count: how many rows the decision speaks of
    :raises Refused: with every reason why this person may not decide this now
    """
    # Locked before judging: of two decisions at once the second sees what the first did.
    case = Case.objects.select_for_update().get(pk=case_id)
    by.require(Capability.REVIEW_DECIDE, case.path)
    steps = list(case.steps.all())
    facts = replace(
        queries.facts_of(case, by, touched_by=touched_by),
        seen_hash=opinion.seen_hash,
        present_hash=content_hash,
        verdict=opinion.verdict,
        reason=opinion.reason,
        note=opinion.note,
    )
    if refusals := rules.reasons_not_to_decide(facts):
        raise Refused(*refusals)
    Decision.objects.create(
        path=case.path,
        case=case,
        position=case.position,
        union_name=steps[case.position].union_name,
        verdict=opinion.verdict,
        reason=ReturnReason(opinion.reason) if opinion.reason else "",
        note=opinion.note.strip(),
        row_count=row_count,
        content_hash=case.content_hash,
        decided_by_id=by.user_id,
        decided_by_name=by.name,
        decided_at=at,
    )
    _move(case, rules.move(len(steps), case.position, opinion.verdict), steps, at)
    audit.record(
        f"reviews.{opinion.verdict}", subject=case, by=by, at=at,
        details={"rows": row_count, "step": case.position, "content": bytes(case.content_hash).hex()},
    )  # fmt: skip
    return case


@transaction.atomic
def recount(case: Case, *, content_hash: bytes, row_count: int, at: datetime) -> Case:
    """Bind a case to what is left after rows were returned; with no row left it is returned as a whole."""
    case.content_hash = content_hash
    case.row_count = row_count
    if row_count == 0:
        case.state, case.waiting_at, case.settled_at = CaseState.RETURNED, None, at
    case.save()
    return case


def _next_id() -> int:
    """Take the next id of a case before the row is written, because its number shows the id."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval(pg_get_serial_sequence('reviews_case', 'id'))")
        return int(cursor.fetchone()[0])


def _move(case: Case, to: rules.Position, steps: Sequence[Step], at: datetime) -> None:
    case.state, case.position = to.state, to.step
    case.waiting_at_id = steps[to.step].union_id if to.state == CaseState.WAITING else None
    case.settled_at = None if to.state == CaseState.WAITING else at
    case.save()
