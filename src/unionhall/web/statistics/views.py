"""Progress: how far each branch has come, down to the rows."""

from __future__ import annotations

from dataclasses import replace

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from unionhall.foundation.capabilities import Capability
from unionhall.statistics import queries
from unionhall.ui.paging import keyset_page
from unionhall.ui.requests import ActorRequest, needs
from unionhall.web.places import line_above, union_asked
from unionhall.web.spreadsheet import Heading, download
from unionhall.web.statistics import lines, rowlines
from unionhall.web.statistics.forms import RowsForm

HEADINGS = (
    Heading("单位", 36), Heading("申报会员"), Heading("已采集"), Heading("审核中"),
    Heading("已退回"), Heading("已入库"), Heading("完成率（%）"),
)  # fmt: skip


@needs(Capability.PROGRESS_VIEW)
@require_GET
def progress(request: ActorRequest) -> HttpResponse:
    """Show the line of every union directly below one, and their sum."""
    union = union_asked(request)
    sort = request.GET.get("sort", "name")
    found = queries.progress(request.actor.scope, union.path)
    context = {
        "union": union,
        "above": line_above(request, union.path),
        "lines": [lines.line_of(line, request.actor) for line in lines.sorted_by(found, sort)],
        "whole": lines.line_of(replace(lines.added_up(found), union_id=union.pk), request.actor),
        "columns": lines.columns(request.GET, sort),
        "now": timezone.localtime(),
    }
    name = "statistics/_progress.html" if request.htmx else "statistics/progress.html"
    return render(request, name, context)


@needs(Capability.PROGRESS_VIEW)
@require_GET
def export(request: ActorRequest) -> HttpResponse:
    """Hand out the table that the page shows, in its order, with the sum below."""
    union = union_asked(request)
    found = queries.progress(request.actor.scope, union.path)
    shown = [*lines.sorted_by(found, request.GET.get("sort", "name")), lines.added_up(found)]
    day = timezone.localdate()
    return download(
        title=f"{union.name}实名采集进度（{day}）",
        headings=HEADINGS,
        rows=(lines.cells(line) for line in shown),
        file_name=f"采集进度-{union.name}-{day}.xlsx",
    )


@needs(Capability.COLLECTION_VIEW)
@require_GET
def rows(request: ActorRequest) -> HttpResponse:
    """Show the collected member rows behind a figure."""
    union = union_asked(request)
    form = RowsForm(request.GET)
    state = form.cleaned_data["state"] if form.is_valid() else ""
    found = queries.rows(request.actor.scope, union.path, state=state)
    if request.GET.get("own"):
        found = found.filter(path=union.path)
    page = keyset_page(found, keys=("path", "pk"), query=request.GET, total=found.count())
    context = {
        "union": union,
        "form": form,
        "page": page.showing(rowlines.of(page.items, request.actor)),
        "reset_url": f"{request.path}?at={union.pk}",
    }
    return render(request, "statistics/_rows.html" if request.htmx else "statistics/rows.html", context)


@needs(Capability.PROGRESS_VIEW)
@require_GET
def declaring(request: ActorRequest) -> HttpResponse:
    """Show the grassroots unions whose declared members add up to a figure."""
    union = union_asked(request)
    found = queries.declaring(request.actor.scope, union.path)
    if request.GET.get("own"):
        found = found.filter(path=union.path)
    page = keyset_page(found, keys=("path",), query=request.GET, total=found.count())
    declared = queries.declared_in(found)
    context = {"union": union, "page": page, "declared": declared}
    return render(request, "statistics/declaring.html", context)
