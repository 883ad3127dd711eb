"""Correct a row in place, or set it aside; the whole batch is judged again at once."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from unionhall.audit import actions as audit
from unionhall.collection import registry, staging
from unionhall.collection.choices import RowState
from unionhall.collection.models import Batch, Finding, Row
from unionhall.collection.sheets.columns import SheetKind, columns_of
from unionhall.collection.sheets.judging import judge_rows
from unionhall.foundation.actor import Actor
from unionhall.foundation.capabilities import Capability
from unionhall.foundation.crypto import unseal
from unionhall.standards.refusal import Refusal, Refused

MENDABLE = (RowState.JUDGED, RowState.RETURNED, RowState.KNOWN)


@transaction.atomic
def correct(
    batch: Batch, row_id: int, changes: Mapping[str, str], *, version: int, by: Actor, at: datetime
) -> Row:
    """Write new text into cells of one row and judge it, and the batch, again.

    :param changes: column key → text as typed
    :param version: the row's version that the person saw
    :raises Refused: if somebody else changed the row meanwhile, or it is on its way already
    """
    row = _taken(batch, row_id, version, by)
    known = {column.key for column in columns_of(SheetKind(row.kind))}
    cells = typed_cells(row) | {key: text for key, text in changes.items() if key in known}
    _rewrite(row, cells, at)
    row.version += 1
    row.changed_by_id = by.user_id
    row.save()
    registry.judge(batch)
    audit.record(
        "collection.row_corrected", subject=batch, by=by, at=at,
        details={"row": row.pk, "columns": sorted(known & changes.keys())}, rows=[bytes(row.content_hash)],
    )  # fmt: skip
    return Row.objects.get(pk=row.pk)


@transaction.atomic
def remove(batch: Batch, row_id: int, *, version: int, by: Actor, at: datetime) -> Row:
    """Take a row out of the batch; it stays readable and can be taken back."""
    return _set_aside(batch, row_id, RowState.REMOVED, version=version, by=by, at=at)


@transaction.atomic
def mark_transfer(batch: Batch, row_id: int, *, version: int, by: Actor, at: datetime) -> Row:
    """Set a row aside for a transfer, because another union holds the person."""
    row = Row.objects.within(by.scope).filter(batch=batch, pk=row_id).first()
    held = row is not None and row.findings.filter(code="members.held_elsewhere").exists()
    if row is not None and not held:
        raise Refused(Refusal("collection.no_transfer", "该职工不在其他工会，无须办理接转，可直接提交入会。"))
    return _set_aside(batch, row_id, RowState.TRANSFER, version=version, by=by, at=at)


@transaction.atomic
def restore(batch: Batch, row_id: int, *, version: int, by: Actor, at: datetime) -> Row:
    """Take a row back that was set aside."""
    row = _taken(batch, row_id, version, by, states=(RowState.REMOVED, RowState.TRANSFER))
    return _turn(batch, row, RowState.JUDGED, by=by, at=at)


def typed_cells(row: Row) -> dict[str, str]:
    """Return a row's cells as they were typed, the sealed ones opened."""
    sealed: dict[str, str] = json.loads(unseal(row.sealed, purpose="cells"))
    return {**row.cells, **sealed}


def _set_aside(batch: Batch, row_id: int, state: RowState, *, version: int, by: Actor, at: datetime) -> Row:
    row = _taken(batch, row_id, version, by)
    return _turn(batch, row, state, by=by, at=at)


def _turn(batch: Batch, row: Row, state: RowState, *, by: Actor, at: datetime) -> Row:
    row.state = state
    row.version += 1
    row.changed_by_id = by.user_id
    row.save(update_fields=["state", "version", "changed_by_id"])
    registry.judge(batch)
    audit.record(f"collection.row_{state}", subject=batch, by=by, at=at, details={"row": row.pk})
    return Row.objects.get(pk=row.pk)


def _taken(
    batch: Batch, row_id: int, version: int, by: Actor, *, states: tuple[RowState, ...] = MENDABLE
) -> Row:
    """Return the row locked for this change.

    :raises Refused: if it is not there, not open, or not as the person saw it
    """
    by.require(Capability.COLLECTION_FILL, batch.path)
    # The batch first, then the row: two corrections at once wait for each other and never cross.
    Batch.objects.select_for_update().get(pk=batch.pk)
    row = Row.objects.select_for_update().within(by.scope).filter(batch=batch, pk=row_id).first()
    if row is None:
        raise Refused(Refusal("collection.no_row", "没有找到这一行，请刷新页面。"))
    if row.state not in states:
        message = f"第{row.number}行当前为「{RowState(row.state).label}」，不能更改。"
        raise Refused(Refusal("collection.row_not_open", message))
    if row.version != version:
        message = f"第{row.number}行刚被其他人更改，您的输入未保存；请查看最新内容后再改。"
        raise Refused(Refusal("collection.changed_meanwhile", message))
    return row


def _rewrite(row: Row, cells: Mapping[str, str], at: datetime) -> None:
    kind = SheetKind(row.kind)
    judged = judge_rows(kind, {key: [text] for key, text in cells.items()}, today=at.date())
    judgement = staging.without_known_areas(judged)
    typed = staging.typed(judgement, {key: [text] for key, text in cells.items()}, [row.sheet], [row.number])
    values: dict[str, Any] = dict(zip(staging.COLUMNS, next(staging.records(typed)), strict=True))
    for name in ("label", "sealed", "identity_sealed", "identity_index", "phone_sealed", "phone_index"):
        setattr(row, name, values[name])
    row.cells, row.facts = values["cells"].obj, values["facts"].obj
    row.content_hash = values["content_hash"]
    row.findings.filter(from_registry=False).delete()
    Finding.objects.bulk_create(
        staging.finding(found, batch_id=row.batch_id, path=row.batch.path, row_id=row.pk)
        for found in judgement.findings
    )
