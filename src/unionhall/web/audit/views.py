"""The audit trail."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from unionhall.audit import queries
from unionhall.foundation.capabilities import Capability
from unionhall.ui.paging import keyset_page
from unionhall.ui.requests import ActorRequest, needs
from unionhall.web.audit import words
from unionhall.web.audit.forms import TrailForm

if TYPE_CHECKING:
    from unionhall.audit.models import Event


@dataclass(frozen=True, slots=True)
class Entry:
    """One event with its words."""

    event: Event
    role: str
    deed: words.Deed
    subject: str
    details: str


@needs(Capability.AUDIT_VIEW)
@require_GET
def trail(request: ActorRequest) -> HttpResponse:
    """Show what was done within the actor's scope, newest first."""
    form = TrailForm(request.GET)
    found = queries.search(request.actor.scope, form.wanted())
    page = keyset_page(found, keys=("-sequence",), query=request.GET, total=found.count())
    context = {"form": form, "page": page.showing([_entry(event) for event in page.items])}
    return render(request, "audit/_trail.html" if request.htmx else "audit/trail.html", context)


def _entry(event: Event) -> Entry:
    subject = words.SUBJECTS.get(event.subject_kind, event.subject_kind)
    named = f"{subject} {event.subject_id}" if event.subject_id is not None else ""
    return Entry(event, words.role_of(event), words.deed_of(event.kind), named, words.details_of(event))
