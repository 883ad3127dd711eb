"""The chain of review, as pure questions: who is next, who may decide, what a decision leads to."""

from __future__ import annotations

from dataclasses import dataclass

from unionhall.reviews.choices import CaseState, Verdict
from unionhall.standards.refusal import Refusal

SHORTEST_NOTE = 2


@dataclass(frozen=True, slots=True)
class Position:
    """Where a case stands: its state, and the step it waits at while it waits."""

    state: CaseState
    step: int


def move(length: int, waiting_at: int, verdict: Verdict) -> Position:
    """Return where a case of `length` steps goes from a step by a verdict.

    Approval climbs one step, and from the last one settles the case. Returning the whole ends this
    attempt; returning rows leaves the rest where it is.
    """
    if verdict == Verdict.RETURN:
        return Position(CaseState.RETURNED, waiting_at)
    if verdict == Verdict.RETURN_ROWS:
        return Position(CaseState.WAITING, waiting_at)
    if waiting_at + 1 < length:
        return Position(CaseState.WAITING, waiting_at + 1)
    return Position(CaseState.APPROVED, waiting_at)


@dataclass(frozen=True, slots=True, kw_only=True)
class DecisionFacts:
    """What must be known before a decision: who decides, on which case, having seen what."""

    state: CaseState
    waiting_union_id: int | None
    waiting_union_name: str
    acting_union_id: int | None
    decided_by: int
    touched_by: frozenset[int]
    decided_before: frozenset[int]
    seen_hash: bytes
    content_hash: bytes
    present_hash: bytes
    verdict: Verdict
    reason: str
    note: str


def reasons_not_to_decide(facts: DecisionFacts) -> tuple[Refusal, ...]:
    """Return every reason against a decision (four eyes; what is approved is what was seen)."""
    if facts.state != CaseState.WAITING:
        return (Refusal("reviews.settled", "该办件已办结，请刷新页面查看结果。"),)
    if facts.acting_union_id != facts.waiting_union_id:
        message = f"该办件正等待「{facts.waiting_union_name}」审核，您当前所在工会不能办理。"
        return (Refusal("reviews.not_here", message),)
    refusals: list[Refusal] = []
    if facts.decided_by in facts.touched_by:
        refusals.append(Refusal("reviews.own_work", "填报人不能审核自己填报的内容，请由其他审核员办理。"))
    if facts.decided_by in facts.decided_before:
        refusals.append(Refusal("reviews.twice", "您已在前一级审核过该办件，请由本级其他审核员办理。"))
    if facts.seen_hash != facts.content_hash:
        refusals.append(Refusal("reviews.changed", "您打开页面后内容有变化，请刷新页面重新查看后再审核。"))
    refusals += (
        _reasons_not_to_approve(facts) if facts.verdict == Verdict.APPROVE else _reasons_not_to_return(facts)
    )
    return tuple(refusals)


def _reasons_not_to_approve(facts: DecisionFacts) -> list[Refusal]:
    if facts.present_hash == facts.content_hash:
        return []
    message = "该办件的内容与提交时不一致，不能同意，请退回整批并告知系统管理员。"
    return [Refusal("reviews.tampered", message)]


def _reasons_not_to_return(facts: DecisionFacts) -> list[Refusal]:
    refusals: list[Refusal] = []
    if not facts.reason:
        refusals.append(Refusal("reviews.reason", "退回须选择原因。", "reason"))
    if len(facts.note.strip()) < SHORTEST_NOTE:
        refusals.append(Refusal("reviews.note", "退回须写明哪里有误、如何更正。", "note"))
    return refusals
