"""The settlement sheet, and the members behind each of its figures."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import islice

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from unionhall.foundation.capabilities import Capability
from unionhall.members import exports
from unionhall.standards import money
from unionhall.subsidies import queries
from unionhall.ui.paging import keyset_page
from unionhall.ui.requests import ActorRequest, needs
from unionhall.web.places import union_or_404
from unionhall.web.spreadsheet import Heading, Value, download
from unionhall.web.subsidies import lines
from unionhall.web.subsidies.forms import CutOffForm

SHEET = (
    Heading("报送单位", 36), Heading("计数会员", 12), Heading("标准（元/人）"), Heading("金额（元）", 16),
    Heading("最早通过"), Heading("最近通过"),
)  # fmt: skip
ROWS = (
    Heading("姓名"), Heading("证件号码", 22), Heading("所在工会", 36),
    Heading("审核通过日期"), Heading("金额（元）"),
)  # fmt: skip
AT_ONCE = 2000


@needs(Capability.SUBSIDY_VIEW)
@require_GET
def settlement(request: ActorRequest) -> HttpResponse:
    """Show what each reporting union of the scope is owed up to a day."""
    form = CutOffForm(request.GET)
    until = form.day()
    owed = queries.settlement(request.actor.scope, until=until)
    whole = sum(one.amount_fen for one in owed)
    context = {
        "form": form,
        "lines": lines.lines_of(owed, until),
        "count": sum(one.count for one in owed),
        "whole": whole,
        "in_words": money.in_words(whole),
        "policy": queries.policy_on(until or timezone.localdate()),
        "until": until or timezone.localdate(),
    }
    name = "subsidies/_settlement.html" if request.htmx else "subsidies/settlement.html"
    return render(request, name, context)


@needs(Capability.SUBSIDY_VIEW)
@require_GET
def export(request: ActorRequest) -> HttpResponse:
    """Hand out the settlement sheet as the page shows it."""
    until = CutOffForm(request.GET).day()
    owed = queries.settlement(request.actor.scope, until=until)
    day = until or timezone.localdate()
    return download(
        title=f"实名制管理工作专项经费结算表（截至{day}）",
        headings=SHEET,
        rows=_sheet(lines.lines_of(owed, until)),
        file_name=f"经费结算表-{day}.xlsx",
    )


@needs(Capability.SUBSIDY_VIEW)
@require_GET
def rows(request: ActorRequest, union_id: int) -> HttpResponse:
    """Show the members counted for one reporting union up to a day."""
    union = union_or_404(request, union_id)
    form = CutOffForm(request.GET)
    found = queries.entitlements(request.actor.scope, reporting_union_id=union.pk, until=form.day())
    page = keyset_page(found, keys=("pk",), query=request.GET, total=found.count())
    context = {
        "union": union,
        "form": form,
        "page": page.showing(lines.counted(page.items, request.actor.scope)),
        "whole": queries.amount_of(found),
        "may_members": request.actor.may(Capability.MEMBER_VIEW),
    }
    return render(request, "subsidies/_rows.html" if request.htmx else "subsidies/rows.html", context)


@needs(Capability.MEMBER_VIEW)
@require_POST
def export_rows(request: ActorRequest, union_id: int) -> HttpResponse:
    """Hand out the members counted for one reporting union, masked; the deed is remembered."""
    union = union_or_404(request, union_id)
    until, now = CutOffForm(request.GET).day(), timezone.localtime()
    found = queries.entitlements(request.actor.scope, reporting_union_id=union.pk, until=until)
    filter_text = f"补助计数会员；截至{until or now.date()}"
    exports.note_export(filter_text, count=found.count(), place=union.path, by=request.actor, at=now)
    return download(
        title=f"{union.name}补助计数会员（截至{until or now.date()}）",
        headings=ROWS,
        rows=_members(request, union.pk, until),
        file_name=f"补助计数会员-{union.name}-{now.date()}.xlsx",
    )


def _sheet(shown: list[lines.Line]) -> Iterator[tuple[Value, ...]]:
    for line in shown:
        rate = line.rate_fen / 100 if line.rate_fen is not None else None
        yield line.name, line.count, rate, line.amount_fen / 100, line.first_on, line.last_on
    count, whole = sum(line.count for line in shown), sum(line.amount_fen for line in shown)
    yield "合计", count, None, whole / 100, None, None
    yield f"人民币（大写）：{money.in_words(whole)}", None, None, None, None, None


def _members(request: ActorRequest, union_id: int, until: date | None) -> Iterator[tuple[Value, ...]]:
    scope = request.actor.scope
    found = queries.entitlements(scope, reporting_union_id=union_id, until=until)
    waiting = found.iterator(chunk_size=AT_ONCE)
    while some := list(islice(waiting, AT_ONCE)):
        for one in lines.counted(some, scope):
            yield one.name, one.identity, one.union_name, one.approved_on, one.amount_fen / 100
