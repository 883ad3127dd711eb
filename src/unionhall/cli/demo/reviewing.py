"""Level by level the reviewers decide: most approve, some send back, some have not come to it yet."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from django.utils import timezone

from unionhall.cli.demo.planning import Delivery, Fate
from unionhall.cli.demo.told import Told
from unionhall.collection import queries as batches
from unionhall.foundation import scoping
from unionhall.foundation.actor import Actor
from unionhall.reviews import queries as reviews
from unionhall.reviews.actions import Opinion
from unionhall.reviews.choices import ReturnReason, Verdict
from unionhall.workflows import collecting

Step = Callable[[int], None]
ROWS_SENT_BACK = 2
# The step at which the story leaves a case waiting.
LEFT_AT = {Fate.AT_STREET: 0, Fate.AT_DISTRICT: 1, Fate.AT_CITY: 1}
APPROVAL = Opinion(verdict=Verdict.APPROVE, seen_hash=b"")
SENT_BACK_ONCE = Opinion(
    verdict=Verdict.RETURN,
    seen_hash=b"",
    reason=ReturnReason.WRONG_DATA,
    note="会员名单请与各单位花名册核对一遍后重新提交。",
)
SENT_BACK = Opinion(
    verdict=Verdict.RETURN,
    seen_hash=b"",
    reason=ReturnReason.NOT_PROVEN,
    note="请补充加盖公章的会员名册后重新提交。",
)
ROWS_SENT = Opinion(
    verdict=Verdict.RETURN_ROWS,
    seen_hash=b"",
    reason=ReturnReason.NOT_MEMBER,
    note="这几名职工据反映已离职，请核实后更正或移除。",
)


def review(told: Told, wave: int, step: Step) -> None:
    """Let every reviewer, from the streets up to the city, decide what waits at the own union."""
    deliveries = {told.batch_of(parcel.delivery): parcel.delivery for parcel in told.of_wave(wave)}
    for reviewer in told.reviewers:
        with scoping.acting(reviewer):
            waiting = list(reviews.waiting_for(reviewer).values_list("pk", "subject_id"))
        for case_id, batch_id in waiting:
            if batch_id in deliveries:
                _decide(reviewer, case_id, deliveries[batch_id])
        step(1)


def _decide(reviewer: Actor, case_id: int, delivery: Delivery) -> None:
    with scoping.acting(reviewer):
        case = reviews.cases(reviewer.scope).get(pk=case_id)
        attempts = reviews.cases(reviewer.scope, kind=case.kind, subject_id=case.subject_id).count()
        is_first = case.position == 0
        if LEFT_AT.get(delivery.fate) == case.position:
            return
        if delivery.fate == Fate.RETURNED:
            _say(reviewer, case_id, SENT_BACK)
        elif delivery.fate == Fate.RETURNED_ONCE and is_first and attempts == 1:
            _say(reviewer, case_id, SENT_BACK_ONCE)
        else:
            if delivery.fate == Fate.ROWS_RETURNED and is_first and not reviews.decisions(case):
                _send_rows_back(reviewer, case_id)
            _say(reviewer, case_id, APPROVAL)


def _send_rows_back(reviewer: Actor, case_id: int) -> None:
    wanted = batches.RowFilter(case_id=case_id, kind="members", state="submitted")
    rows = list(batches.rows(reviewer.scope, wanted).values_list("pk", flat=True)[:ROWS_SENT_BACK])
    _say(reviewer, case_id, ROWS_SENT, rows)


def _say(reviewer: Actor, case_id: int, opinion: Opinion, rows: list[int] | None = None) -> None:
    """Decide on what the reviewer sees now."""
    seen = bytes(reviews.cases(reviewer.scope).get(pk=case_id).content_hash)
    collecting.decide(
        case_id, replace(opinion, seen_hash=seen), by=reviewer, at=timezone.localtime(), rows=rows or []
    )
