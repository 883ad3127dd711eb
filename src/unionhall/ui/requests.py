"""A request as our views see it: somebody acts, for one branch, within one transaction."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

from django.http import HttpRequest, HttpResponse
from django_htmx.middleware import HtmxDetails

from unionhall.accounts.queries import ActingChoice
from unionhall.foundation.actor import Actor, NotPermitted
from unionhall.foundation.capabilities import Capability

P = ParamSpec("P")


class ActorRequest(HttpRequest):
    """`actor` is never missing: nobody signed in is `NOBODY`."""

    actor: Actor
    acting_choices: list[ActingChoice]
    htmx: HtmxDetails


View = Callable[Concatenate[ActorRequest, P], HttpResponse]


def needs(capability: Capability) -> Callable[[View[P]], View[P]]:
    """Let only actors with a capability see a page; where in the tree, the query's scope decides.

    The capability stays readable on the view (`view.capability`), so that a house test can list every door.
    """

    def decorate(view: View[P]) -> View[P]:
        @wraps(view)
        def guarded(request: ActorRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
            if not request.actor.may(capability):
                raise NotPermitted(capability, request.actor.branch_path)
            return view(request, *args, **kwargs)

        guarded.capability = capability  # type: ignore[attr-defined]
        return guarded

    return decorate
