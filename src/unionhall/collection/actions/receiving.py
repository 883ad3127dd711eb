"""Take sheets in: both kinds together, for one union, kept exactly as they were sent."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import PurePath

from django.conf import settings
from django.db import transaction

from unionhall.audit import actions as audit
from unionhall.collection.models import Batch, Source
from unionhall.foundation.actor import Actor
from unionhall.foundation.capabilities import Capability
from unionhall.foundation.crypto import seal_bytes
from unionhall.foundation.queue import later
from unionhall.standards.refusal import Refusal, Refused
from unionhall.unions.models import Union

MOST_FILES = 10


@dataclass(frozen=True, slots=True)
class Upload:
    """One file as it was sent."""

    name: str
    content: bytes


@transaction.atomic
def receive(union: Union, uploads: Sequence[Upload], *, by: Actor, at: datetime) -> Batch:
    """Take in the sheets of one union and put their judging off to a worker.

    :raises Refused: if no file came, too many, an empty one, or one over the limit
    """
    by.require(Capability.COLLECTION_FILL, union.path)
    if refusals := _reasons(uploads):
        raise Refused(*refusals)
    batch = Batch.objects.create(
        path=union.path, union=union, received_at=at, received_by_id=by.user_id, received_by_name=by.name
    )
    Source.objects.bulk_create(_source(batch, upload) for upload in uploads)
    digests = [hashlib.sha256(upload.content).digest() for upload in uploads]
    audit.record("collection.received", subject=batch, by=by, at=at, rows=digests)
    later("collection.judge", batch_id=batch.pk)
    return batch


def _reasons(uploads: Sequence[Upload]) -> list[Refusal]:
    if not uploads:
        return [Refusal("collection.no_file", "请选择要上传的采集表（组织表和会员表可一并上传）。", "files")]
    if len(uploads) > MOST_FILES:
        return [Refusal("collection.many_files", f"一次最多上传{MOST_FILES}个文件，请分批上传。", "files")]
    limit = settings.UPLOAD_LIMIT_BYTES
    refusals = []
    for upload in uploads:
        if not upload.content:
            refusals.append(
                Refusal("collection.empty_file", f"「{upload.name}」是空文件，请重新选择。", "files")
            )
        if len(upload.content) > limit:
            message = f"「{upload.name}」超过{limit // 1024 // 1024}MB，请拆分后上传。"
            refusals.append(Refusal("collection.large_file", message, "files"))
    return refusals


def _source(batch: Batch, upload: Upload) -> Source:
    return Source(
        path=batch.path,
        batch=batch,
        file_name=PurePath(upload.name.replace("\\", "/")).name[:200],
        size=len(upload.content),
        digest=hashlib.sha256(upload.content).digest(),
        content_sealed=seal_bytes(upload.content, purpose="source"),
    )
