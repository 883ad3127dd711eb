"""The union a page is about: named by the address, found within the scope, else 404."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import Http404

from unionhall.ui.requests import ActorRequest
from unionhall.unions import queries as unions
from unionhall.unions.queries import Place

if TYPE_CHECKING:
    from unionhall.unions.models import Union


def union_or_404(request: ActorRequest, union_id: int) -> Union:
    """Return a union of the actor's scope; what lies outside does not exist."""
    union = unions.find(request.actor.scope, union_id)
    if union is None:
        raise Http404
    return union


def union_asked(request: ActorRequest, name: str = "at") -> Union:
    """Return the union that the query string names, or the acting branch when it names none."""
    asked = request.GET.get(name, "")
    if asked and not asked.isdecimal():
        raise Http404
    return union_or_404(request, int(asked) if asked else request.actor.branch_id or 0)


def line_above(request: ActorRequest, path: str) -> list[Place]:
    """Return the superiors of a place that the actor may open, highest first: the way back up."""
    return within_reach(request, unions.superiors(path)[::-1])


def within_reach(request: ActorRequest, places: list[Place]) -> list[Place]:
    """Return those of some places that the actor may open."""
    return [place for place in places if request.actor.scope.covers(place.path)]
