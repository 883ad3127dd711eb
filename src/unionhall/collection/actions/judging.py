"""Read and judge a received batch: every cell by itself, then the whole against the registry."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from unionhall.audit import actions as audit
from unionhall.collection import registry, staging
from unionhall.collection.choices import BatchState
from unionhall.collection.models import Batch, Row, Source
from unionhall.collection.sheets import judging
from unionhall.collection.sheets.reading import read_workbook
from unionhall.collection.sheets.reading.tables import Table
from unionhall.foundation import scoping
from unionhall.foundation.actor import Actor
from unionhall.foundation.capabilities import Capability
from unionhall.foundation.crypto import unseal_bytes
from unionhall.standards.refusal import Refusal, Refused


def judge(batch_id: int, *, by: Actor, at: datetime) -> None:
    """Judge a batch whole, or note why it cannot be read; a batch judged already stays as it is."""
    try:
        with scoping.acting(by):
            batch = Batch.objects.select_for_update().get(pk=batch_id)
            by.require(Capability.COLLECTION_FILL, batch.path)
            if batch.state == BatchState.RECEIVED:
                _judge(batch, by, at)
    except Refused as refused:
        with scoping.acting(by):
            _note_unreadable(Batch.objects.get(pk=batch_id), str(refused), by, at)


def _judge(batch: Batch, by: Actor, at: datetime) -> None:
    for source in Source.objects.filter(batch=batch).order_by("pk"):
        content = unseal_bytes(source.content_sealed, purpose="source")
        try:
            for table in read_workbook(content, file_name=source.file_name).tables:
                _store(batch, source, table, at)
        except Refused as refused:
            raise Refused(*(_named(source, refusal) for refusal in refused.refusals)) from refused
    registry.judge(batch)
    batch.state = BatchState.JUDGED
    batch.progress = 100
    batch.save(update_fields=["state", "progress"])
    count = Row.objects.filter(batch=batch).count()
    audit.record("collection.judged", subject=batch, by=by, at=at, details={"rows": count})


def _named(source: Source, refusal: Refusal) -> Refusal:
    """Say which of the files a refusal speaks of."""
    return Refusal(refusal.code, f"「{source.file_name}」：{refusal.message}", refusal.field)


def _store(batch: Batch, source: Source, table: Table, at: datetime) -> None:
    judgement = staging.without_known_areas(judging.judge(table, today=at.date(), across=False))
    if lacking := [
        found for found in judgement.findings if found.row == table.header_row and found.severity == "error"
    ]:
        raise Refused(*(Refusal(found.code, found.message, found.key) for found in lacking))
    cells = {key: table.texts(key) for key in judgement.facts}
    typed = staging.typed(judgement, cells, [table.sheet] * len(table.rows), table.rows)
    staging.keep(staging.records(typed), path=batch.path, batch=batch.pk, source=source.pk, kind=table.kind)
    staging.keep_findings(
        judgement.findings, path=batch.path, batch=batch.pk, source=source.pk, sheet=table.sheet
    )


@transaction.atomic
def _note_unreadable(batch: Batch, why: str, by: Actor, at: datetime) -> None:
    batch.state = BatchState.UNREADABLE
    batch.problem = why[:500]
    batch.save(update_fields=["state", "problem"])
    # What cannot be read is not kept: name, size and digest tell which file it was.
    Source.objects.filter(batch=batch).update(content_sealed=b"")
    audit.record("collection.unreadable", subject=batch, by=by, at=at)
