"""Choose the branch one acts for."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from unionhall.ui.middleware import ACTING
from unionhall.ui.requests import ActorRequest


@require_POST
def switch(request: ActorRequest) -> HttpResponse:
    """Act for another of one's branches from the next page on; anything else is nobody's business."""
    asked = request.POST.get("grant", "")
    choice = next((choice for choice in request.acting_choices if str(choice.id) == asked), None)
    if choice is None:
        raise Http404
    request.session[ACTING] = choice.id
    messages.success(request, f"已切换到「{choice.branch_name}」（{choice.role_label}）。")
    return redirect("workbench")
