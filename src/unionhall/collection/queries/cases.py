"""Read what a case is about: its rows on their way, bound by their digests."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import F

from unionhall.collection.choices import RowState
from unionhall.collection.models import Row
from unionhall.collection.sheets.columns import SheetKind
from unionhall.collection.staging import content_hash
from unionhall.foundation import merkle


def content(case_id: int) -> tuple[bytes, int]:
    """Return what a case is about, as one digest over its rows on their way, and how many they are."""
    digests = list(leaves(case_id))
    return merkle.root(digests), len(digests)


def leaves(case_id: int) -> Iterable[bytes]:
    """Return the content digests of a case's rows on their way, in order."""
    hashes = Row.objects.filter(case_id=case_id, state=RowState.SUBMITTED).order_by("pk")
    return (bytes(digest) for digest in hashes.values_list("content_hash", flat=True).iterator())


def changed_since(case_id: int) -> list[int]:
    """Return the numbers of a case's rows that no longer mean what their digest was made of.

    Rows on their way are never changed by the house; this finds what was changed past it.
    """
    found = Row.objects.filter(case_id=case_id, state=RowState.SUBMITTED).order_by("pk")
    columns = ("number", "kind", "facts", "identity_index", "phone_index", "content_hash")
    return [
        number
        for number, kind, facts, identity, phone, digest in found.values_list(*columns).iterator()
        if content_hash(SheetKind(kind), facts, _bytes(identity), _bytes(phone)) != bytes(digest)
    ]


def touched_by(case_id: int) -> set[int]:
    """Return everybody who handed in or changed a row of a case: none of them may decide on it."""
    found = Row.objects.filter(case_id=case_id).order_by()
    pairs = found.values_list("batch__received_by_id", F("changed_by_id")).distinct()
    return {person for pair in pairs for person in pair if person is not None}


def _bytes(value: bytes | memoryview | None) -> bytes | None:
    return None if value is None else bytes(value)
