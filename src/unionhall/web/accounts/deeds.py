"""What administrators do to accounts and grants there are: each a small post from the page of the account."""

from __future__ import annotations

from allauth.account.adapter import get_adapter
from django.contrib import messages
from django.forms import Form
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_POST

from unionhall.accounts import actions, queries
from unionhall.foundation.capabilities import Capability
from unionhall.standards.refusal import Refused
from unionhall.ui.fields import add_refusals
from unionhall.ui.requests import ActorRequest, needs
from unionhall.ui.writing import write_day
from unionhall.web.accounts import pages
from unionhall.web.accounts.forms import DisableForm, EndForm
from unionhall.web.accounts.pages import Refusing


@needs(Capability.ACCOUNT_CREATE)
@require_POST
def reset_password(request: ActorRequest, user_id: int) -> HttpResponse:
    """Make a new password; it is shown in this one answer and nowhere else."""
    user, form = pages.account_or_404(request, user_id), Form(request.POST)
    try:
        opened = actions.reset_password(user, by=request.actor, at=timezone.localtime())
    except Refused as refused:
        add_refusals(form, refused)
        return pages.shown(request, user, Refusing(form=form))
    get_adapter(request).forgive(request, user.username)
    return pages.told_once(request, "accounts/reset.html", opened)


@needs(Capability.ACCOUNT_CREATE)
@require_POST
def reset_second_factor(request: ActorRequest, user_id: int) -> HttpResponse:
    """Remove the second factor of who lost the phone."""
    user, form = pages.account_or_404(request, user_id), Form(request.POST)
    try:
        actions.reset_second_factor(user, by=request.actor, at=timezone.localtime())
    except Refused as refused:
        add_refusals(form, refused)
        return pages.shown(request, user, Refusing(form=form))
    messages.success(
        request, f"{user.name}的动态口令已重置，所有设备已退出；下次登录只需密码，请本人重新启用。"
    )
    return redirect("account-page", user.pk)


@needs(Capability.ACCOUNT_CREATE)
@require_POST
def disable(request: ActorRequest, user_id: int) -> HttpResponse:
    """Shut an account out, for a reason."""
    user, form = pages.account_or_404(request, user_id), DisableForm(request.POST)
    if form.is_valid():
        try:
            actions.disable(user, **form.cleaned_data, by=request.actor, at=timezone.localtime())
        except Refused as refused:
            add_refusals(form, refused)
        else:
            messages.success(request, f"{user.name}的账号已停用，所有设备已退出。")
            return redirect("account-page", user.pk)
    return pages.shown(request, user, Refusing(form=form))


@needs(Capability.ACCOUNT_CREATE)
@require_POST
def enable(request: ActorRequest, user_id: int) -> HttpResponse:
    """Let a disabled account in again."""
    user, form = pages.account_or_404(request, user_id), Form(request.POST)
    try:
        actions.enable(user, by=request.actor, at=timezone.localtime())
    except Refused as refused:
        add_refusals(form, refused)
        return pages.shown(request, user, Refusing(form=form))
    messages.success(request, f"{user.name}的账号已启用，授权和密码照旧。")
    return redirect("account-page", user.pk)


@needs(Capability.GRANT_GIVE)
@require_POST
def end_grant(request: ActorRequest, user_id: int, grant_id: int) -> HttpResponse:
    """Let a grant be over from a day on."""
    user = pages.account_or_404(request, user_id)
    grant = queries.find_grant(request.actor.scope, user_id=user_id, grant_id=grant_id)
    if grant is None:
        raise Http404
    form = EndForm(request.POST, auto_id=f"id_{grant.pk}_%s")
    if form.is_valid():
        try:
            actions.end_grant(grant, **form.cleaned_data, by=request.actor, at=timezone.localtime())
        except Refused as refused:
            add_refusals(form, refused)
        else:
            messages.success(request, f"该授权从{write_day(form.cleaned_data['on'])}起不再有效。")
            return redirect("account-page", user.pk)
    return pages.shown(request, user, Refusing(form=form, grant_id=grant.pk))
