"""Hand out what is otherwise masked: for a reason, remembered."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from unionhall.audit import actions as audit
from unionhall.foundation.actor import Actor
from unionhall.foundation.capabilities import Capability
from unionhall.members import queries
from unionhall.members.models import Person
from unionhall.standards.refusal import Refusal, Refused

SHORTEST_REASON = 4


@transaction.atomic
def reveal(person: Person, *, reason: str, by: Actor, at: datetime) -> str:
    """Hand out a full identity number, once, for a reason, remembered.

    :raises Refused: if no reason is given
    """
    by.require(Capability.MEMBER_REVEAL, person.path)
    if len(reason.strip()) < SHORTEST_REASON:
        message = f"查看完整证件号码须写明事由（不少于{SHORTEST_REASON}个字）。"
        raise Refused(Refusal("members.reveal_reason", message, "reason"))
    audit.record("members.identity_revealed", subject=person, by=by, at=at, reason=reason.strip())
    return queries.identity_of(person)
