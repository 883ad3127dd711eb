"""The demo: one story from an empty registry to the settlement, told again and again without harm."""

from __future__ import annotations

import io
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner
from django.contrib.auth import authenticate
from django.utils import timezone
from rich.console import Console

from tests.builders import Cast
from unionhall.audit import queries as audit
from unionhall.cli.boot import bring_up_to_date
from unionhall.cli.demo import (
    clearing,
    command,
    deliveries,
    employers,
    numbers,
    officers,
    people,
    places,
    planning,
    printing,
    receiving,
    sheets,
    tree,
)
from unionhall.cli.demo.clearing import Registry
from unionhall.cli.demo.faults import Sheet
from unionhall.cli.demo.rows import member_rows, union_rows
from unionhall.cli.demo.sheets import Layout
from unionhall.cli.demo.telling import Outcome, begin, tell
from unionhall.cli.demo.told import READER, Told
from unionhall.collection import queries as batches
from unionhall.collection.choices import BatchState
from unionhall.collection.sheets.checking import check_file
from unionhall.collection.sheets.columns import SheetKind
from unionhall.collection.sheets.findings import Severity
from unionhall.foundation import scoping
from unionhall.members import queries as members
from unionhall.reviews import queries as reviews
from unionhall.standards.identifiers import credit_code, phone, resident_id
from unionhall.subsidies import queries as subsidies

SMALL = 80
TODAY = date(2026, 6, 3)


def told(folder: Path, members: int | None = SMALL, *, hears: io.StringIO | None = None) -> Outcome:
    return tell(members, folder, console=Console(file=hears or io.StringIO(), width=120))


def printed(outcome: Outcome) -> str:
    console = Console(file=io.StringIO(), width=120)
    printing.show(outcome, console)
    printing.show_accounts(outcome.accounts, console)
    output = console.file
    assert isinstance(output, io.StringIO)
    return output.getvalue()


# -- The story -------------------------------------------------------------------------------------------


@pytest.mark.django_db(transaction=True, databases=["default", "owner"])
def test_demo_tells_the_whole_job_and_prints_what_the_registry_holds(tmp_path: Path) -> None:
    outcome = told(tmp_path)

    standing = outcome.standing
    with scoping.acting(READER) as by:
        held = members.count_held(by.scope)
        owed = subsidies.settlement(by.scope)
        waiting = reviews.cases(by.scope, state="waiting").order_by("position")
        levels = sorted(waiting.values_list("waiting_at__level", flat=True))
        returned = reviews.cases(by.scope, state="returned").count()
        states = {batch.pk: batches.summary(batch) for batch in batches.batches(by.scope)}
        unreadable = batches.batches(by.scope, state=BatchState.UNREADABLE).count()
    assert standing.members == held > SMALL // 3
    assert standing.total is not None
    assert standing.total.approved == held
    assert standing.owed_fen == sum(each.amount_fen for each in owed) == 700 * standing.counted
    assert standing.verdict.broken_at is None
    # Every page has something to show: a case at each level, two sent back, rows sent back, errors left.
    assert levels == [2, 3, 4]
    assert returned == 2
    assert unreadable == 1
    assert max(summary.returned for summary in states.values()) > 0
    assert max(summary.transfer for summary in states.values()) > 0
    assert max(summary.faulty for summary in states.values()) > 0
    text = printed(outcome)
    assert f"会员 {held:,} 人" in text
    assert f"{standing.counted * 7:,}.00" in text


@pytest.mark.django_db(transaction=True, databases=["default", "owner"])
def test_second_run_changes_nothing_and_fresh_begins_anew(tmp_path: Path) -> None:
    first = told(tmp_path)
    heard = io.StringIO()
    second = told(tmp_path, SMALL * 2, hears=heard)

    assert "此前的演示约 80 名会员，现在接着它" in heard.getvalue()
    assert second.standing == first.standing
    assert second.intake == first.intake
    assert second.accounts == first.accounts
    assert [stage.title for stage in second.stages] == [stage.title for stage in first.stages]
    for account in first.accounts:
        assert authenticate(None, username=account.username, password=account.password) is not None

    clearing.clear(tmp_path)

    assert not tmp_path.exists()
    assert clearing.look() == Registry.EMPTY
    bring_up_to_date()
    assert clearing.look() == Registry.EMPTY


