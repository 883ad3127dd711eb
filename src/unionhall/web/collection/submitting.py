"""Send a batch on its way after its effect was shown; give the workbook back with its findings marked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_GET, require_http_methods

from unionhall.collection import actions, queries
from unionhall.foundation.capabilities import Capability
from unionhall.standards.refusal import Refused
from unionhall.ui.requests import ActorRequest, needs
from unionhall.web.collection.found import batch_or_404
from unionhall.web.spreadsheet import CONTENT_TYPE
from unionhall.workflows import collecting

if TYPE_CHECKING:
    from unionhall.collection.models import Batch

LONGEST_ID = 19


@needs(Capability.COLLECTION_FILL)
@require_http_methods(["GET", "POST"])
def batch_submit(request: ActorRequest, batch_id: int) -> HttpResponse:
    """Show what submitting would do and through whose hands it will go; submit when confirmed."""
    batch = batch_or_404(request, batch_id)
    if request.method == "GET":
        return _show_effect(request, batch)
    try:
        case = collecting.submit(batch, by=request.actor, at=timezone.localtime())
    except Refused as refused:
        return _show_effect(request, batch, refused=refused)
    words = f"已提交 {case.row_count} 行，受理号 {case.number}。"
    messages.success(request, words + "审核进度见下方，有退回会在本页说明原因。")
    return redirect("batch-page", batch.pk)


@needs(Capability.COLLECTION_FILL)
@require_GET
def batch_workbook(request: ActorRequest, batch_id: int) -> HttpResponse:
    """Give one file of the batch back with its findings marked; the address names the file."""
    batch = batch_or_404(request, batch_id)
    asked = request.GET.get("source", "")
    try:
        source = int(asked) if asked.isdecimal() and len(asked) < LONGEST_ID else 0
        marked = actions.returned_workbook(batch, source, by=request.actor, at=timezone.localtime())
    except Refused as refused:
        messages.error(request, str(refused))
        return redirect("batch-page", batch.pk)
    disposition = str(content_disposition_header(as_attachment=True, filename=marked.name))
    headers = {"Content-Disposition": disposition}
    return HttpResponse(marked.content, content_type=CONTENT_TYPE, headers=headers)


def _show_effect(request: ActorRequest, batch: Batch, *, refused: Refused | None = None) -> HttpResponse:
    """Show what goes and what stays of each sheet, what is new, and who will review."""
    by_kind = queries.summaries_by_kind(request.actor.scope, queries.RowFilter(), batch=batch)
    context = {
        "batch": batch,
        "unions": by_kind.get("unions"),
        "members": by_kind.get("members"),
        "newcomers": queries.newcomers(batch),
        "preview": collecting.preview(batch),
        "refused": refused,
    }
    return render(request, "collection/batch_submit.html", context, status=422 if refused else 200)
