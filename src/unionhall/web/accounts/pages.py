"""The page of one account, as every deed to it shows it again when it is refused."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from unionhall.accounts import queries, rules
from unionhall.accounts.queries import HeldGrant, Overview
from unionhall.foundation.actor import Actor
from unionhall.foundation.capabilities import Capability
from unionhall.ui.requests import ActorRequest
from unionhall.web.accounts.forms import DisableForm, EndForm

if TYPE_CHECKING:
    from django import forms

    from unionhall.accounts.actions import Opened
    from unionhall.accounts.models import User
    from unionhall.standards.refusal import Refusal

BEGAN_TODAY = "今天才生效的授权最早到明天结束；须立即停止使用的，请系统管理员停用账号。"


@dataclass(frozen=True, slots=True)
class GrantLine:
    """One grant of the account, with the form to end it or the reasons why the actor may not."""

    held: HeldGrant
    form: EndForm | None
    reasons: tuple[Refusal, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Refusing:
    """A form that was refused, and the grant it belongs to (none: the account itself)."""

    form: forms.Form
    grant_id: int | None = None


def account_or_404(request: ActorRequest, user_id: int) -> User:
    """Return an account that the actor may administer; of others nobody learns that they exist."""
    user = queries.find(request.actor.scope, user_id)
    if user is None:
        raise Http404
    return user


def told_once(request: ActorRequest, template: str, opened: Opened) -> HttpResponse:
    """Show a password in this one answer, which nobody keeps."""
    response = render(request, template, {"opened": opened})
    response["Cache-Control"] = "no-store"
    return response


def shown(request: ActorRequest, user: User, refusing: Refusing | None = None) -> HttpResponse:
    """Show an account; with what was refused, when something was."""
    now = timezone.localtime()
    overview = queries.overview(user, by=request.actor, now=now)
    facts = overview.facts
    refused = refusing.form if refusing else None
    context = {
        "overview": overview,
        "user_account": overview.user,
        "grants": list(_lines(overview, request.actor, now, refusing)),
        "refused": refused,
        "disable_form": refused if isinstance(refused, DisableForm) else DisableForm(),
        "may_manage": request.actor.may(Capability.ACCOUNT_CREATE),
        "may_grant": request.actor.may(Capability.GRANT_GIVE),
        "keep_off": rules.reasons_to_keep_off(facts),
        "against_password": rules.reasons_not_to_reset_password(facts),
        "against_second_factor": rules.reasons_not_to_reset_second_factor(facts),
        "against_disabling": rules.reasons_not_to_disable(facts, reason="…"),
        "against_enabling": rules.reasons_not_to_enable(facts),
    }
    return render(request, "accounts/page.html", context, status=422 if refused else 200)


def _lines(overview: Overview, by: Actor, now: datetime, refusing: Refusing | None) -> Iterator[GrantLine]:
    for held in overview.grants:
        grant = held.grant
        facts = rules.GrantFacts(
            valid_from=grant.valid_from, valid_until=grant.valid_until, own=overview.facts.own
        )
        reasons = rules.reasons_not_to_end(facts, on=held.earliest_end, today=now.date())
        if refusing and refusing.grant_id == grant.pk and isinstance(refusing.form, EndForm):
            form: EndForm | None = refusing.form
        else:
            offered = not held.is_over and by.may(Capability.GRANT_GIVE, grant.path) and not reasons
            form = _end_form(held, now.date()) if offered else None
        yield GrantLine(held, form, () if held.is_over else reasons)


def _end_form(held: HeldGrant, today: date) -> EndForm:
    """Return the form that ends a grant, filled in with the first day possible."""
    form = EndForm(initial={"on": held.earliest_end}, auto_id=f"id_{held.grant.pk}_%s")
    if held.earliest_end > today:
        form.fields["on"].help_text = BEGAN_TODAY
    return form
