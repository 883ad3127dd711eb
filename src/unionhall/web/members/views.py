"""The roll of members."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST
from django_htmx.http import push_url, reswap, retarget

from unionhall.foundation.capabilities import Capability
from unionhall.members import exports
from unionhall.standards.refusal import Refused
from unionhall.ui.fields import add_refusals
from unionhall.ui.paging import keyset_page
from unionhall.ui.requests import ActorRequest, needs
from unionhall.web.members import asked, limits, lines, sought
from unionhall.web.members.asked import Asked
from unionhall.web.members.forms import RollForm
from unionhall.web.spreadsheet import MOST_ROWS, download
from unionhall.web.unions import choosing

MOST_EXPORTED = min(200_000, MOST_ROWS)
AT_ONCE = 2000


@needs(Capability.MEMBER_VIEW)
@require_http_methods(["GET", "POST"])
def roll(request: ActorRequest) -> HttpResponse:
    """Show the members asked for; what is typed is posted, so that no number stands in an address."""
    if request.method == "POST":
        return _look(request, RollForm(request.POST, scope=request.actor.scope))
    if sought.is_number(request.GET.get("q", "")):
        return _look(request, RollForm({"q": request.GET["q"]}, scope=request.actor.scope))
    wanted = asked.read(request)
    shown = {**wanted.query, "branch": wanted.union.name if wanted.union else ""}
    return _shown(request, wanted, RollForm(initial=shown, scope=request.actor.scope))


@needs(Capability.MEMBER_VIEW)
@require_POST
def export(request: ActorRequest) -> HttpResponse:
    """Hand out exactly the rows that the roll shows, masked; the deed is remembered."""
    wanted, now = asked.read(request), timezone.localtime()
    found = wanted.rows(request)
    count = found.count()
    if count > MOST_EXPORTED:
        messages.error(
            request, f"符合条件的会员有{count:,}人，一次最多导出{MOST_EXPORTED:,}人，请先按工会筛选。"
        )
        return redirect(asked.roll_address(wanted.query))
    place = wanted.union.path if wanted.union else request.actor.branch_path
    exports.note_export(wanted.in_words, count=count, place=place, by=request.actor, at=now)
    return download(
        title=f"会员名册（{wanted.in_words}，{count}人，{now.date()}）",
        headings=lines.HEADINGS,
        rows=lines.cells(found.iterator(chunk_size=AT_ONCE)),
        file_name=f"会员名册-{now.date()}.xlsx",
    )


def _look(request: ActorRequest, form: RollForm) -> HttpResponse:
    if form.is_valid():
        try:
            if form.seeks_number():
                limits.spend(request.actor.user_id, at=timezone.localtime(), field="q")
            return redirect(asked.roll_address(form.asked()))
        except Refused as refused:
            add_refusals(form, refused)
    return _shown(request, asked.read(request), form, status=422)


def _shown(request: ActorRequest, wanted: Asked, form: RollForm, *, status: int = 200) -> HttpResponse:
    found = wanted.rows(request)
    page = keyset_page(found, keys=("path", "pk"), query=request.GET, total=found.count())
    context = {
        "form": form,
        "asked": wanted,
        "page": page.showing([lines.line_of(held) for held in page.items]),
        "branches": choosing.offered(request.actor.scope),
        "may_collect": request.actor.may(Capability.COLLECTION_FILL),
    }
    if request.htmx and not form.errors:
        return render(request, "members/_roll.html", context)
    response = render(request, "members/roll.html", context, status=status)
    return retarget(reswap(push_url(response, False), "innerHTML"), "body") if request.htmx else response
