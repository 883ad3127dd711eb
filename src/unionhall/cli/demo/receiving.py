"""The sheets come in and are judged."""

from __future__ import annotations

from collections.abc import Callable

from django.utils import timezone

from unionhall.cli.demo.deliveries import Parcel
from unionhall.cli.demo.queueing import work_until_idle
from unionhall.cli.demo.told import READER, Told
from unionhall.collection import actions as collection
from unionhall.collection import queries as batches
from unionhall.collection.actions import Upload
from unionhall.collection.choices import BatchState
from unionhall.foundation import scoping
from unionhall.foundation.actor import Actor, system
from unionhall.foundation.capabilities import Capability
from unionhall.unions import queries as unions

Step = Callable[[int], None]
JUDGE = system("核对程序", Capability.COLLECTION_FILL)


def receive(told: Told, wave: int, step: Step) -> None:
    """Let every sender of a wave hand in the sheets, each once."""
    for parcel in told.of_wave(wave):
        clerk = told.clerk(parcel.delivery)
        with scoping.acting(clerk):
            batch_id = _received_before(told, clerk, parcel) or _receive(clerk, parcel)
        told.batches[parcel.delivery.number] = batch_id
        step(1)


def judge(told: Told, wave: int, step: Step) -> None:
    """Let the worker judge what was received; what a killed worker left behind is judged here."""
    ids = told.ids_of(wave)
    done = 0

    def watch() -> None:
        nonlocal done
        now = len(ids) - len(_unjudged(ids))
        step(now - done)
        done = now

    work_until_idle(watch)
    for batch_id in _unjudged(ids):
        collection.judge(batch_id, by=JUDGE, at=timezone.localtime())
    watch()


def _receive(clerk: Actor, parcel: Parcel) -> int:
    union = unions.tree(clerk.scope).get(path=clerk.branch_path)
    uploads = [Upload(path.name, path.read_bytes()) for path in parcel.files]
    return collection.receive(union, uploads, by=clerk, at=timezone.localtime()).pk


def _received_before(told: Told, clerk: Actor, parcel: Parcel) -> int | None:
    """Return the batch of a run that was interrupted: the same files from the same union."""
    sent = {(path.name, path.stat().st_size) for path in parcel.files}
    own = batches.batches(clerk.scope).filter(union__path=clerk.branch_path)
    for batch in own.exclude(pk__in=told.batches.values()):
        if set(batch.sources.values_list("file_name", "size")) == sent:
            return batch.pk
    return None


def _unjudged(ids: list[int]) -> list[int]:
    with scoping.acting(READER) as by:
        received = batches.batches(by.scope, state=BatchState.RECEIVED).filter(pk__in=ids)
        return list(received.values_list("pk", flat=True))
