"""The page of one batch and of one of its rows: look, filter, mend in place, set aside."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from unionhall.collection import actions, queries
from unionhall.collection.choices import BatchState
from unionhall.collection.grid import RowView
from unionhall.foundation.capabilities import Capability
from unionhall.reviews import queries as reviews
from unionhall.standards.refusal import Refused
from unionhall.ui.requests import ActorRequest, needs
from unionhall.web.collection.board import board
from unionhall.web.collection.forms import RowForm
from unionhall.web.collection.found import batch_or_404
from unionhall.web.collection.wanted import Wanted
from unionhall.web.way import Journey, journey

if TYPE_CHECKING:
    from unionhall.collection.models import Batch

TEMPLATES = {
    BatchState.RECEIVED: ("collection/batch_received.html", "collection/_progress.html"),
    BatchState.UNREADABLE: ("collection/batch_unreadable.html", "collection/_progress.html"),
    BatchState.JUDGED: ("collection/batch_page.html", "collection/_board.html"),
}
SET_ASIDE = {
    "remove": (actions.remove, "第{number}行已移除，不会提交；需要时可恢复。"),
    "restore": (actions.restore, "第{number}行已恢复。"),
    "transfer": (actions.mark_transfer, "第{number}行已转为接转办理，不随本批提交。"),
}


@dataclass(frozen=True, slots=True)
class Desk:
    """What a person has in hand: a batch, one of its rows, and the list the row was opened from."""

    request: ActorRequest
    batch: Batch
    row: RowView
    wanted: Wanted


@needs(Capability.COLLECTION_VIEW)
@require_GET
def batch_page(request: ActorRequest, batch_id: int) -> HttpResponse:
    """Show a batch: progress while it is judged, why it cannot be read, or all rows with their findings."""
    batch = batch_or_404(request, batch_id)
    page, part = TEMPLATES[BatchState(batch.state)]
    if _wants_part(request) and request.GET.get("watch") and batch.state != BatchState.RECEIVED:
        return HttpResponse(headers={"HX-Refresh": "true"})
    context = _context(request, batch, Wanted.of(request.GET.dict()))
    if not _wants_part(request):
        context["journeys"] = _journeys(request, batch)
    return render(request, part if _wants_part(request) else page, context)


@needs(Capability.COLLECTION_VIEW)
@require_http_methods(["GET", "POST"])
def batch_row(request: ActorRequest, batch_id: int, row_id: int) -> HttpResponse:
    """Show one row with everything found in it; write what was mended, or set the row aside."""
    batch = batch_or_404(request, batch_id)
    row = queries.row(batch, row_id)
    if row is None:
        raise Http404
    desk = Desk(request, batch, row, Wanted.of(request.GET.dict()))
    if request.method == "GET":
        return _show(desk, RowForm(row))
    form = RowForm(row, request.POST)
    try:
        words = _write(desk, form)
    except Refused as refused:
        return _show(desk, form, refused=refused)
    return _written(desk, words)


def _wants_part(request: ActorRequest) -> bool:
    return bool(request.htmx) and not request.htmx.history_restore_request


def _context(request: ActorRequest, batch: Batch, wanted: Wanted) -> dict[str, object]:
    shown = board(batch, request.actor.scope, wanted) if batch.state == BatchState.JUDGED else None
    return {
        "batch": batch,
        "board": shown,
        "grid": shown.grid if shown else None,
        "files": queries.files(request.actor.scope, [batch.pk]).get(batch.pk, []),
        "notes": queries.notes(batch),
        "may_fill": request.actor.may(Capability.COLLECTION_FILL),
    }


def _journeys(request: ActorRequest, batch: Batch) -> list[Journey]:
    """Return the cases of a batch with how far each has come."""
    if not request.actor.may(Capability.REVIEW_VIEW):
        return []
    cases = reviews.cases(request.actor.scope, kind="collection", subject_id=batch.pk)
    return [journey(case, now=timezone.localtime()) for case in cases]


def _write(desk: Desk, form: RowForm) -> str:
    """Write what was asked for and return the sentence that says so.

    :raises Refused: if the row was changed meanwhile, or may not be changed
    """
    by, at = desk.request.actor, timezone.localtime()
    form.is_valid()
    version = form.cleaned_data.get("version") or 0
    deed, words = SET_ASIDE.get(desk.request.POST.get("deed", ""), (None, ""))
    if deed is not None:
        deed(desk.batch, desk.row.id, version=version, by=by, at=at)
        return words.format(number=desk.row.number)
    key, _, suggestion = desk.request.POST.get("adopt", "").partition("=")
    changes = form.changes() | ({key: suggestion} if key else {})
    actions.correct(desk.batch, desk.row.id, changes, version=version, by=by, at=at)
    return f"第{desk.row.number}行已保存。"


def _show(desk: Desk, form: RowForm, *, refused: Refused | None = None) -> HttpResponse:
    part = _wants_part(desk.request)
    context = _editor(desk, form) | {"refused": refused}
    template = "collection/_editor.html" if part else "collection/batch_row.html"
    return render(desk.request, template, context, status=422 if refused else 200)


def _written(desk: Desk, words: str) -> HttpResponse:
    """Show the row again, or the next one to mend when this one has no error any more."""
    after = queries.row(desk.batch, desk.row.id) or desk.row
    is_done = bool(desk.row.errors) and not (after.editable and after.errors)
    row = (_next_faulty(desk) if is_done else None) or after
    wanted = desk.wanted
    if not _wants_part(desk.request):
        messages.success(desk.request, words)
        return redirect(reverse("batch-row", args=[desk.batch.pk, row.id]) + wanted.here())
    context = _context(desk.request, desk.batch, wanted)
    following = Desk(desk.request, desk.batch, row, wanted)
    context |= _editor(following, RowForm(row)) | {"words": words, "moved_on": row.id != desk.row.id}
    return render(desk.request, "collection/_written.html", context)


def _next_faulty(desk: Desk) -> RowView | None:
    """Return the next row of the same sheet with an error, from the beginning again after the last."""
    faulty = queries.RowFilter(kind=desk.row.kind, state="faulty")
    scope, batch = desk.request.actor.scope, desk.batch
    found = queries.page(scope, faulty, batch=batch, after=desk.row.id, size=queries.SMALLEST_PAGE)
    found = found if found.rows else queries.page(scope, faulty, batch=batch, size=queries.SMALLEST_PAGE)
    return found.rows[0] if found.rows else None


def _editor(desk: Desk, form: RowForm) -> dict[str, object]:
    may_fill = desk.request.actor.may(Capability.COLLECTION_FILL, desk.batch.path)
    return {
        "batch": desk.batch,
        "row": desk.row,
        "form": form,
        "may_fill": may_fill,
        "may_edit": may_fill and desk.row.editable,
        "query": desk.wanted.here(),
        "back": reverse("batch-page", args=[desk.batch.pk]) + desk.wanted.here(),
    }
