"""Sheets are taken in whole and sealed, judged once, and refused in a sentence that says what to do."""

from __future__ import annotations

import pytest
from django.db import connection
from pytest_django import Settings

from tests.builders import NOW, Cast
from tests.collection.sheets import sheets
from tests.collection.stories import JUDGE, factory_row, hand_in, seen, worker
from unionhall.audit import queries as audit
from unionhall.collection import actions, queries
from unionhall.collection.actions import Upload
from unionhall.collection.choices import BatchState
from unionhall.collection.models import Batch, Finding, Row, Source
from unionhall.collection.sheets.columns import SheetKind
from unionhall.foundation import scoping
from unionhall.foundation.actor import NotPermitted
from unionhall.foundation.crypto import unseal_bytes
from unionhall.standards.refusal import Refused
from unionhall.workflows import collecting

pytestmark = pytest.mark.django_db

MEMBERS = Upload("会员.xlsx", sheets.sheet_xlsx(SheetKind.MEMBERS, [worker(1)]))


def receive(cast: Cast, *uploads: Upload, who: str = "factory_clerk") -> Batch:
    with scoping.acting(cast.actor(who)) as by:
        return actions.receive(cast.factory, uploads, by=by, at=NOW)


def judged(cast: Cast, *uploads: Upload) -> Batch:
    batch = receive(cast, *uploads)
    actions.judge(batch.pk, by=JUDGE, at=NOW)
    return seen(cast, batch)


def kept(cast: Cast) -> tuple[int, int, int]:
    with scoping.whole_registry():
        return Batch.objects.count(), Row.objects.count(), Finding.objects.count()


def told(cast: Cast, batch: Batch) -> list[str]:
    with scoping.acting(cast.actor("factory_clerk")) as by:
        return [event.kind for event in audit.trail(by.scope, subject=batch)][::-1]


# -- Receiving -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("uploads", "codes"),
    [
        ([], ["collection.no_file"]),
        ([MEMBERS] * 11, ["collection.many_files"]),
        ([Upload("空.xlsx", b"")], ["collection.empty_file"]),
        (
            [Upload("空.xlsx", b""), Upload("大.xlsx", b"x" * 101)],
            ["collection.empty_file", "collection.large_file"],
        ),
    ],
)
def test_what_cannot_be_taken_in_leaves_nothing(
    cast: Cast, settings: Settings, uploads: list[Upload], codes: list[str]
) -> None:
    settings.UPLOAD_LIMIT_BYTES = 100
    with pytest.raises(Refused) as refused:
        receive(cast, *uploads)

    assert [refusal.code for refusal in refused.value.refusals] == codes
    assert kept(cast) == (0, 0, 0)


@pytest.mark.parametrize("who", ["outsider", "outside_clerk", "longhua_reviewer", "joint_clerk", "finance"])
def test_who_may_not_fill_there_hands_nothing_in(cast: Cast, who: str) -> None:
    with pytest.raises(NotPermitted):
        receive(cast, MEMBERS, who=who)


def test_a_file_is_kept_as_it_was_sent_and_sealed(cast: Cast) -> None:
    batch = receive(cast, Upload("C:\\表格\\会员.xlsx", MEMBERS.content))
    with scoping.acting(cast.actor("factory_clerk")):
        source = Source.objects.get(batch=batch)

    assert (source.file_name, source.size) == ("会员.xlsx", len(MEMBERS.content))
    assert unseal_bytes(source.content_sealed, purpose="source") == MEMBERS.content
    assert MEMBERS.content[:20] not in bytes(source.content_sealed)


def test_judging_is_put_off_to_a_worker_in_the_same_deed(cast: Cast) -> None:
    batch = receive(cast, MEMBERS)
    with connection.cursor() as cursor:
        cursor.execute("SELECT task_name, args->>'batch_id', status FROM procrastinate_jobs")
        jobs = cursor.fetchall()

    assert (batch.state, batch.progress) == (BatchState.RECEIVED, 0)
    assert jobs == [("collection.judge", str(batch.pk), "todo")]
    assert told(cast, batch) == ["collection.received"]


