"""The clerks mend what they were told, and submit what is right."""

from __future__ import annotations

from collections.abc import Callable

from django.utils import timezone

from unionhall.cli.demo.deliveries import Parcel
from unionhall.cli.demo.faults import Mending, Remedy
from unionhall.cli.demo.planning import Fate
from unionhall.cli.demo.told import Told
from unionhall.collection import actions as collection
from unionhall.collection import queries as batches
from unionhall.collection.grid import RowView
from unionhall.collection.sheets.columns import SheetKind
from unionhall.foundation import scoping
from unionhall.reviews import queries as reviews
from unionhall.reviews.choices import CaseState
from unionhall.workflows import collecting

Step = Callable[[int], None]
# How many member rows of one delivery are mended: enough to see it, few enough to wait for.
MENDED_USUALLY, MENDED_IN_LARGE, LARGE = 8, 1, 5000
LEFT_ALONE = (Fate.UNMENDED, Fate.UNREADABLE)


def mend(told: Told, wave: int, step: Step) -> int:
    """Correct, remove or set aside the faulty rows of a wave as their clerks would; return how many."""
    mended = 0
    for parcel in told.of_wave(wave):
        if parcel.delivery.fate not in LEFT_ALONE:
            mended += _mend_all(told, parcel)
        step(1)
    return mended


def submit(told: Told, wave: int, step: Step) -> None:
    """Submit what is ready, once for each delivery, and again where the whole was sent back on the way."""
    for parcel in told.of_wave(wave):
        if parcel.delivery.fate not in LEFT_ALONE:
            _submit(told, parcel)
        step(1)


def _mend_all(told: Told, parcel: Parcel) -> int:
    """Mend the union sheet, because members hang on it, then the member sheet; in a long one the first few."""
    most = MENDED_USUALLY if told.plan.members < LARGE else MENDED_IN_LARGE
    unions = _mend(told, parcel, SheetKind.UNIONS, MENDED_USUALLY)
    return unions + _mend(told, parcel, SheetKind.MEMBERS, most)


def _mend(told: Told, parcel: Parcel, kind: SheetKind, most: int) -> int:
    clerk = told.clerk(parcel.delivery)
    wanted = batches.RowFilter(kind=kind.value, severity="error", state="judged")
    with scoping.acting(clerk):
        batch = batches.batches(clerk.scope).get(pk=told.batch_of(parcel.delivery))
        rows = batches.page(clerk.scope, wanted, batch=batch, size=most).rows[:most]
    known = [(row, parcel.mendings.get((row.kind, row.number))) for row in rows if row.version == 1]
    wrong = [(row, mending) for row, mending in known if mending is not None]
    for row, mending in wrong:
        _apply(told, parcel, row, mending)
    return len(wrong)


def _apply(told: Told, parcel: Parcel, row: RowView, mending: Mending) -> None:
    clerk, at = told.clerk(parcel.delivery), timezone.localtime()
    with scoping.acting(clerk):
        batch = batches.batches(clerk.scope).get(pk=row.batch_id)
        if mending.remedy == Remedy.CORRECT:
            collection.correct(batch, row.id, mending.cells, version=row.version, by=clerk, at=at)
        elif mending.remedy == Remedy.REMOVE:
            collection.remove(batch, row.id, version=row.version, by=clerk, at=at)
        else:
            collection.mark_transfer(batch, row.id, version=row.version, by=clerk, at=at)


def _submit(told: Told, parcel: Parcel) -> None:
    clerk = told.clerk(parcel.delivery)
    with scoping.acting(clerk):
        batch = batches.batches(clerk.scope).get(pk=told.batch_of(parcel.delivery))
        states = list(
            reviews.cases(clerk.scope, kind=collecting.KIND, subject_id=batch.pk).values_list(
                "state", flat=True
            )
        )
        again = parcel.delivery.fate == Fate.RETURNED_ONCE and states == [CaseState.RETURNED]
        if (again or not states) and batches.summary(batch).ready:
            collecting.submit(batch, by=clerk, at=timezone.localtime())
