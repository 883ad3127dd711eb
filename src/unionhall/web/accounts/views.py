"""Accounts: who holds which grant, a new account, a new grant."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET

from unionhall.accounts import actions, queries
from unionhall.foundation.capabilities import Capability
from unionhall.standards.refusal import Refused
from unionhall.ui.fields import add_refusals
from unionhall.ui.paging import numbered_page
from unionhall.ui.requests import ActorRequest, needs
from unionhall.web.accounts import pages
from unionhall.web.accounts.forms import DISABLED, WAITING, AccountForm, GrantForm, ListForm
from unionhall.web.unions import choosing

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from unionhall.accounts.models import User
    from unionhall.foundation.actor import Scope


@needs(Capability.ACCOUNT_VIEW)
@require_GET
def listing(request: ActorRequest) -> HttpResponse:
    """Show the accounts that hold a grant within the scope, those that wait for one, or the disabled ones."""
    form = ListForm(request.GET)
    asked = form.cleaned_data if form.is_valid() else {}
    found = _asked_for(request.actor.scope, asked)
    context = {
        "form": form,
        "page": numbered_page(found, query=request.GET),
        "today": timezone.localdate(),
        "may_create": request.actor.may(Capability.ACCOUNT_CREATE),
        "may_grant": request.actor.may(Capability.GRANT_GIVE),
    }
    return render(request, "accounts/_list.html" if request.htmx else "accounts/list.html", context)


@needs(Capability.ACCOUNT_VIEW)
@require_GET
def page(request: ActorRequest, user_id: int) -> HttpResponse:
    """Show one account: how it stands, what it holds, and what the actor may do to it."""
    return pages.shown(request, pages.account_or_404(request, user_id))


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
            return pages.told_once(request, "accounts/opened.html", opened)
    return render(request, "accounts/new.html", {"form": form}, status=422)


@needs(Capability.GRANT_GIVE)
def grant(request: ActorRequest, user_id: int) -> HttpResponse:
    """Give an account a role over a union of the scope."""
    user = pages.account_or_404(request, user_id)
    now = timezone.localtime()
    form = GrantForm(request.POST or None, scope=request.actor.scope, today=now.date())
    if request.method == "POST" and form.is_valid() and _given(request, form, user, now):
        messages.success(request, f"已给{user.name}授权。")
        return redirect("account-list")
    context = {"form": form, "user_account": user, "branches": choosing.offered(request.actor.scope)}
    return render(request, "accounts/grant.html", context, status=422 if form.errors else 200)


def _asked_for(scope: Scope, asked: Mapping[str, str]) -> QuerySet[User] | list[User]:
    text, role = asked.get("q", ""), asked.get("role", "")
    if asked.get("state") == WAITING:
        return queries.awaiting_grant(scope, text=text)
    if asked.get("state") == DISABLED:
        return queries.disabled(scope, text=text, role=role)
    return queries.search(scope, text=text, role=role)


def _given(request: ActorRequest, form: GrantForm, user: User, now: datetime) -> bool:
    try:
        actions.grant(user, **form.cleaned_data, by=request.actor, at=now)
    except Refused as refused:
        add_refusals(form, refused)
    return not form.errors
