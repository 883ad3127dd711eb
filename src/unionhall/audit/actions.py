"""Remember a deed: called last within the transaction of the deed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime

from django.db import models, transaction

from unionhall.audit import rules
from unionhall.audit.models import Event, Head
from unionhall.foundation import merkle
from unionhall.foundation.actor import ROOT_PATH, Actor
from unionhall.foundation.crypto import keyring


@transaction.atomic
def record(
    kind: str,
    *,
    subject: models.Model | None,
    by: Actor,
    at: datetime,
    reason: str = "",
    details: Mapping[str, object] | None = None,
    rows: Iterable[bytes] | None = None,
    path: str | None = None,
) -> int:
    """Append one event to the chain and return its sequence number.

    :param subject: what the deed was done to; its own `path` says whose memory it is
    :param rows: content hashes of the rows of a set-based deed; kept as one Merkle root
    :param details: figures and codes that explain the deed; never personal data
    """
    leaves = list(rows) if rows is not None else None
    # Locked until the deed commits: two deeds never take the same place in the chain.
    head = Head.objects.select_for_update().get(pk=1)
    entry = rules.Entry(
        sequence=head.sequence + 1,
        kind=kind,
        subject_kind=subject._meta.label_lower if subject is not None else "",
        subject_id=subject.pk if subject is not None else None,
        path=path or getattr(subject, "path", "") or by.branch_path or ROOT_PATH,
        actor_id=by.user_id,
        actor_name=by.name,
        actor_role=by.role,
        branch_name=by.branch_name,
        at=at,
        reason=reason,
        details=dict(details or {}),
        row_count=len(leaves) if leaves is not None else 0,
        rows_root=merkle.root(leaves) if leaves is not None else None,
    )
    digest = rules.digest(entry, previous=bytes(head.digest), secret=keyring.ours().audit_secret)
    values = {name: getattr(entry, name) for name in rules.Entry.__slots__}
    Event.objects.create(**values, previous=bytes(head.digest), digest=digest)
    Head.objects.filter(pk=1).update(sequence=entry.sequence, digest=digest)
    return entry.sequence
