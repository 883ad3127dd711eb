"""Numbers are opened for a reason and remembered; an admission is whole or not at all; exports are deeds."""

from __future__ import annotations

import pytest

from tests.builders import NOW, TODAY, Cast, coverage_of, make_member, number
from unionhall.audit import queries as audit
from unionhall.foundation import scoping
from unionhall.foundation.actor import NotPermitted
from unionhall.members import actions, exports, queries
from unionhall.members.models import Membership, MembershipEvent, Person
from unionhall.standards.identifiers import resident_id
from unionhall.standards.refusal import Refused
from unionhall.unions.models import Coverage

pytestmark = pytest.mark.django_db


def codes(refused: pytest.ExceptionInfo[Refused]) -> list[str]:
    return [refusal.code for refusal in refused.value.refusals]


def admit(coverage: Coverage, who: str, cast: Cast, serial: int = 1) -> Membership:
    with scoping.acting(cast.actor(who)) as by:
        return actions.admit(
            name="林示范", identity=resident_id.parse(number(serial)), coverage=coverage, joined_on=TODAY,
            particulars=actions.Particulars(), by=by, at=NOW,
        )  # fmt: skip


# -- Revealing -----------------------------------------------------------------------------------------


@pytest.fixture
def person(cast: Cast) -> Person:
    with scoping.whole_registry():
        return make_member(coverage_of(cast.factory), 1).person


@pytest.mark.parametrize("reason", ["", "   ", "核对", " 核对材 "])
def test_without_a_reason_no_number_is_opened(cast: Cast, person: Person, reason: str) -> None:
    with scoping.acting(cast.actor("longhua_reviewer")) as by:
        before = audit.trail(by.scope).count()
        with pytest.raises(Refused) as refused:
            actions.reveal(person, reason=reason, by=by, at=NOW)
        assert audit.trail(by.scope).count() == before

    assert codes(refused) == ["members.reveal_reason"]
    assert number(1) not in str(refused.value)


def test_an_opened_number_is_remembered_with_its_reason_and_without_the_number(
    cast: Cast, person: Person
) -> None:
    with scoping.acting(cast.actor("longhua_reviewer")) as by:
        whole = actions.reveal(person, reason=" 核对入会材料 ", by=by, at=NOW)
        event = audit.trail(by.scope, subject=person)[0]

    assert whole == number(1)
    assert (event.kind, event.reason, event.actor_name, event.path) == (
        "members.identity_revealed",
        "核对入会材料",
        "龙华审核",
        cast.factory.path,
    )
    assert number(1) not in str(event.__dict__)


@pytest.mark.parametrize("account", ["outsider", "finance", "supervisor", "audit_admin", "joint_clerk"])
def test_who_may_not_opens_nothing(cast: Cast, person: Person, account: str) -> None:
    with scoping.acting(cast.actor(account)) as by, pytest.raises(NotPermitted):
        actions.reveal(person, reason="核对入会材料", by=by, at=NOW)


# -- Admitting -----------------------------------------------------------------------------------------


def test_an_admission_writes_person_spell_event_and_memory(cast: Cast) -> None:
    held = admit(coverage_of(cast.factory), "longhua_reviewer", cast)
    with scoping.acting(cast.actor("longhua_reviewer")) as by:
        event = MembershipEvent.objects.get(membership=held)
        kinds = [entry.kind for entry in audit.trail(by.scope, subject=held)]

    assert (held.union_id, held.valid_from, held.path) == (cast.factory.pk, TODAY, cast.factory.path)
    assert (event.kind, event.recorded_by, event.happened_on) == ("1", "龙华审核", TODAY)
    assert kinds == ["members.admitted"]


def test_second_admission_is_refused_and_writes_nothing(cast: Cast) -> None:
    admit(coverage_of(cast.factory), "longhua_reviewer", cast)
    coverages = {"members.held_here": cast.factory, "members.held_elsewhere": cast.joint}

    for code, union in coverages.items():
        with pytest.raises(Refused) as refused:
            admit(coverage_of(union), "longhua_reviewer", cast)
        assert codes(refused) == [code]
    with scoping.whole_registry():
        assert (Person.objects.count(), Membership.objects.count(), MembershipEvent.objects.count()) == (
            1,
            1,
            1,
        )


def test_nothing_of_the_other_union_is_told(cast: Cast) -> None:
    admit(coverage_of(cast.faraway), "outsider", cast)

    with pytest.raises(Refused) as refused:
        admit(coverage_of(cast.factory), "longhua_reviewer", cast)

    assert codes(refused) == ["members.held_elsewhere"]
    assert not any(word in str(refused.value) for word in (cast.faraway.name, "渔业", "美兰"))


@pytest.mark.parametrize("account", ["outsider", "factory_clerk", "supervisor"])
def test_who_has_no_right_there_admits_nobody(cast: Cast, account: str) -> None:
    with pytest.raises(NotPermitted):
        admit(coverage_of(cast.factory), account, cast)
    with scoping.whole_registry():
        assert Person.objects.count() == 0


# -- Exporting -----------------------------------------------------------------------------------------


def test_an_export_is_remembered_where_its_rows_belong(cast: Cast, person: Person) -> None:
    with scoping.acting(cast.actor("longhua_clerk")) as by:
        exports.note_export("性别：女", count=12, place=cast.street.path, by=by, at=NOW)
        event = audit.trail(by.scope)[0]

    assert (event.kind, event.path, event.details) == (
        "members.exported",
        cast.street.path,
        {"filter": "性别：女", "rows": 12},
    )


@pytest.mark.parametrize("account", ["outsider", "finance"])
def test_who_may_not_read_the_roll_exports_nothing(cast: Cast, account: str) -> None:
    with scoping.acting(cast.actor(account)) as by, pytest.raises(NotPermitted):
        exports.note_export("", count=1, place=cast.factory.path, by=by, at=NOW)


def test_the_whole_number_is_sealed_and_found_again_by_its_index(cast: Cast, person: Person) -> None:
    assert queries.identity_of(person) == number(1)
    assert number(1).encode() not in bytes(person.identity_sealed) + bytes(person.identity_index)
