"""The settlement sheet as a page and a file show it; every figure leads to its rows."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from django.urls import reverse

from unionhall.foundation.actor import Scope
from unionhall.members import queries as members
from unionhall.subsidies.queries import Owed
from unionhall.unions import queries as unions

if TYPE_CHECKING:
    from unionhall.subsidies.models import Entitlement

ELSEWHERE = "已转往其他工会"


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """What one reporting union is owed; `rate_fen` is None where two rates meet."""

    name: str
    count: int
    rate_fen: int | None
    amount_fen: int
    first_on: date
    last_on: date
    url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Counted:
    """One member counted for the subsidy."""

    entitlement_id: int
    name: str
    identity: str
    union_name: str
    approved_on: date
    amount_fen: int
    url: str


def lines_of(owed: Iterable[Owed], until: date | None) -> list[Line]:
    """Return the lines of the sheet with the ways to their rows."""
    return [_line(one, until) for one in owed]


def counted(entitlements: Sequence[Entitlement], scope: Scope) -> list[Counted]:
    """Return the members counted; who has gone to another branch since stays a row without a name."""
    persons = members.persons(scope, (one.person_id for one in entitlements))
    places = unions.tree(scope).filter(pk__in={one.union_id for one in entitlements})
    names = dict(places.values_list("pk", "name"))
    return [
        Counted(
            entitlement_id=one.pk,
            name=persons[one.person_id].name if one.person_id in persons else ELSEWHERE,
            identity=members.masked_identity(persons[one.person_id]) if one.person_id in persons else "",
            union_name=names.get(one.union_id, ELSEWHERE),
            approved_on=one.approved_on,
            amount_fen=one.amount_fen,
            url=reverse("member-page", args=[one.person_id]) if one.person_id in persons else "",
        )
        for one in entitlements
    ]


def _line(one: Owed, until: date | None) -> Line:
    rate, rest = divmod(one.amount_fen, one.count)
    asked = f"?{urlencode({'until': until.isoformat()})}" if until else ""
    return Line(
        name=one.union_name,
        count=one.count,
        rate_fen=rate if rest == 0 else None,
        amount_fen=one.amount_fen,
        first_on=one.first_on,
        last_on=one.last_on,
        url=reverse("settlement-rows", args=[one.union_id]) + asked,
    )
