"""Rows are mended in place, set aside and taken back; two at once lose nothing; every deed is remembered."""

from __future__ import annotations

import io

import openpyxl
import pytest

from tests.builders import NOW, Cast, coverage_of, make_member
from tests.collection.stories import factory_row, hand_in, seen, send, worker
from unionhall.audit import queries as audit
from unionhall.audit.models import Event
from unionhall.collection import actions, queries
from unionhall.collection.actions.mending import typed_cells
from unionhall.collection.models import Batch, Row
from unionhall.foundation import scoping
from unionhall.foundation.actor import NotPermitted
from unionhall.members import queries as members
from unionhall.standards.refusal import Refused

pytestmark = pytest.mark.django_db

WRONG_MOBILE = "1380000"


def codes(refused: pytest.ExceptionInfo[Refused]) -> list[str]:
    return [refusal.code for refusal in refused.value.refusals]


def rows(cast: Cast, batch: Batch) -> list[Row]:
    with scoping.whole_registry():
        return list(Row.objects.filter(batch=batch, kind="members").order_by("pk"))


def correct(cast: Cast, batch: Batch, row: Row, who: str = "factory_clerk", **changes: str) -> Row:
    with scoping.acting(cast.actor(who)) as by:
        return actions.correct(batch, row.pk, changes, version=row.version, by=by, at=NOW)


def put(
    cast: Cast, batch: Batch, row: Row, deed: str, *, version: int | None = None, who: str = "factory_clerk"
) -> Row:
    act = {"remove": actions.remove, "restore": actions.restore, "transfer": actions.mark_transfer}[deed]
    with scoping.acting(cast.actor(who)) as by:
        return act(batch, row.pk, version=row.version if version is None else version, by=by, at=NOW)


def events(cast: Cast, batch: Batch) -> list[Event]:
    with scoping.acting(cast.actor("factory_clerk")) as by:
        return list(audit.trail(by.scope, subject=batch))


# -- Correcting ----------------------------------------------------------------------------------------


def test_a_correction_clears_the_cell_and_is_remembered_without_its_text(cast: Cast) -> None:
    batch = hand_in(cast, [worker(1, mobile=WRONG_MOBILE)])
    before = rows(cast, batch)[0]
    assert before.error_count == 1

    after = correct(cast, batch, before, mobile="13800138000")
    event = events(cast, batch)[0]

    assert (after.error_count, after.version, after.changed_by_id) == (0, 2, cast.user("factory_clerk").pk)
    assert bytes(after.content_hash) != bytes(before.content_hash)
    assert (event.kind, event.details) == (
        "collection.row_corrected",
        {"row": after.pk, "columns": ["mobile"]},
    )
    assert "13800138000" not in str(event.__dict__)


def test_a_correction_touches_the_named_cells_alone(cast: Cast) -> None:
    batch = hand_in(cast, [worker(1)])
    before = rows(cast, batch)[0]

    after = correct(cast, batch, before, native_place="海南琼海", no_such_column="x")

    assert typed_cells(after) == typed_cells(before) | {"native_place": "海南琼海"}


def test_a_correction_may_make_things_worse_and_says_so(cast: Cast) -> None:
    batch = hand_in(cast, [worker(1), worker(2)])
    second = rows(cast, batch)[1]
    number, born = str(worker(1)["document_number"]), str(worker(1)["birth_date"])

    after = correct(cast, batch, second, document_number=number, birth_date=born)
    with scoping.whole_registry():
        found = {finding.code for finding in after.findings.filter(severity="error")}

    assert found == {"members.repeated"}
    assert rows(cast, batch)[0].error_count == 0


def test_a_person_who_proves_to_be_on_the_roll_is_known(cast: Cast) -> None:
    with scoping.whole_registry():
        number = members.identity_of(make_member(coverage_of(cast.factory), 1).person)
    batch = hand_in(cast, [worker(1)])

    after = correct(cast, batch, rows(cast, batch)[0], document_number=number, birth_date="1990/01/01")

    assert after.state == "known"


@pytest.mark.parametrize("who", ["longhua_reviewer", "finance", "outside_clerk", "joint_clerk"])
def test_who_may_not_fill_there_mends_nothing(cast: Cast, who: str) -> None:
    batch = hand_in(cast, [worker(1)])
    row = rows(cast, batch)[0]

    with pytest.raises(NotPermitted):
        correct(cast, batch, row, who, native_place="海南琼海")
    with pytest.raises(NotPermitted):
        put(cast, batch, row, "remove", who=who)

    assert rows(cast, batch)[0].version == 1


def test_a_superiors_clerk_mends_too(cast: Cast) -> None:
    batch = hand_in(cast, [worker(1)])

    after = correct(cast, batch, rows(cast, batch)[0], "longhua_clerk", native_place="海南琼海")

    assert after.changed_by_id == cast.user("longhua_clerk").pk


def test_a_row_of_another_batch_is_not_there(cast: Cast) -> None:
    one, other = hand_in(cast, [worker(1)]), hand_in(cast, [worker(2)])

    with pytest.raises(Refused) as refused:
        correct(cast, one, rows(cast, other)[0], native_place="海南琼海")

    assert codes(refused) == ["collection.no_row"]


