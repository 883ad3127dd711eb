"""Accounts: who holds which grant, a new account, a new grant."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from unionhall.accounts import actions, queries
from unionhall.foundation.capabilities import Capability
from unionhall.standards.refusal import Refused
from unionhall.ui.fields import add_refusals
from unionhall.ui.paging import numbered_page
from unionhall.ui.requests import ActorRequest, needs
from unionhall.web.accounts.forms import WAITING, AccountForm, GrantForm, ListForm
from unionhall.web.unions import choosing

if TYPE_CHECKING:
    from unionhall.accounts.models import User


@needs(Capability.ACCOUNT_VIEW)
def listing(request: ActorRequest) -> HttpResponse:
    """Show the accounts that hold a grant within the scope, or those that wait for their first one."""
    form = ListForm(request.GET)
    asked = form.cleaned_data if form.is_valid() else {}
    scope = request.actor.scope
    waiting = asked.get("state") == WAITING
    held = queries.search(scope, text=asked.get("q", ""), role=asked.get("role", ""))
    context = {
        "form": form,
        "page": numbered_page(queries.awaiting_grant(scope) if waiting else held, query=request.GET),
        "may_create": request.actor.may(Capability.ACCOUNT_CREATE),
        "may_grant": request.actor.may(Capability.GRANT_GIVE),
    }
    return render(request, "accounts/_list.html" if request.htmx else "accounts/list.html", context)


@needs(Capability.ACCOUNT_CREATE)
def new(request: ActorRequest) -> HttpResponse:
    """Open an account; its first password is shown in this one answer and nowhere else."""
    form = AccountForm(request.POST or None)
    if request.method != "POST":
        return render(request, "accounts/new.html", {"form": form})
    if form.is_valid():
        try:
            opened = actions.create(**form.cleaned_data, by=request.actor, at=timezone.localtime())
        except Refused as refused:
            add_refusals(form, refused)
        else:
            response = render(request, "accounts/opened.html", {"opened": opened})
            response["Cache-Control"] = "no-store"
            return response
    return render(request, "accounts/new.html", {"form": form}, status=422)


@needs(Capability.GRANT_GIVE)
def grant(request: ActorRequest, user_id: int) -> HttpResponse:
    """Give an account a role over a union of the scope."""
    user = queries.find(request.actor.scope, user_id)
    if user is None:
        raise Http404
    now = timezone.localtime()
    form = GrantForm(request.POST or None, scope=request.actor.scope, today=now.date())
    if request.method == "POST" and form.is_valid() and _given(request, form, user, now):
        messages.success(request, f"已给{user.name}授权。")
        return redirect("account-list")
    context = {"form": form, "user_account": user, "branches": choosing.offered(request.actor.scope)}
    return render(request, "accounts/grant.html", context, status=422 if form.errors else 200)


def _given(request: ActorRequest, form: GrantForm, user: User, now: datetime) -> bool:
    try:
        actions.grant(user, **form.cleaned_data, by=request.actor, at=now)
    except Refused as refused:
        add_refusals(form, refused)
    return not form.errors
