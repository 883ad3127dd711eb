"""Write the tree: unions, who covers which employer, who stands under whom."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.db.models import F

from unionhall.audit import actions as audit
from unionhall.foundation.actor import Actor
from unionhall.foundation.capabilities import Capability
from unionhall.foundation.crypto import seal
from unionhall.foundation.scoping import whole_registry
from unionhall.standards.refusal import Refusal, Refused
from unionhall.standards.text import name_key
from unionhall.unions import queries, rules
from unionhall.unions.choices import UnionKind, UnionLevel
from unionhall.unions.models import Affiliation, Coverage, Employer, Union


@dataclass(frozen=True, slots=True, kw_only=True)
class UnionFacts:
    """What a union sheet says of a union; empty means not given."""

    name: str
    kind: str
    credit_code: str = ""
    founded_on: date | None = None
    member_count: int = 0
    chair_name: str = ""
    phone: str = ""
    division_code: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class EmployerFacts:
    """What a union sheet says of an employer; empty means not given."""

    name: str
    credit_code: str = ""
    address: str = ""
    division_code: str = ""
    nature: str = ""
    economic_type: str = ""
    industry: str = ""
    employee_count: int = 0


@transaction.atomic
def establish_root(facts: UnionFacts, *, by: Actor, at: datetime) -> Union:
    """Enter the one union that has no superior in this registry: the city federation.

    :raises Refused: if there is one already
    """
    path = rules.segment(1)
    by.require(Capability.UNION_ESTABLISH, path)
    if Union.objects.exists():
        raise Refused(Refusal("unions.root_exists", "市总工会已经登记，不能再次初始化。"))
    union = Union.objects.create(path=path, level=UnionLevel.CITY, **_columns(facts))
    audit.record("unions.established", subject=union, by=by, at=at)
    return union


@transaction.atomic
def establish(facts: UnionFacts, *, superior: Union, by: Actor, at: datetime) -> Union:
    """Enter a union under its superior.

    :raises Refused: with every reason why it may not stand there
    """
    return establish_many([facts], superior=superior, by=by, at=at)[0]


@transaction.atomic
def establish_many(many: Sequence[UnionFacts], *, superior: Union, by: Actor, at: datetime) -> list[Union]:
    """Enter several unions under one superior, all or none, in the given order.

    :raises Refused: with every reason of every union
    """
    by.require(Capability.UNION_ESTABLISH, superior.path)
    # Locked before numbering: two additions never take the same place below one superior.
    superior = Union.objects.select_for_update().get(pk=superior.pk)
    if refusals := _reasons(many, superior, at.date()):
        raise Refused(*refusals)
    first = superior.children_made + 1
    unions = Union.objects.bulk_create(
        Union(
            path=rules.child_path(superior.path, first + offset),
            level=rules.level_below(facts.kind, superior.level),
            **_columns(facts),
        )
        for offset, facts in enumerate(many)
    )
    Union.objects.filter(pk=superior.pk).update(children_made=F("children_made") + len(unions))
    Affiliation.objects.bulk_create(_open_spell(union, superior, at.date()) for union in unions)
    names = [union.name.encode() for union in unions]
    subject = unions[0] if len(unions) == 1 else superior
    audit.record("unions.established", subject=subject, by=by, at=at, rows=names)
    return unions


@transaction.atomic
def amend(union: Union, facts: UnionFacts, *, by: Actor, at: datetime) -> Union:
    """Bring a union's own data to what its sheet says; empty values leave what is known.

    :raises Refused: if the credit code belongs to another union
    """
    by.require(Capability.UNION_ESTABLISH, union.path)
    taken = queries.taken_codes([facts.credit_code], of_unions=True)
    if taken.get(facts.credit_code, union.pk) != union.pk:
        raise Refused(rules.code_taken())
    for name, value in _columns(facts).items():
        if value not in (None, "", 0) and name != "kind":
            setattr(union, name, value)
    union.collected_on = at.date()
    union.save()
    audit.record("unions.amended", subject=union, by=by, at=at)
    return union


@transaction.atomic
def cover(union: Union, facts: EmployerFacts, *, by: Actor, at: datetime) -> Coverage:
    """Enter an employer (or take the one with its code) and put it under a union's coverage.

    :raises Refused: if another union covers the employer today
    """
    by.require(Capability.UNION_ESTABLISH, union.path)
    # The employer may stand in another branch, covered there or by nobody any more.
    with whole_registry():
        employer = _known_employer(union, facts)
        held = Coverage.objects.filter(employer=employer, valid_until=None) if employer else None
        coverage = held.select_related("employer").first() if held is not None else None
        if coverage is None and employer is not None:
            Employer.objects.filter(pk=employer.pk).update(path=union.path)
    if coverage is not None and coverage.union_id != union.pk:
        raise Refused(_covered_elsewhere(facts.name))
    if coverage is not None:
        return coverage
    # A new employer counts from the union's founding; one that was covered before, from today.
    since = at.date() if employer else union.founded_on or at.date()
    employer = employer or _new_employer(union, facts)
    coverage = Coverage.objects.create(path=union.path, union=union, employer=employer, valid_from=since)
    audit.record("unions.employer_covered", subject=employer, by=by, at=at, path=union.path)
    return coverage


def _known_employer(union: Union, facts: EmployerFacts) -> Employer | None:
    """Return the employer with this code, or, where it has none, the one of that name which the union covers."""
    if facts.credit_code:
        return Employer.objects.filter(credit_code=facts.credit_code).first()
    own = Employer.objects.filter(coverages__union=union, coverages__valid_until=None, credit_code=None)
    return own.filter(name_key=name_key(facts.name)).first()


def _new_employer(union: Union, facts: EmployerFacts) -> Employer:
    return Employer.objects.create(
        path=union.path,
        name=facts.name,
        name_key=name_key(facts.name),
        credit_code=facts.credit_code or None,
        address=facts.address,
        division_code=facts.division_code,
        nature=facts.nature,
        economic_type=facts.economic_type,
        industry=facts.industry,
        employee_count=facts.employee_count,
    )


def _covered_elsewhere(name: str) -> Refusal:
    message = f"「{name}」已由其他工会覆盖，请核对代码。"
    return Refusal("unions.employer_covered", message, "employer_name")


def _reasons(many: Sequence[UnionFacts], superior: Union, on: date) -> list[Refusal]:
    keys = [name_key(facts.name) for facts in many]
    there = set(
        Union.objects.filter(affiliations__superior=superior, affiliations__valid_until=None)
        .filter(name_key__in=keys)
        .values_list("name_key", flat=True)
    )
    taken = queries.taken_codes([facts.credit_code for facts in many if facts.credit_code], of_unions=True)
    refusals: list[Refusal] = []
    for facts, key in zip(many, keys, strict=True):
        standing = rules.StandingFacts(
            name=facts.name,
            kind=facts.kind,
            founded_on=facts.founded_on,
            on=on,
            superior_kind=superior.kind,
            superior_path=superior.path,
            same_name_there=key in there,
            credit_code_taken=facts.credit_code in taken,
        )
        there.add(key)
        refusals.extend(rules.reasons_not_to_stand_there(standing))
    return refusals


def _columns(facts: UnionFacts) -> dict[str, object]:
    return {
        "name": facts.name,
        "name_key": name_key(facts.name),
        "kind": UnionKind(facts.kind),
        "credit_code": facts.credit_code or None,
        "founded_on": facts.founded_on,
        "declared_member_count": facts.member_count,
        "chair_name": facts.chair_name,
        "phone_sealed": seal(facts.phone, purpose="phone") if facts.phone else None,
        "division_code": facts.division_code,
    }


def _open_spell(union: Union, superior: Union, on: date) -> Affiliation:
    return Affiliation(
        path=union.path,
        union=union,
        superior=superior,
        union_path=union.path,
        superior_path=superior.path,
        valid_from=union.founded_on or on,
    )
