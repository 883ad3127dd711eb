"""The batch a page is about: named by the address, found within the scope, else 404."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import Http404

from unionhall.collection import queries
from unionhall.ui.requests import ActorRequest

if TYPE_CHECKING:
    from unionhall.collection.models import Batch


def batch_or_404(request: ActorRequest, batch_id: int) -> Batch:
    """Return a batch of the actor's scope; what lies outside does not exist."""
    batch = queries.find(request.actor.scope, batch_id)
    if batch is None:
        raise Http404
    return batch
