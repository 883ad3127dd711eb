"""Remember that a part of the roll left the house as a file: exporting is a deed."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from unionhall.audit import actions as audit
from unionhall.foundation.actor import Actor
from unionhall.foundation.capabilities import Capability


@transaction.atomic
def note_export(filter_text: str, *, count: int, place: str, by: Actor, at: datetime) -> None:
    """Remember who took how many rows of the roll with him, and which.

    :param filter_text: the filter in words, without the names or numbers that were looked for
    :param place: the path of the branch whose rows were taken
    """
    by.require(Capability.MEMBER_VIEW, place)
    details = {"filter": filter_text, "rows": count}
    audit.record("members.exported", subject=None, by=by, at=at, details=details, path=place)
