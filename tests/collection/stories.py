"""Sheets as the cast's clerks would send them, and the way of a batch in one call each."""

from __future__ import annotations

from datetime import timedelta

from tests.builders import NOW, Cast, credit_code
from tests.collection.sheets import sheets
from unionhall.collection import actions, queries
from unionhall.collection.models import Batch
from unionhall.collection.sheets.columns import SheetKind
from unionhall.foundation import scoping
from unionhall.foundation.actor import system
from unionhall.foundation.capabilities import Capability
from unionhall.reviews.actions import Opinion
from unionhall.reviews.choices import Verdict
from unionhall.reviews.models import Case
from unionhall.unions.models import Union
from unionhall.workflows import collecting

JUDGE = system("核对程序", Capability.COLLECTION_FILL)


def factory_row(**over: sheets.Value) -> dict[str, sheets.Value]:
    """Return the factory's own row of the union sheet, without fault."""
    facts: dict[str, sheets.Value] = {
        "employer_name": "海口示范机械厂",
        "employer_credit_code": credit_code(11),
        "union_name": "海口示范机械厂工会委员会",
        "union_credit_code": sheets.credit_code(901, prefix="81"),
        "superior_name": "海口市龙华区总工会",
        "founded_on": "2015/05/01",
        "member_count": "2",
    }
    return sheets.union_row(1, **{**facts, **over})


def worker(number: int, **over: sheets.Value) -> dict[str, sheets.Value]:
    """Return a worker of the factory, without fault."""
    return sheets.member_row(number, **{"employer_name": "海口示范机械厂", **over})


def hand_in(
    cast: Cast,
    members: list[dict[str, sheets.Value]],
    unions: list[dict[str, sheets.Value]] | None = None,
    *,
    clerk: str = "factory_clerk",
    union: Union | None = None,
) -> Batch:
    """Hand in both sheets as a clerk and let the worker judge them."""
    uploads = [actions.Upload("会员.xlsx", sheets.sheet_xlsx(SheetKind.MEMBERS, members))] if members else []
    if unions:
        uploads.append(actions.Upload("组织.xlsx", sheets.sheet_xlsx(SheetKind.UNIONS, unions)))
    with scoping.acting(cast.actor(clerk)) as by:
        batch = actions.receive(union or cast.factory, uploads, by=by, at=NOW)
    actions.judge(batch.pk, by=JUDGE, at=NOW)
    return seen(cast, batch, clerk)


def seen(cast: Cast, batch: Batch, clerk: str = "factory_clerk") -> Batch:
    with scoping.acting(cast.actor(clerk)) as by:
        found = queries.find(by.scope, batch.pk)
    assert found is not None
    return found


def send(cast: Cast, batch: Batch, *, clerk: str = "factory_clerk") -> Case:
    with scoping.acting(cast.actor(clerk)) as by:
        return collecting.submit(batch, by=by, at=NOW)


def decide(
    cast: Cast, case: Case, who: str, verdict: Verdict = Verdict.APPROVE, *, days: int = 1, **over: object
) -> Case:
    """Let somebody decide on a case as it is now."""
    with scoping.acting(cast.actor(who)) as by:
        opinion = Opinion(
            verdict=verdict,
            seen_hash=bytes(over.pop("seen_hash", None) or Case.objects.get(pk=case.pk).content_hash),  # type: ignore[call-overload]
            reason=str(over.pop("reason", "")),
            note=str(over.pop("note", "")),
        )
        rows = over.pop("rows", ())
        return collecting.decide(case.pk, opinion, by=by, at=NOW + timedelta(days=days), rows=rows)  # type: ignore[arg-type]


def approve_all(cast: Cast, case: Case) -> Case:
    """Let the district and the city approve."""
    return decide(cast, decide(cast, case, "longhua_reviewer"), "city_reviewer", days=2)
