"""Unions: the tree, one branch of it, one union."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from unionhall.foundation.capabilities import Capability
from unionhall.statistics import queries as statistics
from unionhall.ui.paging import numbered_page
from unionhall.ui.requests import ActorRequest, needs
from unionhall.unions import queries
from unionhall.web.places import union_asked, union_or_404, within_reach
from unionhall.web.statistics.lines import Line, line_of
from unionhall.web.unions import facts, nodes
from unionhall.web.unions.forms import TreeForm


@needs(Capability.UNION_VIEW)
@require_GET
def tree(request: ActorRequest) -> HttpResponse:
    """Show the tree opened to the chosen union, or what a search found, beside a summary of the union."""
    union = union_asked(request)
    form = TreeForm(request.GET)
    text = form.cleaned_data["q"] if form.is_valid() else ""
    root = union_or_404(request, request.actor.branch_id or 0)
    context = {
        "union": union,
        "form": form,
        "text": text,
        "found": numbered_page(queries.search(request.actor.scope, text), query=request.GET)
        if text
        else None,
        "nodes": [] if text else [nodes.opened_to(request.actor, root, union)],
        "particulars": facts.particulars(union, request.actor),
        "line": _line(request, union.path),
    }
    return render(request, "unions/tree.html", context)


@needs(Capability.UNION_VIEW)
@require_GET
def branch(request: ActorRequest, union_id: int) -> HttpResponse:
    """Answer with what stands directly below a union, for the tree to open."""
    union = union_or_404(request, union_id)
    return render(request, "partials/tree.html", {"nodes": nodes.below(request.actor, union), "nested": True})


@needs(Capability.UNION_VIEW)
@require_GET
def page(request: ActorRequest, union_id: int) -> HttpResponse:
    """Show everything about one union that the actor may see."""
    union = union_or_404(request, union_id)
    scope, superiors = request.actor.scope, queries.superiors(union.path)[::-1]
    context = {
        "union": union,
        "above": within_reach(request, superiors),
        "superiors": superiors,
        "particulars": facts.particulars(union, request.actor),
        "line": _line(request, union.path),
        "covered": facts.covered(queries.employers(scope, union.pk)),
        "history": queries.affiliation_history(scope, union.pk),
        "children": numbered_page(queries.children(scope, union.path), query=request.GET),
        "may_members": request.actor.may(Capability.MEMBER_VIEW),
    }
    return render(request, "unions/page.html", context)


def _line(request: ActorRequest, path: str) -> Line | None:
    if not request.actor.may(Capability.PROGRESS_VIEW):
        return None
    found = statistics.total(request.actor.scope, path)
    return line_of(found, request.actor) if found is not None else None