def test_what_is_not_judged_yet_cannot_be_submitted(cast: Cast) -> None:
    batch = receive(cast, MEMBERS)
    with scoping.acting(cast.actor("factory_clerk")) as by, pytest.raises(Refused) as refused:
        collecting.submit(batch, by=by, at=NOW)

    assert [refusal.code for refusal in refused.value.refusals] == ["collection.not_judged"]


# -- Judging -------------------------------------------------------------------------------------------


def test_both_sheets_are_judged_together(cast: Cast) -> None:
    batch = hand_in(cast, [worker(1), worker(2)], [factory_row()])
    with scoping.acting(cast.actor("factory_clerk")):
        summary = queries.summary(batch)

    assert (batch.state, batch.progress) == (BatchState.JUDGED, 100)
    assert (summary.rows, summary.unions, summary.members, summary.ready, summary.faulty) == (3, 1, 2, 3, 0)
    assert told(cast, batch) == ["collection.received", "collection.judged"]


def test_judging_again_changes_nothing(cast: Cast) -> None:
    batch = hand_in(cast, [worker(1), worker(2, mobile="1380000")])
    before, events = kept(cast), told(cast, batch)
    with scoping.whole_registry():
        ids = list(Row.objects.values_list("pk", "version"))

    actions.judge(batch.pk, by=JUDGE, at=NOW)

    with scoping.whole_registry():
        assert list(Row.objects.values_list("pk", "version")) == ids
    assert (kept(cast), told(cast, batch)) == (before, events)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("会员.xlsx", b"this is no workbook"),
        ("会员.xlsx", b"PK\x03\x04 broken"),
        ("会员.csv", "姓名与其他\n什么也不是\n".encode()),
    ],
)
def test_a_file_that_cannot_be_read_leaves_its_sentence_and_no_rows(
    cast: Cast, name: str, content: bytes
) -> None:
    batch = judged(cast, MEMBERS, Upload(name, content))

    assert batch.state == BatchState.UNREADABLE
    assert len(batch.problem) > 10
    assert kept(cast) == (1, 0, 0)
    assert told(cast, batch) == ["collection.received", "collection.unreadable"]


def test_a_sheet_that_lacks_a_column_names_it_and_leaves_no_rows(cast: Cast) -> None:
    lines = [line[:7] + line[8:] for line in sheets.lines_of(SheetKind.MEMBERS, [worker(1)])]
    batch = judged(cast, Upload("会员.xlsx", sheets.xlsx({"Sheet1": lines})))

    assert batch.state == BatchState.UNREADABLE
    assert "证件号码" in batch.problem
    assert kept(cast) == (1, 0, 0)


def test_an_unreadable_batch_can_neither_be_judged_again_nor_submitted(cast: Cast) -> None:
    batch = judged(cast, Upload("会员.xlsx", b"no workbook"))
    actions.judge(batch.pk, by=JUDGE, at=NOW)
    with scoping.acting(cast.actor("factory_clerk")) as by, pytest.raises(Refused):
        collecting.submit(batch, by=by, at=NOW)

    assert seen(cast, batch).state == BatchState.UNREADABLE
    assert told(cast, batch).count("collection.unreadable") == 1


def test_what_cannot_be_read_is_named_and_not_kept(cast: Cast) -> None:
    with scoping.acting(cast.actor("factory_clerk")) as by:
        batch = actions.receive(
            cast.factory, [actions.Upload("坏.xlsx", b"%PDF-1.7 no sheet")], by=by, at=NOW
        )
    actions.judge(batch.pk, by=JUDGE, at=NOW)

    with scoping.whole_registry():
        kept = Source.objects.get(batch=batch)
        batch.refresh_from_db()
    assert bytes(kept.content_sealed) == b""
    assert batch.problem.startswith("「坏.xlsx」：")


@pytest.mark.parametrize(("known", "remarks"), [(frozenset(), 1), (frozenset({"460199"}), 0)])
def test_an_area_this_site_knows_is_not_remarked_upon(
    cast: Cast, settings: Settings, known: frozenset[str], remarks: int
) -> None:
    settings.KNOWN_AREAS = known
    batch = hand_in(cast, [worker(1)], [factory_row()])

    with scoping.whole_registry():
        assert (
            Finding.objects.filter(batch=batch, code="member.document_number.area_unknown").count() == remarks
        )
