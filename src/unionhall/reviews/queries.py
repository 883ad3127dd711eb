"""Read cases: the scope comes first."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Exists, OuterRef, QuerySet

from unionhall.foundation.actor import Actor, Scope
from unionhall.reviews import rules
from unionhall.reviews.choices import CaseState, Verdict
from unionhall.reviews.models import Case, CaseQuerySet, Decision
from unionhall.standards.refusal import Refusal


@dataclass(frozen=True, slots=True)
class Stage:
    """One step of a case's way as a stepper shows it."""

    union_id: int
    union_name: str
    state: str  # done, current, returned or ahead
    decided_by: str = ""
    decided_at: datetime | None = None


def waiting_for(actor: Actor) -> CaseQuerySet:
    """Return the cases on which the actor's branch must decide now, longest waiting first."""
    found = Case.objects.within(actor.scope).waiting_at_branch(actor.branch_id)
    return found.select_related("union").order_by("submitted_at", "pk")


def cases(scope: Scope, *, state: str = "", kind: str = "", subject_id: int | None = None) -> QuerySet[Case]:
    """Return the cases of a scope, latest first."""
    found = Case.objects.within(scope)
    if state in CaseState.values:
        found = found.filter(state=state)
    if kind:
        found = found.filter(kind=kind)
    if subject_id is not None:
        found = found.filter(subject_id=subject_id)
    return found.select_related("union", "waiting_at").order_by("-submitted_at", "-pk")


def find(scope: Scope, case_id: int) -> Case | None:
    """Return a case of the scope, or nothing."""
    return Case.objects.within(scope).filter(pk=case_id).select_related("union").first()


def decisions(case: Case) -> list[Decision]:
    """Return what was decided on a case, in order."""
    return list(Decision.objects.filter(case=case).order_by("decided_at", "pk"))


def way(case: Case) -> list[Stage]:
    """Return the frozen chain of a case with how far it has come."""
    last = {decision.position: decision for decision in decisions(case)}
    return [_stage(case, step.position, step.union_id, step.union_name, last) for step in case.steps.all()]


def _stage(case: Case, position: int, union_id: int, union_name: str, last: dict[int, Decision]) -> Stage:
    decision = last.get(position)
    if position > case.position or decision is None:
        state = "current" if position == case.position and case.state == CaseState.WAITING else "ahead"
        return Stage(union_id, union_name, state)
    if position == case.position and case.state == CaseState.WAITING:
        return Stage(union_id, union_name, "current")
    state = "returned" if position == case.position and case.state == CaseState.RETURNED else "done"
    return Stage(union_id, union_name, state, decision.decided_by_name, decision.decided_at)


def decided_by(actor: Actor) -> CaseQuerySet:
    """Return the cases on which this person decided, latest first."""
    own = Decision.objects.filter(case=OuterRef("pk"), decided_by_id=actor.user_id)
    found = Case.objects.within(actor.scope).filter(Exists(own))
    return found.select_related("union", "waiting_at").order_by("-submitted_at", "-pk")


def facts_of(case: Case, actor: Actor, *, touched_by: Collection[int]) -> rules.DecisionFacts:
    """Return what must be known before a person decides on a case, as if it were about to be approved as it is."""
    earlier = Decision.objects.filter(case=case, position__lt=case.position)
    content_hash = bytes(case.content_hash)
    return rules.DecisionFacts(
        state=CaseState(case.state),
        waiting_union_id=case.waiting_at_id,
        waiting_union_name=case.steps.get(position=case.position).union_name,
        acting_union_id=actor.branch_id,
        decided_by=actor.user_id,
        touched_by=frozenset({*touched_by, case.submitted_by_id}),
        decided_before=frozenset(earlier.values_list("decided_by_id", flat=True)),
        seen_hash=content_hash,
        content_hash=content_hash,
        present_hash=content_hash,
        verdict=Verdict.APPROVE,
        reason="",
        note="",
    )


def obstacles(case: Case, actor: Actor, *, touched_by: Collection[int]) -> tuple[Refusal, ...]:
    """Return why this person may not decide on a case now, asked before anything is decided."""
    return rules.reasons_not_to_decide(facts_of(case, actor, touched_by=touched_by))
