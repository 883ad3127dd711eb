"""The page of one person, and the one place where a full identity number is shown."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from unionhall.audit import queries as audit
from unionhall.foundation.actor import Scope
from unionhall.foundation.capabilities import Capability
from unionhall.members import actions, queries
from unionhall.standards.refusal import Refused
from unionhall.ui.fields import add_refusals
from unionhall.ui.requests import ActorRequest, needs
from unionhall.web.labels import label_of
from unionhall.web.members import limits, particulars
from unionhall.web.members.forms import RevealForm

if TYPE_CHECKING:
    from unionhall.members.models import Person

REVEALED = "members.identity_revealed"
MOST_LOOKS = 50


@needs(Capability.MEMBER_VIEW)
@require_GET
def page(request: ActorRequest, person_id: int) -> HttpResponse:
    """Show what the roll knows of a person, and what happened."""
    return _page(request, _person_or_404(request, person_id), RevealForm())


@needs(Capability.MEMBER_REVEAL)
@require_POST
def reveal(request: ActorRequest, person_id: int) -> HttpResponse:
    """Show a full identity number once, in this answer, for a reason that is remembered."""
    person, now = _person_or_404(request, person_id), timezone.localtime()
    form, number = RevealForm(request.POST), ""
    if form.is_valid():
        try:
            limits.spend(request.actor.user_id, at=now, field="reason")
            number = actions.reveal(person, reason=form.cleaned_data["reason"], by=request.actor, at=now)
        except Refused as refused:
            add_refusals(form, refused)
    return _page(request, person, form, number=number, status=422 if form.errors else 200)


def _page(
    request: ActorRequest, person: Person, form: RevealForm, *, number: str = "", status: int = 200
) -> HttpResponse:
    context: dict[str, Any] = {
        "person": person,
        "identity": queries.masked_identity(person),
        "document": label_of("id_document_type", person.document_type),
        "number": number,
        "form": form,
        "may_reveal": request.actor.may(Capability.MEMBER_REVEAL, person.path),
    }
    if not request.htmx:
        context |= _around(request, person)
    name = "members/_identity.html" if request.htmx else "members/page.html"
    response = render(request, name, context, status=status)
    response["Cache-Control"] = "no-store"
    return response


def _around(request: ActorRequest, person: Person) -> dict[str, Any]:
    scope = request.actor.scope
    spells = list(queries.spells(scope, person))
    may_reveal = request.actor.may(Capability.MEMBER_REVEAL, person.path)
    return {
        "groups": particulars.groups_of(person),
        "spells": [(spell, label_of("employment_status", spell.employment_status)) for spell in spells],
        "present": next((spell for spell in spells if spell.valid_until is None), None),
        "entries": particulars.timeline(queries.timeline(scope, person)),
        "looks": _looks(scope, person) if may_reveal else None,
    }


def _looks(scope: Scope, person: Person) -> list[dict[str, Any]]:
    """Return who opened the number of a person, newest first."""
    opened = audit.trail(scope, subject=person).filter(kind=REVEALED)
    return particulars.looks(opened[:MOST_LOOKS])


def _person_or_404(request: ActorRequest, person_id: int) -> Person:
    person = queries.find(request.actor.scope, person_id)
    if person is None:
        raise Http404
    return person
