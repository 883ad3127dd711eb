"""Work that a worker takes from the queue: ids in, one action called. May be killed and run again."""

from __future__ import annotations

from django.utils import timezone
from procrastinate.contrib.django import app

from unionhall.collection import actions
from unionhall.foundation.actor import system
from unionhall.foundation.capabilities import Capability


@app.task(name="collection.judge", queue="collection", retry=3)
def judge(batch_id: int) -> None:
    """Read and judge a received batch."""
    by = system("核对程序", Capability.COLLECTION_FILL)
    actions.judge(batch_id, by=by, at=timezone.localtime())
