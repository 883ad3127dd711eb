"""Review: the queue of my branch, one case beside it, and the decision."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from unionhall.foundation.capabilities import Capability
from unionhall.reviews import queries
from unionhall.reviews.choices import CaseState, Verdict
from unionhall.standards.refusal import Refused
from unionhall.ui.fields import add_refusals
from unionhall.ui.paging import numbered_page
from unionhall.ui.requests import ActorRequest, needs
from unionhall.web.collection.wanted import Wanted
from unionhall.web.reviews.forms import DecisionForm
from unionhall.web.reviews.record import record
from unionhall.workflows import collecting

if TYPE_CHECKING:
    from unionhall.reviews.models import Case

TABS = {"": "待我审核", "done": "我已办", "returned": "已退回", "all": "全部"}
SHOWN_IN_QUEUE = 30


@dataclass(frozen=True, slots=True)
class Waiting:
    """One case in a list with how long it has been waiting."""

    case: Case
    waited: object


@needs(Capability.REVIEW_VIEW)
@require_GET
def review_queue(request: ActorRequest) -> HttpResponse:
    """Show what waits for my branch, longest waiting first; the other tabs show what went before."""
    tab = request.GET.get("tab", "")
    tab = tab if tab in TABS else ""
    page = numbered_page(_cases(request, tab), query=request.GET.dict())
    now = timezone.localtime()
    rows = [Waiting(case, now - case.submitted_at) for case in page.items]
    context = {"page": page, "rows": rows, "tab": tab, "tabs": TABS.items()}
    return render(request, "reviews/review_queue.html", context)


@needs(Capability.REVIEW_VIEW)
@require_GET
def review_case(request: ActorRequest, case_id: int) -> HttpResponse:
    """Show one case: its way, what it is about, its rows, and the decision."""
    return _show(request, _case(request, case_id), DecisionForm())


@needs(Capability.REVIEW_DECIDE)
@require_POST
def review_decide(request: ActorRequest, case_id: int) -> HttpResponse:
    """Approve, return the whole, or return the ticked rows; then the next case opens."""
    case = _case(request, case_id)
    form = DecisionForm(request.POST)
    if not form.is_valid():
        return _show(request, case, form)
    rows = form.cleaned_data["pick"]
    opinion = form.opinion()
    try:
        chosen = rows if opinion.verdict == Verdict.RETURN_ROWS else []
        case = collecting.decide(case.pk, opinion, by=request.actor, at=timezone.localtime(), rows=chosen)
    except Refused as refused:
        add_refusals(form, refused)
        return _show(request, _case(request, case_id), form)
    messages.success(request, _words(case, opinion.verdict, len(rows)))
    return _next(request, case, opinion.verdict)


def _cases(request: ActorRequest, tab: str) -> QuerySet[Case]:
    scope = request.actor.scope
    if tab == "done":
        return queries.decided_by(request.actor)
    if tab:
        return queries.cases(scope, state=CaseState.RETURNED if tab == "returned" else "")
    return queries.waiting_for(request.actor)


def _case(request: ActorRequest, case_id: int) -> Case:
    case = queries.find(request.actor.scope, case_id)
    if case is None:
        raise Http404
    return case


def _show(request: ActorRequest, case: Case, form: DecisionForm) -> HttpResponse:
    now = timezone.localtime()
    wanted = Wanted.of(request.GET.dict())
    queue = queries.waiting_for(request.actor)[:SHOWN_IN_QUEUE]
    context = {
        "record": record(case, request.actor, wanted, now=now),
        "waiting": [Waiting(it, now - it.submitted_at) for it in queue],
        "form": form,
        "reading": True,
        "picked": {int(text) for text in form["pick"].value() or [] if str(text).isdecimal()},
    }
    return render(request, "reviews/review_case.html", context, status=422 if form.errors else 200)


def _words(case: Case, verdict: Verdict, picked: int) -> str:
    if verdict == Verdict.RETURN:
        return f"已退回 {case.number}，填报人会看到退回原因。"
    if verdict == Verdict.RETURN_ROWS:
        rest = f"其余 {case.row_count} 行请继续审核。" if case.row_count else "该办件已没有其他行，整批退回。"
        return f"已退回 {case.number} 中的 {picked} 行，{rest}"
    if case.state == CaseState.APPROVED:
        return f"已同意 {case.number}，{case.row_count} 行已登记入库。"
    return f"已同意 {case.number}，转上一级工会审核。"


def _next(request: ActorRequest, case: Case, verdict: Verdict) -> HttpResponse:
    """Open what remains of this case, else the next one waiting, else the empty queue."""
    if verdict == Verdict.RETURN_ROWS and case.state == CaseState.WAITING:
        return redirect("review-case", case.pk)
    following = queries.waiting_for(request.actor).first()
    return redirect("review-case", following.pk) if following else redirect("review-queue")
