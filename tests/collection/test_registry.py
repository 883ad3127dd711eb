"""What no sheet can know by itself is judged against the registry, and nothing of other branches is told."""

from __future__ import annotations

from datetime import date

import pytest

from tests.builders import BUILDER, NOW, Cast, coverage_of, credit_code, make_member
from tests.collection.sheets import sheets
from tests.collection.sheets.sheets import Value
from tests.collection.stories import decide, factory_row, hand_in, send, worker
from unionhall.collection import actions, queries
from unionhall.collection.models import Batch, Finding, Row
from unionhall.foundation import scoping
from unionhall.members import queries as members
from unionhall.members.models import Membership
from unionhall.unions import actions as unions
from unionhall.unions.actions import UnionFacts
from unionhall.unions.choices import UnionKind
from unionhall.unions.models import Union

pytestmark = pytest.mark.django_db

ELSEWHERE = ("渔业", "美兰", "示范渔业公司工会")


def found(batch: Batch) -> list[tuple[str, str, str]]:
    """Return what the registry found: row, column, code."""
    with scoping.whole_registry():
        findings = Finding.objects.filter(batch=batch, from_registry=True).select_related("row")
        return sorted(
            (finding.row.label if finding.row else "", finding.column, finding.code) for finding in findings
        )


def sentences(batch: Batch) -> str:
    with scoping.whole_registry():
        pairs = Finding.objects.filter(batch=batch).values_list("message", "suggestion")
        return " ".join(text for pair in pairs for text in pair)


def name(number: int) -> str:
    return str(worker(number)["name"])


def held_number(cast: Cast, serial: int = 1) -> str:
    """Let the fishery hold a person, and return the person's number."""
    with scoping.whole_registry():
        return members.identity_of(make_member(coverage_of(cast.faraway), serial).person)


def newcomer(number: str, **over: Value) -> dict[str, Value]:
    return worker(1, document_number=number, birth_date="1990/01/01", **over)


# -- Members -------------------------------------------------------------------------------------------


def test_rows_find_their_union_by_the_name_of_the_employer(cast: Cast) -> None:
    batch = hand_in(
        cast,
        [worker(1, employer_name=" 海口示范　机械厂"), worker(2, employer_name="海口示范理发店")],
        clerk="longhua_clerk",
        union=cast.longhua,
    )
    with scoping.whole_registry():
        unions_of = list(Row.objects.filter(batch=batch).order_by("number").values_list("union", "path"))

    assert found(batch) == []
    assert unions_of == [(cast.factory.pk, cast.factory.path), (cast.joint.pk, cast.joint.path)]


def test_what_is_wrong_with_members_is_found_in_its_cell(cast: Cast) -> None:
    batch = hand_in(
        cast,
        [
            newcomer(held_number(cast)),
            worker(2),
            worker(2, serial="3", name="林再填"),
            worker(4, employer_name="海口示范渔业公司"),
            worker(5, change_type="转出"),
        ],
    )

    assert found(batch) == sorted(
        [
            (name(1), "证件号码", "members.held_elsewhere"),
            ("林再填", "证件号码", "members.repeated"),
            (name(4), "工作单位", "members.employer_not_covered"),
            (name(5), "会籍变化类型", "members.leaving"),
        ]
    )
    assert not any(word in sentences(batch) for word in ELSEWHERE)
    assert "与第4行重复" in sentences(batch)


def test_who_has_left_elsewhere_may_be_entered_here(cast: Cast) -> None:
    number = held_number(cast)
    with scoping.whole_registry():
        Membership.objects.update(state="6", valid_until=date(2019, 1, 1))

    assert found(hand_in(cast, [newcomer(number)])) == []


def test_what_was_found_is_forgotten_when_it_holds_no_longer(cast: Cast) -> None:
    number = held_number(cast)
    batch = hand_in(cast, [newcomer(number), worker(2)])
    assert [code for _, _, code in found(batch)] == ["members.held_elsewhere"]
    with scoping.whole_registry():
        Membership.objects.update(state="6", valid_until=date(2019, 1, 1))

    with scoping.acting(cast.actor("factory_clerk")) as by:
        other = Row.objects.get(batch=batch, label=name(2))
        actions.correct(batch, other.pk, {"native_place": "海南琼海"}, version=other.version, by=by, at=NOW)
        assert queries.summary(batch).ready == 2

    assert found(batch) == []


def test_an_employer_that_comes_in_the_same_delivery_is_no_fault_unless_its_row_is(cast: Cast) -> None:
    good = sheets.union_row(7, superior_name="龙华区中山街道总工会")
    bad = sheets.union_row(8, superior_name="不存在的工会")
    batch = hand_in(
        cast,
        [worker(1, employer_name=good["employer_name"]), worker(2, employer_name=bad["employer_name"])],
        [good, bad],
        clerk="longhua_clerk",
        union=cast.longhua,
    )

    assert found(batch) == sorted(
        [
            (str(bad["union_name"]), "上级工会名称", "R-O4.superior_unknown"),
            (name(2), "工作单位", "members.employer_not_covered"),
        ]
    )


# -- Unions --------------------------------------------------------------------------------------------


