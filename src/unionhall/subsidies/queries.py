"""Read what is owed, and to whom: the scope comes first."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Max, Min, Q, QuerySet, Sum

from unionhall.foundation.actor import Scope
from unionhall.subsidies.models import Entitlement, Policy


@dataclass(frozen=True, slots=True, kw_only=True)
class Owed:
    """One line of the settlement sheet: a reporting union, members counted, and the amount in fen."""

    union_id: int
    union_name: str
    union_path: str
    count: int
    amount_fen: int
    first_on: date
    last_on: date


def policy_on(day: date) -> Policy | None:
    """Return the rate in force on a day."""
    in_force = Policy.objects.filter(Q(valid_until=None) | Q(valid_until__gt=day), valid_from__lte=day)
    return in_force.order_by("-valid_from").first()


def settlement(scope: Scope, *, until: date | None = None) -> list[Owed]:
    """Return what each reporting union of a scope is owed, counted up to and including a day."""
    counted = entitlements(scope, until=until).values(
        "reporting_union", "reporting_union__name", "reporting_union__path"
    )
    rows = counted.annotate(
        count=Count("pk"), fen=Sum("amount_fen"), first=Min("approved_on"), last=Max("approved_on")
    ).order_by("reporting_union__path")
    return [
        Owed(
            union_id=row["reporting_union"],
            union_name=row["reporting_union__name"],
            union_path=row["reporting_union__path"],
            count=row["count"],
            amount_fen=row["fen"],
            first_on=row["first"],
            last_on=row["last"],
        )
        for row in rows
    ]


def entitlements(
    scope: Scope, *, reporting_union_id: int | None = None, until: date | None = None
) -> QuerySet[Entitlement]:
    """Return the counted members of a scope: exactly the rows behind each figure of the settlement."""
    found = Entitlement.objects.within(scope)
    if reporting_union_id is not None:
        found = found.filter(reporting_union=reporting_union_id)
    if until is not None:
        found = found.filter(approved_on__lte=until)
    return found.order_by("pk")


def amount_of(counted: QuerySet[Entitlement]) -> int:
    """Return what some counted members add up to, in fen."""
    return int(counted.order_by().aggregate(fen=Sum("amount_fen", default=0))["fen"])