# -- Setting aside -------------------------------------------------------------------------------------


def test_a_row_is_removed_and_taken_back(cast: Cast) -> None:
    batch = hand_in(cast, [worker(1), worker(1, serial="2")])
    repeated = rows(cast, batch)[1]
    assert repeated.error_count == 1

    removed = put(cast, batch, rows(cast, batch)[0], "remove")
    assert (removed.state, rows(cast, batch)[1].error_count) == ("removed", 0)
    restored = put(cast, batch, removed, "restore")

    assert (restored.state, restored.version) == ("judged", 3)
    assert rows(cast, batch)[1].error_count == 1
    assert [event.kind for event in events(cast, batch)][:2] == [
        "collection.row_judged",
        "collection.row_removed",
    ]


def test_who_is_held_elsewhere_waits_for_a_transfer_and_comes_back(cast: Cast) -> None:
    with scoping.whole_registry():
        number = members.identity_of(make_member(coverage_of(cast.faraway), 1).person)
    batch = hand_in(cast, [worker(1, document_number=number, birth_date="1990/01/01")])
    row = rows(cast, batch)[0]

    waiting = put(cast, batch, row, "transfer")
    assert (waiting.state, waiting.error_count) == ("transfer", 0)
    back = put(cast, batch, waiting, "restore")

    assert (back.state, back.error_count) == ("judged", 1)


def test_nobody_is_transferred_who_is_held_nowhere(cast: Cast) -> None:
    batch = hand_in(cast, [worker(1)])

    with pytest.raises(Refused) as refused:
        put(cast, batch, rows(cast, batch)[0], "transfer")

    assert codes(refused) == ["collection.no_transfer"]


@pytest.mark.parametrize("deed", ["remove", "restore"])
def test_a_row_on_its_way_stays_as_it_is(cast: Cast, deed: str) -> None:
    batch = hand_in(cast, [worker(1)])
    send(cast, batch)
    row = rows(cast, batch)[0]

    with pytest.raises(Refused) as refused:
        put(cast, batch, row, deed)
    with pytest.raises(Refused) as corrected:
        correct(cast, batch, row, native_place="海南琼海")

    assert codes(refused) == codes(corrected) == ["collection.row_not_open"]
    assert "审核中" in str(refused.value)


@pytest.mark.parametrize("deed", ["remove", "restore"])
def test_the_second_of_two_is_told(cast: Cast, deed: str) -> None:
    batch = hand_in(cast, [worker(1)])
    row = rows(cast, batch)[0]
    if deed == "restore":
        row = put(cast, batch, row, "remove")

    with pytest.raises(Refused) as refused:
        put(cast, batch, row, deed, version=row.version - 1)

    assert codes(refused) == ["collection.changed_meanwhile"]
    assert rows(cast, batch)[0].version == row.version


def test_removed_rows_do_not_go_on_their_way(cast: Cast) -> None:
    batch = hand_in(cast, [worker(1), worker(2)], [factory_row()])
    put(cast, batch, rows(cast, batch)[0], "remove")

    assert send(cast, seen(cast, batch)).row_count == 2


# -- The file given back -------------------------------------------------------------------------------


def test_the_file_comes_back_marked_and_that_is_remembered(cast: Cast) -> None:
    batch = hand_in(cast, [worker(1, mobile=WRONG_MOBILE), worker(2, employer_name="别处的公司")])
    with scoping.acting(cast.actor("factory_clerk")) as by:
        source = queries.files(by.scope, [batch.pk])[batch.pk][0]
        returned = actions.returned_workbook(batch, source.id, by=by, at=NOW)
    book = openpyxl.load_workbook(io.BytesIO(returned.content))
    text = " ".join(str(value) for line in book.worksheets[0].iter_rows(values_only=True) for value in line)

    assert returned.name == "会员（核对结果）.xlsx"
    assert "错误原因" in text
    assert "工作单位不在本工会覆盖范围内" in text
    assert (events(cast, batch)[0].kind, events(cast, batch)[0].details) == (
        "collection.workbook_returned",
        {"source": source.id},
    )


def test_a_file_of_another_batch_is_not_there(cast: Cast) -> None:
    one, other = hand_in(cast, [worker(1)]), hand_in(cast, [worker(2)])
    with scoping.acting(cast.actor("factory_clerk")) as by:
        source = queries.files(by.scope, [other.pk])[other.pk][0]
        with pytest.raises(Refused) as refused:
            actions.returned_workbook(one, source.id, by=by, at=NOW)

    assert codes(refused) == ["collection.no_source"]


@pytest.mark.parametrize("who", ["longhua_reviewer", "outside_clerk"])
def test_who_may_not_fill_there_gets_no_file(cast: Cast, who: str) -> None:
    batch = hand_in(cast, [worker(1)])
    with scoping.acting(cast.actor("factory_clerk")) as by:
        source = queries.files(by.scope, [batch.pk])[batch.pk][0]

    with scoping.acting(cast.actor(who)) as by, pytest.raises(NotPermitted):
        actions.returned_workbook(batch, source.id, by=by, at=NOW)
