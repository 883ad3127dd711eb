"""The main job as a story: two sheets come in, climb the tree, and the city's approval enters them."""

from __future__ import annotations

import pytest
from django.db import connection

from tests.builders import NOW, TODAY, Cast, coverage_of, make_member
from tests.collection.sheets import sheets
from tests.collection.stories import approve_all, decide, factory_row, hand_in, seen, send, worker
from unionhall.audit import queries as audit
from unionhall.collection import actions, queries
from unionhall.collection.models import Finding, Row
from unionhall.foundation import scoping
from unionhall.foundation.actor import NotPermitted
from unionhall.members import queries as members
from unionhall.members.models import Membership, MembershipEvent
from unionhall.reviews.choices import CaseState, Verdict
from unionhall.reviews.models import Case
from unionhall.reviews.queries import way
from unionhall.standards.refusal import Refused
from unionhall.subsidies import queries as subsidies
from unionhall.unions.models import Employer, Union
from unionhall.workflows import collecting

pytestmark = pytest.mark.django_db


def codes(refused: pytest.ExceptionInfo[Refused]) -> list[str]:
    return [refusal.code for refusal in refused.value.refusals]


def states(cast: Cast, batch_id: int) -> list[str]:
    with scoping.whole_registry():
        return list(Row.objects.filter(batch=batch_id).order_by("pk").values_list("state", flat=True))


def findings(batch_id: int) -> list[tuple[str, str]]:
    with scoping.whole_registry():
        found = Finding.objects.filter(batch=batch_id, severity="error").order_by("row__number", "code")
        return list(found.values_list("code", "row__label"))


def test_good_rows_climb_and_are_entered_by_the_last_approval(cast: Cast) -> None:
    batch = hand_in(cast, [worker(1), worker(2)], [factory_row()])
    case = send(cast, batch)
    case = decide(cast, case, "longhua_reviewer")
    with scoping.whole_registry():
        assert Membership.objects.count() == 0

    case = decide(cast, case, "city_reviewer", days=2)

    assert case.state == CaseState.APPROVED
    assert states(cast, batch.pk) == ["entered"] * 3
    with scoping.whole_registry():
        assert {held.union_id for held in Membership.objects.all()} == {cast.factory.pk}
        assert [event.case_id for event in MembershipEvent.objects.all()] == [case.pk] * 2
        union = Union.objects.get(pk=cast.factory.pk)
        assert (union.declared_member_count, union.collected_on) == (2, (TODAY.replace(day=5)))
        assert [owed.amount_fen for owed in subsidies.settlement(cast.actor("city_reviewer").scope)] == [1400]
    assert audit.verify().broken_at is None


def test_the_chain_is_every_superior_up_to_the_city(cast: Cast) -> None:
    with scoping.acting(cast.actor("joint_clerk")):
        names = [place.name for place in collecting.chain(cast.joint.path)]

    assert names == ["龙华区中山街道总工会", "海口市龙华区总工会", "海口市总工会"]


def test_the_owed_money_goes_to_the_reporting_union(cast: Cast) -> None:
    approve_all(cast, send(cast, hand_in(cast, [worker(1)], [factory_row()])))

    with scoping.acting(cast.actor("finance")) as by:
        assert [
            (owed.union_name, owed.count, owed.amount_fen) for owed in subsidies.settlement(by.scope)
        ] == [("海口市龙华区总工会", 1, 700)]
    with scoping.acting(cast.actor("outsider")) as by:
        assert subsidies.settlement(by.scope) == []


def test_rows_with_errors_stay_behind(cast: Cast) -> None:
    batch = hand_in(cast, [worker(1), worker(2, document_number="46019919900101001")], [factory_row()])
    case = send(cast, batch)

    assert case.row_count == 2
    assert sorted(states(cast, batch.pk)) == ["judged", "submitted", "submitted"]


def test_an_employer_that_nobody_covers_is_refused_and_named_in_its_cell(cast: Cast) -> None:
    batch = hand_in(cast, [worker(1, employer_name="别处的公司")], [factory_row()])

    assert findings(batch.pk) == [("members.employer_not_covered", worker(1)["name"])]


def test_members_may_come_with_their_new_union_in_one_delivery(cast: Cast) -> None:
    row = sheets.union_row(7, superior_name="龙华区中山街道总工会")
    batch = hand_in(
        cast,
        [worker(1, employer_name=str(row["employer_name"]))],
        [row],
        clerk="longhua_clerk",
        union=cast.longhua,
    )
    assert findings(batch.pk) == []
    case = send(cast, batch, clerk="longhua_clerk")
    decide(cast, case, "city_reviewer")

    with scoping.whole_registry():
        union = Union.objects.get(name=row["union_name"])
        assert union.path.startswith(cast.street.path)
        assert Employer.objects.get(name=row["employer_name"]).coverages.get().union_id == union.pk
        assert Membership.objects.get().union_id == union.pk


