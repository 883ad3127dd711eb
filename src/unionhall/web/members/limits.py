"""How often one person may look for a number or open one: slower than a machine that tries them all."""

from __future__ import annotations

from datetime import datetime

from django.core.cache import cache

from unionhall.standards.refusal import Refusal, Refused

PER_MINUTE = 30
KEPT_SECONDS = 120


def spend(user_id: int, *, at: datetime, field: str = "") -> None:
    """Count one look of a user.

    :raises Refused: if there were too many within this minute
    """
    key = f"number-looks:{user_id}:{at:%Y%m%d%H%M}"
    cache.add(key, 0, timeout=KEPT_SECONDS)
    if cache.incr(key) > PER_MINUTE:
        message = f"一分钟内按号码查找或查看号码已超过{PER_MINUTE}次，请稍等一分钟再试。"
        raise Refused(Refusal("members.too_many_looks", message, field))
