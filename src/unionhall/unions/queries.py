"""Read the tree: the scope comes first."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from unionhall.foundation.actor import Scope
from unionhall.foundation.crypto import unseal
from unionhall.foundation.scoping import whole_registry
from unionhall.standards.identifiers import phone
from unionhall.standards.refusal import Refused
from unionhall.standards.text import name_key, squeeze
from unionhall.unions.choices import UnionLevel
from unionhall.unions.models import Affiliation, Coverage, Employer, Union, UnionQuerySet
from unionhall.unions.rules import SEGMENT, ancestor_paths


@dataclass(frozen=True, slots=True)
class Place:
    """One union as others need to name it: id, name, level, path."""

    union_id: int
    name: str
    level: int
    path: str


@dataclass(frozen=True, slots=True)
class Spell:
    """One spell under a superior, as a page names it; the end is exclusive."""

    superior_id: int
    superior_name: str
    valid_from: date
    valid_until: date | None
    reason: str


def tree(scope: Scope) -> UnionQuerySet:
    """Return the standing unions of a scope in the order of the tree."""
    return Union.objects.within(scope).standing().order_by("path")


def children(scope: Scope, path: str) -> QuerySet[Union]:
    """Return the standing unions directly below a path, each with `has_children`."""
    led = Affiliation.objects.filter(superior=OuterRef("pk"), valid_until=None)
    direct = tree(scope).filter(affiliations__superior__path=path, affiliations__valid_until=None)
    return direct.annotate(has_children=Exists(led))


def find(scope: Scope, union_id: int) -> Union | None:
    """Return a union of the scope, or nothing (never a hint that it exists elsewhere)."""
    return Union.objects.within(scope).filter(pk=union_id).first()


def find_by_path(scope: Scope, path: str) -> Union | None:
    """Return the union standing at a path of the scope."""
    return Union.objects.within(scope).filter(path=path).first()


def search(scope: Scope, text: str) -> UnionQuerySet:
    """Return the standing unions whose name holds a text, or whose credit code it is."""
    key = squeeze(text).upper()
    return tree(scope).filter(Q(name_key__contains=name_key(text)) | Q(credit_code=key))


def superiors(path: str) -> list[Place]:
    """Return the unions above a path, nearest first.

    One's own superiors stand above one's scope; their names are no secret from those below.
    """
    with whole_registry():
        found = Union.objects.filter(path__in=ancestor_paths(path)).order_by("-path")
        return [Place(union.pk, union.name, union.level, union.path) for union in found]


def reporting_union(path: str) -> Place | None:
    """Return the union directly under the city through which a place reports (district, park, farm …)."""
    line = [*superiors(path)]
    city = next((place for place in line if place.level == UnionLevel.CITY), None)
    if city is None:
        return None
    with whole_registry():
        union = Union.objects.filter(path=path[: len(city.path) + SEGMENT]).first()
        return Place(union.pk, union.name, union.level, union.path) if union else None


def employers(scope: Scope, union_id: int) -> QuerySet[Coverage]:
    """Return the open coverages of a union with their employers."""
    covered = Coverage.objects.within(scope).filter(union_id=union_id, valid_until=None)
    return covered.select_related("employer").order_by("employer__name")


def employer(scope: Scope, employer_id: int) -> Employer | None:
    """Return an employer of the scope, or nothing."""
    return Employer.objects.within(scope).filter(pk=employer_id).first()


def affiliations(scope: Scope, union_id: int) -> QuerySet[Affiliation]:
    """Return the spells of a union under its superiors, latest first."""
    return Affiliation.objects.within(scope).filter(union_id=union_id).order_by("-valid_from", "-pk")


def affiliation_history(scope: Scope, union_id: int) -> list[Spell]:
    """Return the spells of a union with the names of its superiors, latest first.

    Whoever stood above a union of the scope is no secret from those below.
    """
    found = list(affiliations(scope, union_id))
    with whole_registry():
        above = Union.objects.filter(pk__in={spell.superior_id for spell in found})
        names = dict(above.values_list("pk", "name"))
    return [
        Spell(spell.superior_id, names[spell.superior_id], spell.valid_from, spell.valid_until, spell.reason)
        for spell in found
    ]


def affiliated(named: UnionQuerySet) -> dict[tuple[str, str], Union]:
    """Return unions by their own name and their present superior's, as names are compared."""
    spells = Affiliation.objects.filter(union__in=named, valid_until=None).select_related("union", "superior")
    return {(spell.union.name_key, spell.superior.name_key): spell.union for spell in spells}


def standing_on(scope: Scope, day: date) -> UnionQuerySet:
    """Return the unions of a scope that were affiliated on a day."""
    spells = Affiliation.objects.filter(
        Q(valid_until=None) | Q(valid_until__gt=day), union=OuterRef("pk"), valid_from__lte=day
    )
    return Union.objects.within(scope).filter(Exists(spells)).order_by("path")


def taken_codes(codes: Iterable[str], *, of_unions: bool) -> dict[str, int]:
    """Return which credit codes are in use anywhere, with the id that uses each.

    The caller says "in use", never by whom.
    """
    model = Union if of_unions else Employer
    with whole_registry():
        found = model.objects.filter(credit_code__in=set(codes)).values_list("credit_code", "pk")
        return {code: pk for code, pk in found if code}


def level_counts(scope: Scope) -> dict[int, int]:
    """Return how many standing unions of each level a scope holds."""
    rows = tree(scope).order_by().values_list("level").annotate(count=Count("pk"))
    return dict(rows)


def masked_phone(union: Union) -> str:
    """Return the union's phone as lists may show it; empty when none is known."""
    if union.phone_sealed is None:
        return ""
    number = unseal(union.phone_sealed, purpose="phone")
    try:
        return phone.parse_organization_phone(number).masked
    except Refused:
        return number[:3] + "****"