def test_who_is_held_elsewhere_is_offered_a_transfer_and_nothing_is_revealed(cast: Cast) -> None:
    with scoping.whole_registry():
        make_member(coverage_of(cast.faraway), 1)
        held = members.identity_of(Membership.objects.get().person)
    batch = hand_in(cast, [worker(1, document_number=held, birth_date="1990/01/01")], [factory_row()])
    with scoping.acting(cast.actor("factory_clerk")) as by:
        row = queries.page(by.scope, queries.RowFilter(kind="members"), batch=batch).rows[0]
        told = " ".join(finding.message for cell in row.cells for finding in cell.findings)
        assert row.is_held_elsewhere
        assert not any(name in told for name in (cast.faraway.name, "渔业", "美兰"))
        actions.mark_transfer(batch, row.id, version=row.version, by=by, at=NOW)

    assert sorted(states(cast, batch.pk)) == ["judged", "transfer"]


def test_who_is_on_the_roll_already_is_known_and_not_entered_again(cast: Cast) -> None:
    approve_all(cast, send(cast, hand_in(cast, [worker(1)], [factory_row()])))
    batch = hand_in(cast, [worker(1), worker(2)], [factory_row()])

    assert sorted(states(cast, batch.pk)) == ["judged", "judged", "known"]


def test_two_batches_with_one_person_have_one_winner(cast: Cast) -> None:
    first = send(cast, hand_in(cast, [worker(1)], [factory_row()]))
    second = send(cast, hand_in(cast, [worker(1), worker(2)], [factory_row()]))
    approve_all(cast, first)
    decide(cast, second, "longhua_reviewer")

    with pytest.raises(Refused) as refused:
        decide(cast, second, "city_reviewer", days=2)

    assert codes(refused) == ["members.held_here"]
    with scoping.whole_registry():
        assert Membership.objects.count() == 1


def test_who_entered_may_not_approve(cast: Cast) -> None:
    batch = hand_in(cast, [worker(1)], [factory_row()])
    with scoping.acting(cast.actor("longhua_clerk")) as by:
        row = queries.page(by.scope, queries.RowFilter(kind="members"), batch=batch).rows[0]
        actions.correct(batch, row.id, {"native_place": "海南琼海"}, version=row.version, by=by, at=NOW)
        Row.objects.filter(pk=row.id).update(changed_by_id=cast.user("longhua_reviewer").pk)
    case = send(cast, batch)

    with pytest.raises(Refused) as refused:
        decide(cast, case, "longhua_reviewer")

    assert codes(refused) == ["reviews.own_work"]


def test_what_is_approved_is_what_was_seen(cast: Cast) -> None:
    case = send(cast, hand_in(cast, [worker(1), worker(2)], [factory_row()]))
    before = bytes(case.content_hash)
    with scoping.acting(cast.actor("longhua_reviewer")):
        member = Row.objects.filter(case_id=case.pk, kind="members").first()
    assert member is not None
    decide(
        cast, case, "longhua_reviewer", Verdict.RETURN_ROWS, reason="data", note="籍贯有误", rows=[member.pk]
    )

    with pytest.raises(Refused) as refused:
        decide(cast, case, "longhua_reviewer", seen_hash=before)

    assert codes(refused) == ["reviews.changed"]


@pytest.mark.parametrize(
    ("statement", "code"),
    [
        (
            "UPDATE collection_row SET facts = facts || '{\"name\": \"改名\"}' WHERE kind = 'members'",
            "collecting.changed",
        ),
        ("UPDATE collection_row SET content_hash = sealed WHERE kind = 'members'", "reviews.tampered"),
        ("DELETE FROM collection_row WHERE kind = 'unions'", "reviews.tampered"),
    ],
)
def test_a_row_changed_past_the_house_is_not_entered(cast: Cast, statement: str, code: str) -> None:
    case = decide(cast, send(cast, hand_in(cast, [worker(1)], [factory_row()])), "longhua_reviewer")
    with scoping.whole_registry(), connection.cursor() as cursor:
        cursor.execute(statement)

    with pytest.raises(Refused) as refused:
        decide(cast, case, "city_reviewer", days=2)

    assert codes(refused) == [code]


