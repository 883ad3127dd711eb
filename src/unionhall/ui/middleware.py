"""What every request passes: the content policy, and the actor within one transaction."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING, cast
from urllib.parse import urlencode

from django.conf import settings
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import Resolver404, resolve, reverse
from django.utils import timezone

from unionhall.accounts import queries as accounts
from unionhall.foundation import scoping
from unionhall.foundation.actor import NOBODY
from unionhall.ui.requests import ActorRequest

if TYPE_CHECKING:
    from unionhall.accounts.models import User

Answer = Callable[[HttpRequest], HttpResponse]
POLICY = (
    "default-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'none'; "
    "form-action 'self'; frame-ancestors 'none'"
)
ACTING = "acting_grant"
OPEN_PREFIXES = ("account/", "static/")


def content_policy(get_response: Answer) -> Answer:
    """Forbid everything from elsewhere, and inline script and style, on every answer."""

    def answer(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        response.headers.setdefault("Content-Security-Policy", POLICY)
        response.headers.setdefault("Permissions-Policy", "geolocation=(), microphone=(), camera=(self)")
        if not request.path.startswith("/static/"):
            response.headers.setdefault("Cache-Control", "no-store")
        return response

    return answer


def acting(get_response: Answer) -> Answer:
    """Run the request as its actor: one transaction, in which PostgreSQL knows the actor's scope.

    A fault rolls everything back; a refusal (4xx) keeps what was remembered of it.
    """

    def answer(request: HttpRequest) -> HttpResponse:
        with transaction.atomic():
            seen = _identify(cast("ActorRequest", request), timezone.localtime())
            scoping.enter(seen.actor)
            response = _detour(seen) or get_response(request)
            if response.status_code >= 500:
                transaction.set_rollback(True)
        return response

    return answer


def _identify(request: ActorRequest, now: datetime) -> ActorRequest:
    request.actor, request.acting_choices = NOBODY, []
    if request.user.is_authenticated:
        user: User = request.user
        choices = accounts.acting_choices(user, on=now.date())
        chosen = accounts.chosen(choices, request.session.get(ACTING))
        request.acting_choices = accounts.marked(choices, chosen)
        request.actor = accounts.actor_of(user, chosen)
    return request


def _detour(request: ActorRequest) -> HttpResponse | None:
    """Send nobody to the sign-in, and whoever owes a password or a second factor to that page."""
    if request.path.lstrip("/").startswith(OPEN_PREFIXES) or not _exists(request.path):
        return None
    if not request.user.is_authenticated:
        return redirect(f"{reverse('account_login')}?{urlencode({'next': request.get_full_path()})}")
    owed = accounts.owes(request.user, request.acting_choices, now=timezone.localtime())
    if owed == "password":
        return redirect("account_change_password")
    if owed == "second_factor" and settings.SECOND_FACTOR_REQUIRED:
        return redirect("mfa_activate_totp")
    return None


def _exists(path: str) -> bool:
    try:
        resolve(path)
    except Resolver404:
        return False
    return True