def union_findings(batch: Batch) -> list[tuple[str, str]]:
    return [(column, code) for _, column, code in found(batch)]


def test_the_registered_superior_is_the_one_to_be_named(cast: Cast) -> None:
    batch = hand_in(cast, [], [factory_row(superior_name="龙华区中山街道总工会")])

    assert union_findings(batch) == [("上级工会名称", "R-O4.superior_differs")]


def test_a_union_below_is_named_under_its_registered_superior_too(cast: Cast) -> None:
    rows = [
        sheets.union_row(7, union_name=cast.joint.name, superior_name=cast.longhua.name),
        sheets.union_row(8, union_name=cast.factory.name, superior_name=cast.longhua.name),
    ]
    batch = hand_in(cast, [], rows, clerk="longhua_clerk", union=cast.longhua)
    with scoping.whole_registry():
        meant = list(Row.objects.filter(batch=batch).order_by("number").values_list("union", flat=True))

    assert found(batch) == [(cast.joint.name, "上级工会名称", "R-O4.superior_differs")]
    assert meant == [cast.joint.pk, cast.factory.pk]


def test_one_name_under_two_superiors_is_two_unions(cast: Cast) -> None:
    code = sheets.credit_code(903, prefix="81")
    with scoping.acting(BUILDER):
        facts = UnionFacts(name=cast.joint.name, kind=UnionKind.JOINT, credit_code=code)
        twin = unions.establish(facts, superior=cast.longhua, by=BUILDER, at=NOW)
    rows = [
        sheets.union_row(
            7, union_name=cast.joint.name, superior_name=cast.longhua.name, union_credit_code=code
        ),
        sheets.union_row(8, union_name=cast.joint.name, superior_name=cast.street.name),
    ]
    batch = hand_in(cast, [], rows, clerk="longhua_clerk", union=cast.longhua)
    with scoping.whole_registry():
        meant = list(Row.objects.filter(batch=batch).order_by("number").values_list("union", flat=True))

    assert meant == [twin.pk, cast.joint.pk]


def test_a_union_of_a_known_name_with_another_code_is_a_new_one(cast: Cast) -> None:
    with scoping.acting(BUILDER):
        facts = UnionFacts(
            name=cast.joint.name, kind=UnionKind.JOINT, credit_code=sheets.credit_code(903, prefix="81")
        )
        unions.amend(cast.joint, facts, by=BUILDER, at=NOW)
    row = sheets.union_row(7, union_name=cast.joint.name, superior_name=cast.longhua.name)
    batch = hand_in(cast, [], [row], clerk="longhua_clerk", union=cast.longhua)
    approved = decide(cast, send(cast, batch, clerk="longhua_clerk"), "city_reviewer")

    with scoping.whole_registry():
        twins = list(
            Union.objects.filter(name=cast.joint.name).order_by("path").values_list("path", flat=True)
        )
    assert (found(batch), approved.state) == ([], "approved")
    assert twins == [cast.joint.path, cast.longhua.path + "0003"]


def test_a_grassroots_union_reports_itself_alone(cast: Cast) -> None:
    batch = hand_in(
        cast, [], [factory_row(union_name="海口另一家工会", employer_credit_code=credit_code(77))]
    )
    with scoping.whole_registry():
        suggestion = Finding.objects.get(code="R-O5.other_union").suggestion

    assert union_findings(batch) == [("工会名称", "R-O5.other_union")]
    assert suggestion == cast.factory.name


def test_a_superior_that_is_unknown_here_is_refused_with_the_nearest_name(cast: Cast) -> None:
    row = sheets.union_row(7, superior_name="龙华区中山街道工会")
    batch = hand_in(cast, [], [row], clerk="longhua_clerk", union=cast.longhua)
    outside = hand_in(
        cast, [], [{**row, "superior_name": cast.meilan.name}], clerk="longhua_clerk", union=cast.longhua
    )
    with scoping.whole_registry():
        suggestions = list(
            Finding.objects.filter(code="R-O4.superior_unknown")
            .order_by("pk")
            .values_list("suggestion", flat=True)
        )

    assert union_findings(batch) == union_findings(outside) == [("上级工会名称", "R-O4.superior_unknown")]
    assert suggestions[0] == cast.street.name
    assert cast.meilan.name not in suggestions


def test_codes_that_others_use_are_refused_without_naming_them(cast: Cast) -> None:
    code = sheets.credit_code(902, prefix="81")
    with scoping.whole_registry():
        facts = UnionFacts(name=cast.faraway.name, kind=UnionKind.SINGLE, credit_code=code)
        unions.amend(cast.faraway, facts, by=BUILDER, at=NOW)
    batch = hand_in(cast, [], [factory_row(union_credit_code=code, employer_credit_code=credit_code(14))])

    assert sorted(code for _, code in union_findings(batch)) == [
        "R-O1.covered_elsewhere",
        "unions.credit_code_taken",
    ]
    assert not any(word in sentences(batch) for word in ELSEWHERE)


def test_ones_own_codes_are_no_fault(cast: Cast) -> None:
    assert found(hand_in(cast, [], [factory_row()])) == []