def test_who_submitted_may_not_approve_though_another_handed_in(cast: Cast) -> None:
    batch = hand_in(cast, [worker(1)], [factory_row()])
    case = send(cast, batch)
    with scoping.whole_registry():
        Case.objects.filter(pk=case.pk).update(submitted_by_id=cast.user("longhua_reviewer").pk)

    with pytest.raises(Refused) as refused:
        decide(cast, case, "longhua_reviewer")

    assert codes(refused) == ["reviews.own_work"]


def test_single_rows_go_back_with_a_reason_and_the_rest_goes_on(cast: Cast) -> None:
    batch = hand_in(cast, [worker(1), worker(2)], [factory_row()])
    case = send(cast, batch)
    with scoping.whole_registry():
        member = Row.objects.filter(case_id=case.pk, kind="members").latest("pk")
    case = decide(
        cast, case, "longhua_reviewer", Verdict.RETURN_ROWS, reason="data", note="籍贯有误", rows=[member.pk]
    )
    approve_all(cast, case)

    with scoping.whole_registry():
        assert Membership.objects.count() == 1
        assert Row.objects.get(pk=member.pk).returned_why == "信息有误：籍贯有误"
    again = send(cast, seen(cast, batch))
    approve_all(cast, again)
    with scoping.whole_registry():
        assert Membership.objects.count() == 2


def test_a_batch_returned_whole_can_be_mended_and_sent_again(cast: Cast) -> None:
    batch = hand_in(cast, [worker(1)], [factory_row()])
    case = decide(
        cast, send(cast, batch), "longhua_reviewer", Verdict.RETURN, reason="proof", note="请补证明"
    )

    assert (case.state, states(cast, batch.pk)) == (CaseState.RETURNED, ["returned", "returned"])
    with scoping.whole_registry():
        assert [stage.state for stage in way(case)] == ["returned", "ahead"]
    assert approve_all(cast, send(cast, seen(cast, batch))).state == CaseState.APPROVED


def test_an_outsider_cannot_decide_or_even_see(cast: Cast) -> None:
    case = send(cast, hand_in(cast, [worker(1)], [factory_row()]))

    with scoping.acting(cast.actor("outsider")) as by:
        assert queries.batches(by.scope).count() == 0
        assert queries.content(case.pk)[1] == 0
    with pytest.raises(NotPermitted):
        decide(cast, case, "factory_clerk")


def test_the_second_to_correct_a_row_is_told_and_nothing_is_lost(cast: Cast) -> None:
    batch = hand_in(cast, [worker(1)], [factory_row()])
    with scoping.acting(cast.actor("factory_clerk")) as by:
        row = queries.page(by.scope, queries.RowFilter(kind="members"), batch=batch).rows[0]
        actions.correct(batch, row.id, {"native_place": "海南琼海"}, version=row.version, by=by, at=NOW)
        with pytest.raises(Refused) as refused:
            actions.correct(batch, row.id, {"native_place": "海南文昌"}, version=row.version, by=by, at=NOW)
        kept = queries.row(batch, row.id)

    assert codes(refused) == ["collection.changed_meanwhile"]
    assert kept is not None
    assert next(cell.text for cell in kept.cells if cell.key == "native_place") == "海南琼海"


def test_a_corrected_number_clears_its_finding(cast: Cast) -> None:
    batch = hand_in(cast, [worker(1, document_number="46019919850102001X")], [factory_row()])
    assert [code for code, _ in findings(batch.pk)] != []
    with scoping.acting(cast.actor("factory_clerk")) as by:
        row = queries.page(by.scope, queries.RowFilter(kind="members"), batch=batch).rows[0]
        right = str(worker(1)["document_number"])
        actions.correct(batch, row.id, {"document_number": right}, version=row.version, by=by, at=NOW)

    assert findings(batch.pk) == []


def test_the_same_person_twice_in_a_batch_is_told_in_the_later_row(cast: Cast) -> None:
    batch = hand_in(cast, [worker(1), worker(1, serial="2")], [factory_row()])

    assert [code for code, _ in findings(batch.pk)] == ["members.repeated"]


def test_nothing_personal_lies_open_in_the_database(cast: Cast) -> None:
    batch = hand_in(cast, [worker(1)], [factory_row()])
    approve_all(cast, send(cast, batch))

    with scoping.whole_registry(), connection.cursor() as cursor:
        for table in (
            "collection_row",
            "members_person",
            "collection_source",
            "audit_event",
            "collection_finding",
        ):
            cursor.execute(f"SELECT string_agg(t::text, ' ') FROM {table} AS t")
            text = str(cursor.fetchone())
            assert str(worker(1)["document_number"]) not in text, table
            assert str(worker(1)["mobile"]) not in text, table