@pytest.mark.django_db(transaction=True, databases=["default", "owner"])
def test_run_that_was_killed_goes_on_where_it_was(tmp_path: Path) -> None:
    plan = planning.make(begin(SMALL))
    now = timezone.localtime()
    tree.build(plan, at=now, step=ignore)
    officers.open_all(plan, tmp_path, at=now, step=ignore)
    parcels = list(deliveries.write_all(plan, tmp_path / "sheets"))
    received = Told(plan, parcels, now.date())
    receiving.receive(received, 1, ignore)

    outcome = told(tmp_path)

    with scoping.acting(READER) as by:
        assert batches.batches(by.scope).count() == len(plan.deliveries)
    assert outcome.standing.members > SMALL // 3
    assert outcome.standing.verdict.broken_at is None


@pytest.mark.django_db(transaction=True, databases=["default", "owner"])
def test_real_registry_is_neither_written_nor_cleared(cast: Cast, tmp_path: Path) -> None:
    with scoping.acting(READER) as by:
        before = audit.trail(by.scope).count()

    ran = CliRunner().invoke(command, ["--no-serve"])
    cleared = CliRunner().invoke(command, ["--no-serve", "--fresh"])

    assert (ran.exit_code, cleared.exit_code) == (2, 2)
    assert "已有正式的工会登记数据" in ran.stderr
    with scoping.acting(READER) as by:
        assert audit.trail(by.scope).count() == before


def test_help_shows_examples() -> None:
    answer = CliRunner().invoke(command, ["--help"])

    assert answer.exit_code == 0
    assert "./hall demo --fresh" in answer.output


def ignore(more: int) -> None:
    """Move no bar."""


# -- People and sheets -----------------------------------------------------------------------------------


def test_numbers_are_right_and_nobody_elses() -> None:
    serials = range(1, 40_000, 7)
    ids = [numbers.resident_id(serial, male=serial % 2 == 1) for serial in serials]

    assert len(set(ids)) == len(ids)
    assert {number[:6] for number in ids} == {"460199"}
    assert [resident_id.parse(number).number for number in ids[:200]] == ids[:200]
    assert credit_code.parse(numbers.credit_code(12, prefix="91")).code == numbers.credit_code(
        12, prefix="91"
    )
    assert phone.parse(numbers.mobile(7)).number == "19900000007"
    assert phone.parse_organization_phone(numbers.landline(7)).number == "0898-66000007"


def test_story_is_the_same_at_every_telling() -> None:
    assert planning.make(300) == planning.make(300)
    assert people.member(5, employer="某厂", rural=True) == people.member(5, employer="某厂", rural=True)


@pytest.mark.parametrize("size", [60, 3000, 20_000, 200_000])
def test_story_holds_about_as_many_people_as_asked_for(size: int) -> None:
    plan = planning.make(size)

    names = [union.name for union in plan.unions]
    codes = [employer.credit_code for union in plan.unions for employer in union.employers]
    assert len(set(names)) == len(names)
    assert len(set(codes)) == len(codes)
    assert abs(plan.people - size) <= max(30, size // 50)
    assert max(delivery.people for delivery in plan.deliveries) <= 25_000


@pytest.mark.parametrize("layout", list(Layout))
def test_sheets_without_faults_are_found_faultless_in_every_layout(layout: Layout, tmp_path: Path) -> None:
    delivery = planning.make(300).deliveries[0]
    for kind, rows in (
        (SheetKind.UNIONS, union_rows(delivery)),
        (SheetKind.MEMBERS, list(member_rows(delivery))),
    ):
        path = tmp_path / f"{kind}{layout.suffix}"
        sheets.write(path, kind, Sheet(rows), layout=layout, sender=delivery.sender)

        checked = check_file(path, kind=kind, today=TODAY)

        assert checked.rows == len(rows)
        assert checked.judgements[0].table.rows[0] == sheets.first_row(layout)
        assert [found for found in checked.findings if found.severity == Severity.ERROR] == []


def test_every_kind_of_fault_is_found(tmp_path: Path) -> None:
    plan = planning.make(3000)
    written = {parcel.delivery.number: parcel for parcel in deliveries.write_all(plan, tmp_path)}
    codes = {
        found.code
        for number in range(1, 9)
        for file in written[number].files
        for found in check_file(file, kind=None, today=TODAY).findings
        if found.severity == Severity.ERROR
    }

    assert {
        "member.document_number.check",
        "member.document_number.destroyed",
        "member.document_number.document_repeated",
        "member.sex.sex_differs",
        "member.birth_date.under_age",
        "member.mobile.length",
    } <= codes


def test_first_street_is_in_every_story() -> None:
    assert places.senders()[0].name == places.FIRST_STREET
    assert employers.grassroots(
        3, superior=places.senders()[0], count=9, is_known=True, first_person=1
    ).name.endswith("工会委员会")
