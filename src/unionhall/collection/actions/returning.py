"""Give a batch's files back as they were sent, with everything that was found marked in its cell."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import PurePath

from django.db import transaction

from unionhall.audit import actions as audit
from unionhall.collection.models import Batch, Source
from unionhall.collection.models import Finding as Kept
from unionhall.collection.sheets import judging
from unionhall.collection.sheets.findings import Finding, Judgement, Severity
from unionhall.collection.sheets.reading import Table, read_workbook
from unionhall.collection.sheets.returning import write_return
from unionhall.foundation.actor import Actor
from unionhall.foundation.capabilities import Capability
from unionhall.foundation.crypto import unseal_bytes
from unionhall.standards.refusal import Refusal, Refused


@dataclass(frozen=True, slots=True)
class Returned:
    """A marked workbook (.xlsx) and the name it should bear."""

    name: str
    content: bytes


@transaction.atomic
def returned_workbook(batch: Batch, source_id: int, *, by: Actor, at: datetime) -> Returned:
    """Return one file of a batch with its findings marked; it holds whole identity numbers, so it is remembered.

    The cells are those that were sent: what was mended in the page stays marked in the file.

    :raises Refused: if the batch has no such file
    """
    by.require(Capability.COLLECTION_FILL, batch.path)
    source = Source.objects.within(by.scope).filter(batch=batch, pk=source_id).first()
    if source is None:
        raise Refused(Refusal("collection.no_source", "该批次没有这个文件，请刷新页面。"))
    content = unseal_bytes(source.content_sealed, purpose="source")
    tables = read_workbook(content, file_name=source.file_name).tables
    marked = write_return(content, [_judged(source, table, at.date()) for table in tables])
    audit.record("collection.workbook_returned", subject=batch, by=by, at=at, details={"source": source.pk})
    return Returned(f"{PurePath(source.file_name).stem}（核对结果）.xlsx", marked)


def _judged(source: Source, table: Table, today: date) -> Judgement:
    """Judge the cells as sent, and add what only the registry knew."""
    judgement = judging.judge(table, today=today)
    known = Kept.objects.filter(row__source=source, row__sheet=table.sheet, from_registry=True)
    found = [_finding(kept, table.sheet) for kept in known.select_related("row").order_by("pk")]
    return replace(judgement, findings=[*judgement.findings, *found])


def _finding(kept: Kept, sheet: str) -> Finding:
    return Finding(
        sheet=sheet,
        row=kept.row.number if kept.row else 0,
        column=kept.column,
        key=kept.key,
        code=kept.code,
        severity=Severity(kept.severity),
        message=kept.message,
        suggestion=kept.suggestion,
    )
