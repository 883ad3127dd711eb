"""Hand sheets in: the batches of my branch, a new one, the empty forms."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_GET, require_http_methods

from unionhall.collection import actions, queries
from unionhall.collection.actions import Upload
from unionhall.collection.choices import BatchState
from unionhall.collection.queries import SentFile, Summary
from unionhall.collection.sheets.columns import SheetKind
from unionhall.collection.sheets.templates import write_template
from unionhall.foundation.capabilities import Capability
from unionhall.standards.refusal import Refused
from unionhall.ui.fields import add_refusals
from unionhall.ui.paging import NumberedPage, numbered_page
from unionhall.ui.requests import ActorRequest, needs
from unionhall.unions import queries as unions
from unionhall.web.collection.board import NOTHING
from unionhall.web.collection.forms import UploadForm
from unionhall.web.places import union_or_404
from unionhall.web.spreadsheet import CONTENT_TYPE

if TYPE_CHECKING:
    from unionhall.collection.models import Batch

MOST_FOUND = 20


@dataclass(frozen=True, slots=True)
class Delivery:
    """One batch as the list shows it."""

    batch: Batch
    files: list[SentFile]
    summary: Summary


@needs(Capability.COLLECTION_VIEW)
@require_GET
def batch_list(request: ActorRequest) -> HttpResponse:
    """Show the batches of the branch, latest first."""
    state = request.GET.get("state", "")
    state = state if state in BatchState.values else ""
    page = numbered_page(queries.batches(request.actor.scope, state=state), query=request.GET.dict())
    context = {
        "page": page,
        "deliveries": _deliveries(request, page),
        "state": state,
        "states": BatchState.choices,
        "may_fill": request.actor.may(Capability.COLLECTION_FILL),
    }
    return render(request, "collection/batch_list.html", context)


@needs(Capability.COLLECTION_FILL)
@require_http_methods(["GET", "POST"])
def batch_new(request: ActorRequest) -> HttpResponse:
    """Take both sheets of one union at once; the address says for which union."""
    union = union_or_404(request, _union_id(request))
    is_sent = request.method == "POST"
    form = UploadForm(request.POST, request.FILES) if is_sent else UploadForm()
    if form.is_valid():
        try:
            uploads = [_upload(file) for file in form.cleaned_data["files"]]
            batch = actions.receive(union, uploads, by=request.actor, at=timezone.localtime())
            return redirect("batch-page", batch.pk)
        except Refused as refused:
            add_refusals(form, refused)
    context = {"form": form, "union": union, **_choices(request), "kinds": list(SheetKind)}
    return render(request, "collection/batch_new.html", context, status=422 if form.errors else 200)


@needs(Capability.COLLECTION_VIEW)
@require_GET
def template_download(request: ActorRequest, kind: str) -> HttpResponse:
    """Give one of the province's two forms, empty, with a row that shows how to fill it in."""
    if kind not in list(SheetKind):
        raise Http404
    sheet = SheetKind(kind)
    name = f"{sheet.form_title}.xlsx"
    disposition = str(content_disposition_header(as_attachment=True, filename=name))
    headers = {"Content-Disposition": disposition}
    return HttpResponse(write_template(sheet), content_type=CONTENT_TYPE, headers=headers)


def _deliveries(request: ActorRequest, page: NumberedPage[Batch]) -> list[Delivery]:
    ids = [batch.pk for batch in page.items]
    files = queries.files(request.actor.scope, ids)
    summaries = queries.summaries(request.actor.scope, ids)
    return [
        Delivery(batch, files.get(batch.pk, []), summaries.get(batch.pk, NOTHING)) for batch in page.items
    ]


def _union_id(request: ActorRequest) -> int:
    """Return the union named in the address, else the one acted for."""
    asked = request.GET.get("union", "")
    return int(asked) if asked.isdecimal() and len(asked) < 19 else request.actor.branch_id or 0


def _choices(request: ActorRequest) -> dict[str, object]:
    """Return the unions to choose from, for those who lead others: by name, or the first of the tree."""
    scope, text = request.actor.scope, request.GET.get("q", "").strip()[:40]
    found = unions.search(scope, text) if text else unions.tree(scope)
    listed = list(found[: MOST_FOUND + 1])
    leads = bool(text) or len(listed) > 1
    return {"leads": leads, "found": listed[:MOST_FOUND], "more": len(listed) > MOST_FOUND, "q": text}


def _upload(file: UploadedFile[bytes]) -> Upload:
    # One byte over the limit is enough to be refused, and no larger file is ever held in memory.
    return Upload(file.name or "", file.read(settings.UPLOAD_LIMIT_BYTES + 1))
