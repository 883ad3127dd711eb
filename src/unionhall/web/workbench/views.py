"""The workbench."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from unionhall.ui.requests import ActorRequest
from unionhall.web.workbench import desk


@require_GET
def workbench(request: ActorRequest) -> HttpResponse:
    """Show what waits for the actor and where the branch stands; without a grant, whom to ask for one."""
    now = timezone.localtime()
    context = {"desk": desk.of(request.actor), "greeting": desk.greeting(now), "today": now.date()}
    return render(request, "workbench/workbench.html", context)
