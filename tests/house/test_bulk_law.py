"""Two writers, one law: whom one admission refuses a whole batch refuses too, and both write the same rows."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.builders import BUILDER, NOW, TODAY, Cast, coverage_of, make_member, number
from unionhall.foundation import scoping
from unionhall.foundation.crypto import blind_index, seal, unseal
from unionhall.members import actions, queries, rules
from unionhall.members.actions.bulk import GRAMS
from unionhall.members.choices import EventKind, MembershipState
from unionhall.members.models import Membership, MembershipEvent, Person
from unionhall.members.names import grams
from unionhall.standards.identifiers import resident_id
from unionhall.standards.periods import full_years
from unionhall.standards.refusal import Refused
from unionhall.unions.models import Coverage

pytestmark = pytest.mark.django_db

CASE = 77
PARTICULARS = actions.Particulars(
    ethnic_group="07", political_status="13", education="4", skill_level="2", household_type="1",
    household_place="海南省海口市", native_place="海南琼海", employment_status="1", migrant_worker=True,
)  # fmt: skip
LEFT_ON = date(2019, 1, 1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Applicant:
    """Somebody who wants in: who, since when, and where."""

    label: str
    serial: int
    name: str = "黎·示范"
    born: date = date(1990, 1, 1)
    joined_on: date = date(2019, 3, 1)
    mobile: str = "13800000000"
    at: str = "factory"

    @property
    def number(self) -> str:
        return number(self.serial, born=self.born)


APPLICANTS = (
    Applicant(label="new", serial=1),
    Applicant(label="without mobile", serial=2, mobile="", name="𠮷田"),
    Applicant(label="sixteen on the day", serial=3, born=date(2003, 3, 1)),
    Applicant(label="one day too young", serial=4, born=date(2003, 3, 2)),
    Applicant(label="born on a leap day", serial=5, born=date(2000, 2, 29), joined_on=date(2016, 2, 29)),
    Applicant(label="leap day, too young", serial=6, born=date(2000, 2, 29), joined_on=date(2016, 2, 28)),
    Applicant(label="joined today", serial=7, joined_on=TODAY),
    Applicant(label="joined tomorrow", serial=8, joined_on=TODAY + timedelta(days=1)),
    Applicant(label="held here", serial=9),
    Applicant(label="held elsewhere", serial=10),
    Applicant(label="held elsewhere and too young", serial=11, joined_on=date(2005, 1, 1)),
    Applicant(label="employer not covered", serial=12, at="uncovered"),
    Applicant(label="not covered and in the future", serial=13, at="uncovered", joined_on=TODAY + timedelta(days=9)),
    Applicant(label="came back", serial=14, name="林回来"),
    Applicant(label="came back from elsewhere", serial=15, name="林远回"),
)  # fmt: skip


@pytest.fixture
def coverages(cast: Cast) -> dict[str, Coverage]:
    """Prepare the registry: some are held here or there already, some have left, one employer is let go."""
    with scoping.whole_registry():
        here, there = coverage_of(cast.factory), coverage_of(cast.faraway)
        make_member(here, 9)
        make_member(there, 10)
        make_member(there, 11)
        for coverage, serial in ((here, 14), (there, 15)):
            held = make_member(coverage, serial, name="旧名", mobile="13911110000")
            Membership.objects.filter(pk=held.pk).update(state=MembershipState.WITHDRAWN, valid_until=LEFT_ON)
        gone = coverage_of(cast.joint, "海口示范理发店")
        Coverage.objects.filter(pk=gone.pk).update(valid_until=LEFT_ON)
        gone.refresh_from_db()
    return {"factory": here, "uncovered": gone}


Outcome = dict[str, list[str]]
Rows = list[list[dict[str, Any]]]


def one_by_one(coverages: dict[str, Coverage]) -> Outcome:
    return {applicant.label: admitted(applicant, coverages[applicant.at]) for applicant in APPLICANTS}


def admitted(applicant: Applicant, coverage: Coverage) -> list[str]:
    try:
        actions.admit(
            name=applicant.name, identity=resident_id.parse(applicant.number), mobile=applicant.mobile,
            coverage=coverage, joined_on=applicant.joined_on, particulars=PARTICULARS, by=BUILDER, at=NOW,
        )  # fmt: skip
    except Refused as refused:
        return sorted(refusal.code for refusal in refused.refusals)
    return []


def all_at_once(coverages: dict[str, Coverage]) -> Outcome:
    """Offer everybody; then, without those whom that refused, everybody else."""
    outcome: Outcome = {applicant.label: [] for applicant in APPLICANTS}
    try:
        enter(APPLICANTS, coverages)
    except Refused as refused:
        for refusal in refused.refusals:
            outcome[refusal.message.partition("：")[0]].append(refusal.code)
    assert enter([it for it in APPLICANTS if not outcome[it.label]], coverages) > 0
    return {label: sorted(codes) for label, codes in outcome.items()}


@transaction.atomic
def enter(applicants: Iterable[Applicant], coverages: dict[str, Coverage]) -> int:
    actions.open_incoming()
    columns = ", ".join(actions.INCOMING_COLUMNS)
    places = ", ".join(["%s"] * len(actions.INCOMING_COLUMNS))
    with connection.cursor() as cursor:
        cursor.executemany(
            f"INSERT INTO members_incoming ({columns}) VALUES ({places})",
            [incoming(applicant, coverages[applicant.at]) for applicant in applicants],
        )
    return actions.admit_incoming(case_id=CASE, rows=[], by=BUILDER, at=NOW)


def incoming(applicant: Applicant, coverage: Coverage) -> list[Any]:
    identity, mobile = resident_id.parse(applicant.number), applicant.mobile
    values: dict[str, Any] = {
        "place": applicant.label, "path": coverage.path, "union_id": coverage.union_id,
        "employer_id": coverage.employer_id, "coverage_id": coverage.pk, "name": applicant.name,
        "identity_sealed": seal(identity.number, purpose="identity"),
        "identity_index": blind_index(identity.number, purpose="identity"),
        "sex": identity.sex, "birth_date": identity.birth_date, "joined_on": applicant.joined_on,
        "mobile_sealed": seal(mobile, purpose="phone") if mobile else None,
        "mobile_index": blind_index(mobile, purpose="phone") if mobile else None,
        "retained": False, "transferred": False, "reason": "",
    }  # fmt: skip
    rest = {name: getattr(PARTICULARS, name) for name in actions.INCOMING_COLUMNS if name not in values}
    return [{**values, **rest}[name] for name in actions.INCOMING_COLUMNS]


def written(
    way: Callable[[dict[str, Coverage]], Outcome], coverages: dict[str, Coverage]
) -> tuple[Outcome, Rows]:
    """Let one writer write, read everything back, and undo it."""
    with scoping.acting(BUILDER), transaction.atomic():
        outcome = way(coverages)
        rows = [
            [person_row(person) for person in Person.objects.order_by("identity_index")],
            [
                membership_row(it)
                for it in Membership.objects.order_by("person__identity_index", "valid_from")
            ],
            [
                event_row(it)
                for it in MembershipEvent.objects.order_by("person__identity_index", "happened_on")
            ],
        ]
        transaction.set_rollback(True)
    return outcome, rows


def person_row(person: Person) -> dict[str, Any]:
    mobile = person.mobile_sealed
    opened = {
        "identity_sealed": queries.identity_of(person),
        "mobile_sealed": unseal(mobile, purpose="phone") if mobile is not None else None,
    }
    return plain(person, but={"id"}) | opened


def membership_row(membership: Membership) -> dict[str, Any]:
    return plain(membership, but={"id", "person"}) | {"person": bytes(membership.person.identity_index)}


def event_row(event: MembershipEvent) -> dict[str, Any]:
    # A batch remembers its case; one admission has none.
    kept = plain(event, but={"id", "person", "membership", "case_id"})
    return kept | {"person": bytes(event.person.identity_index), "from": event.membership.valid_from}


def plain(record: Any, *, but: set[str]) -> dict[str, Any]:
    values = {field.name: getattr(record, field.attname) for field in record._meta.concrete_fields}
    return {
        name: bytes(value) if isinstance(value, memoryview) else value
        for name, value in values.items()
        if name not in but
    }


def test_both_writers_refuse_the_same_people_for_the_same_reasons(coverages: dict[str, Coverage]) -> None:
    alone, _ = written(one_by_one, coverages)
    together, _ = written(all_at_once, coverages)

    assert together == alone
    assert {label: codes for label, codes in alone.items() if codes} == {
        "one day too young": ["members.under_age"],
        "leap day, too young": ["members.under_age"],
        "joined tomorrow": ["members.joined_later"],
        "held here": ["members.held_here"],
        "held elsewhere": ["members.held_elsewhere"],
        "held elsewhere and too young": ["members.held_elsewhere", "members.under_age"],
        "employer not covered": ["members.employer_not_covered"],
        "not covered and in the future": ["members.employer_not_covered", "members.joined_later"],
    }


def test_both_writers_write_the_same_rows(coverages: dict[str, Coverage]) -> None:
    _, alone = written(one_by_one, coverages)
    _, together = written(all_at_once, coverages)

    for one, many in zip(alone, together, strict=True):
        assert many == one
    # Five who were there before, of whom two come back, and five who are new.
    assert [len(rows) for rows in alone] == [10, 12, 12]


def test_who_comes_back_is_the_same_person_with_newer_particulars(
    cast: Cast, coverages: dict[str, Coverage]
) -> None:
    with scoping.whole_registry():
        before = Person.objects.get(identity_index=blind_index(number(15), purpose="identity"))
        assert before.path == cast.faraway.path

    with scoping.acting(BUILDER):
        assert admitted(APPLICANTS[-1], coverages["factory"]) == []
        after = Person.objects.get(pk=before.pk)
        spells = list(after.memberships.order_by("valid_from").values_list("union_id", "valid_until"))

    assert (after.name, after.path, after.name_grams) == ("林远回", cast.factory.path, grams("林远回"))
    assert spells == [(cast.faraway.pk, LEFT_ON), (cast.factory.pk, None)]


def test_the_batch_is_all_or_nobody(coverages: dict[str, Coverage]) -> None:
    with scoping.acting(BUILDER):
        before = Membership.objects.count()
        with pytest.raises(Refused):
            enter(APPLICANTS, coverages)

        assert Membership.objects.count() == before


@pytest.mark.parametrize(
    ("retained", "transferred", "state", "kind"),
    [
        (False, False, MembershipState.ACTIVE, EventKind.ADMITTED),
        (False, True, MembershipState.ACTIVE, EventKind.TRANSFERRED_IN),
        (True, False, MembershipState.RETAINED, EventKind.RETAINED),
    ],
)
def test_how_a_person_came_decides_state_and_event(
    coverages: dict[str, Coverage], retained: bool, transferred: bool, state: str, kind: str
) -> None:
    with scoping.acting(BUILDER):
        actions.open_incoming()
        with connection.cursor() as cursor:
            columns, values = (
                ", ".join(actions.INCOMING_COLUMNS),
                incoming(APPLICANTS[0], coverages["factory"]),
            )
            places = ", ".join(["%s"] * len(values))
            cursor.execute(f"INSERT INTO members_incoming ({columns}) VALUES ({places})", values)
            cursor.execute(
                "UPDATE members_incoming SET retained = %s, transferred = %s", [retained, transferred]
            )
        actions.admit_incoming(case_id=CASE, rows=[], by=BUILDER, at=NOW)
        event = MembershipEvent.objects.select_related("membership").get(case_id=CASE)

    assert (event.membership.state, event.kind) == (state, kind)


# -- The same arithmetic in SQL ------------------------------------------------------------------------


def sql_grams(names: list[str]) -> list[list[str]]:
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT {GRAMS} FROM unnest(%s::text[]) WITH ORDINALITY AS incoming (name, place) ORDER BY place",
            [names],
        )
        return [row[0] for row in cursor.fetchall()]


NAMES = [
    "林",
    "林示范",
    "阿卜杜拉·买买提",
    "阿·阿·阿",
    "欧阳娜娜",
    "𠮷野家",
    "㛃䶮",
    "Anna Müller",
    "ＡＢ",
    "é́",
    "",
]
letters = st.sampled_from("林王张欧阳娜·•．. -𠮷㛃䶮丂ŉÅéabAB19")


def test_names_are_cut_into_the_same_grams() -> None:
    assert sql_grams(NAMES) == [grams(name) for name in NAMES]


@settings(max_examples=20, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(names=st.lists(st.text(letters, max_size=12) | st.text(max_size=12), max_size=20))
def test_any_name_is_cut_into_the_same_grams(names: list[str]) -> None:
    kept = [name for name in names if "\0" not in name and name.isprintable()]

    assert sql_grams(kept) == [grams(name) for name in kept]


def test_sixteen_years_are_counted_alike() -> None:
    births = [
        date(year, month, day) for year in (1999, 2000, 2004) for month, day in ((2, 28), (3, 1), (12, 31))
    ]
    births += [date(1996, 2, 29), date(2000, 2, 29), date(2004, 2, 29)]
    pairs = [
        (birth, date(birth.year + years, 2, 27) + timedelta(days=days))
        for birth in births
        for years in range(14, 19)
        for days in (0, 1, 2, 3)
    ]
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT birth + make_interval(years => %s) <= day FROM unnest(%s::date[], %s::date[]) AS pair (birth, day)",
            [rules.MINIMUM_AGE, [birth for birth, _ in pairs], [day for _, day in pairs]],
        )
        reached = [old_enough for (old_enough,) in cursor.fetchall()]

    assert reached == [full_years(birth, day) >= rules.MINIMUM_AGE for birth, day in pairs]
