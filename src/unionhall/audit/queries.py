"""Read the memory of the house, and prove that nobody changed it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from django.db import models

from unionhall.audit import rules
from unionhall.audit.models import Event, Head
from unionhall.foundation.actor import Scope
from unionhall.foundation.crypto import keyring
from unionhall.foundation.scoping import whole_registry


@dataclass(frozen=True, slots=True)
class Verdict:
    """What verification found: entries read, and the first broken one with the reason (Chinese)."""

    entries: int
    broken_at: int | None = None
    why: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class TrailFilter:
    """What an auditor looks for; empty means all, both days are included."""

    kind: str = ""
    person: str = ""
    since: date | None = None
    until: date | None = None


def trail(scope: Scope, *, subject: models.Model | None = None) -> models.QuerySet[Event]:
    """Return the events within a scope, newest first; of one subject when given."""
    events = Event.objects.within(scope)
    if subject is not None:
        events = events.filter(subject_kind=subject._meta.label_lower, subject_id=subject.pk)
    return events.order_by("-sequence")


def search(scope: Scope, wanted: TrailFilter) -> models.QuerySet[Event]:
    """Return the events of a scope that a filter asks for, newest first."""
    events = trail(scope)
    if wanted.kind:
        events = events.filter(kind=wanted.kind)
    if wanted.person:
        events = events.filter(actor_name__icontains=wanted.person)
    if wanted.since is not None:
        events = events.filter(at__date__gte=wanted.since)
    if wanted.until is not None:
        events = events.filter(at__date__lte=wanted.until)
    return events


def verify(progress: Callable[[int], None] = lambda count: None) -> Verdict:
    """Walk the whole chain and name the first entry that was changed, removed or put between."""
    secret = keyring.ours().audit_secret
    with whole_registry():
        previous, expected = rules.GENESIS, 1
        for event in Event.objects.order_by("sequence").iterator(chunk_size=2000):
            if event.sequence != expected:
                return Verdict(expected - 1, expected, f"第{expected}条缺失（下一条是第{event.sequence}条）")
            if bytes(event.previous) != previous:
                return Verdict(expected, expected, f"第{expected}条与前一条不相连")
            if rules.digest(_entry(event), previous=previous, secret=secret) != bytes(event.digest):
                return Verdict(expected, expected, f"第{expected}条内容被改动（{event.kind}）")
            previous, expected = bytes(event.digest), expected + 1
            progress(expected - 1)
        head = Head.objects.get(pk=1)
    if (head.sequence, bytes(head.digest)) != (expected - 1, previous):
        return Verdict(expected - 1, expected, f"第{expected}条起被删除（链尾应为第{head.sequence}条）")
    return Verdict(expected - 1)


def _entry(event: Event) -> rules.Entry:
    values = {name: getattr(event, name) for name in rules.Entry.__slots__}
    if event.rows_root is not None:
        values["rows_root"] = bytes(event.rows_root)
    return rules.Entry(**values)
