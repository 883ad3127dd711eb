"""Where a case goes, and who may send it there."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from unionhall.reviews.choices import CaseState, Verdict
from unionhall.reviews.rules import DecisionFacts, Position, move, reasons_not_to_decide

A, R, S = Verdict.APPROVE, Verdict.RETURN, Verdict.RETURN_ROWS
FACTS = DecisionFacts(
    state=CaseState.WAITING, waiting_union_id=2, waiting_union_name="龙华区总工会", acting_union_id=2, decided_by=9,
    touched_by=frozenset({5}), decided_before=frozenset({6}), seen_hash=b"x", content_hash=b"x",
    present_hash=b"x", verdict=A,
    reason="", note="",
)  # fmt: skip


@pytest.mark.parametrize(
    ("length", "at", "verdict", "to"),
    [
        (3, 0, A, Position(CaseState.WAITING, 1)),
        (3, 1, A, Position(CaseState.WAITING, 2)),
        (3, 2, A, Position(CaseState.APPROVED, 2)),
        (1, 0, A, Position(CaseState.APPROVED, 0)),
        (3, 1, R, Position(CaseState.RETURNED, 1)),
        (3, 1, S, Position(CaseState.WAITING, 1)),
    ],
)
def test_a_case_moves(length: int, at: int, verdict: Verdict, to: Position) -> None:
    assert move(length, at, verdict) == to


@given(length=st.integers(1, 8), verdicts=st.lists(st.sampled_from([A, R, S]), max_size=20))
def test_no_step_is_ever_skipped_and_approval_needs_every_level(length: int, verdicts: list[Verdict]) -> None:
    position, approvals = Position(CaseState.WAITING, 0), 0
    for verdict in verdicts:
        if position.state != CaseState.WAITING:
            break
        following = move(length, position.step, verdict)
        assert following.step - position.step in (0, 1)
        approvals += verdict == A
        position = following

    assert (position.state == CaseState.APPROVED) == (approvals == length)


@pytest.mark.parametrize(
    ("over", "codes"),
    [
        ({}, []),
        ({"state": CaseState.APPROVED}, ["reviews.settled"]),
        ({"state": CaseState.RETURNED}, ["reviews.settled"]),
        ({"acting_union_id": 3}, ["reviews.not_here"]),
        ({"acting_union_id": None}, ["reviews.not_here"]),
        ({"decided_by": 5}, ["reviews.own_work"]),
        ({"decided_by": 6}, ["reviews.twice"]),
        ({"seen_hash": b"y"}, ["reviews.changed"]),
        ({"present_hash": b"y"}, ["reviews.tampered"]),
        ({"present_hash": b"y", "verdict": R, "reason": "data", "note": "内容被改"}, []),
        ({"verdict": R}, ["reviews.reason", "reviews.note"]),
        ({"verdict": S, "reason": "data"}, ["reviews.note"]),
        ({"verdict": R, "reason": "data", "note": " 姓名 "}, []),
        ({"decided_by": 5, "seen_hash": b"y"}, ["reviews.own_work", "reviews.changed"]),
    ],
)
def test_every_reason_against_a_decision_is_told(over: dict[str, object], codes: list[str]) -> None:
    assert [refusal.code for refusal in reasons_not_to_decide(replace(FACTS, **over))] == codes  # type: ignore[arg-type]
