"""Put employers under the coverage of unions: one code, one employer, one union at a time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from unionhall.audit import actions as audit
from unionhall.foundation.actor import Actor
from unionhall.foundation.capabilities import Capability
from unionhall.foundation.scoping import whole_registry
from unionhall.standards.refusal import Refusal, Refused
from unionhall.standards.text import name_key
from unionhall.unions import rules
from unionhall.unions.actions.facts import EmployerFacts
from unionhall.unions.models import Coverage, Employer, Union

Told = tuple[Union, EmployerFacts]


@dataclass(frozen=True, slots=True)
class _Known:
    """The employers told of that are in the registry, by code or by (union, name), and who covers them."""

    by_code: dict[str, Employer]
    by_name: dict[tuple[int, str], Employer]
    coverages: dict[int, Coverage]

    def employer(self, union: Union, facts: EmployerFacts) -> Employer | None:
        """Return the employer with this code, or, where it has none, the one of that name the union covers."""
        if facts.credit_code:
            return self.by_code.get(facts.credit_code)
        return self.by_name.get((union.pk, name_key(facts.name)))


def cover(union: Union, facts: EmployerFacts, *, by: Actor, at: datetime) -> Coverage:
    """Enter an employer (or take the one with its code) and put it under a union's coverage.

    :raises Refused: if another union covers the employer today
    """
    return cover_many([(union, facts)], by=by, at=at)[0]


@transaction.atomic
def cover_many(told: Sequence[Told], *, by: Actor, at: datetime) -> list[Coverage]:
    """Put several employers under the coverage of their unions, all or none, in the given order.

    :raises Refused: for every employer that another union covers today
    """
    for union, _ in told:
        by.require(Capability.UNION_ESTABLISH, union.path)
    known = _known(told)
    if refusals := _reasons(told, known):
        raise Refused(*refusals)
    fresh = [(union, facts) for union, facts in told if _standing(known, union, facts) is None]
    if fresh:
        _enter(fresh, known, by, at)
    return [coverage for union, facts in told if (coverage := _standing(known, union, facts))]


def _known(told: Sequence[Told]) -> _Known:
    """Look up everybody told of; an employer may stand in another branch, covered there or by nobody."""
    codes = {facts.credit_code for _, facts in told if facts.credit_code}
    nameless = {name_key(facts.name) for _, facts in told if not facts.credit_code}
    with whole_registry():
        by_code = {str(one.credit_code): one for one in Employer.objects.filter(credit_code__in=codes)}
        own = Coverage.objects.filter(union__in={union.pk for union, _ in told}, valid_until=None)
        own = own.filter(employer__credit_code=None, employer__name_key__in=nameless).select_related(
            "employer"
        )
        by_name = {(one.union_id, one.employer.name_key): one.employer for one in own}
        employers = [*by_code.values(), *by_name.values()]
        held = Coverage.objects.filter(employer__in=employers, valid_until=None).select_related("employer")
        return _Known(by_code, by_name, {one.employer_id: one for one in held})


def _standing(known: _Known, union: Union, facts: EmployerFacts) -> Coverage | None:
    employer = known.employer(union, facts)
    return known.coverages.get(employer.pk) if employer else None


def _reasons(told: Sequence[Told], known: _Known) -> list[Refusal]:
    """Return a refusal for each employer that another union covers, or another one told of would."""
    users: dict[str, int] = {}
    refusals = []
    for union, facts in told:
        coverage = _standing(known, union, facts)
        user = (
            coverage.union_id if coverage else users.setdefault(facts.credit_code or str(union.pk), union.pk)
        )
        if user != union.pk:
            message = f"「{facts.name}」已由其他工会覆盖，请核对代码。"
            refusals.append(Refusal("unions.employer_covered", message, "employer_name"))
    return refusals


def _enter(fresh: Sequence[Told], known: _Known, by: Actor, at: datetime) -> None:
    """Enter the employers nobody covers; a new one counts from its union's founding, a known one from today."""
    came_back = [(union, employer) for union, facts in fresh if (employer := known.employer(union, facts))]
    new = {_name(told): told for told in fresh if known.employer(*told) is None}
    made = Employer.objects.bulk_create(_employer(*told) for told in new.values())
    for (union, facts), employer in zip(new.values(), made, strict=True):
        if facts.credit_code:
            known.by_code[facts.credit_code] = employer
        else:
            known.by_name[union.pk, employer.name_key] = employer
    with whole_registry():
        for union, employer in came_back:
            employer.path = union.path
        Employer.objects.bulk_update([employer for _, employer in came_back], ["path"], batch_size=500)
    spells = [
        (union, employer, union.founded_on) for (union, _), employer in zip(new.values(), made, strict=True)
    ]
    spells += [(union, employer, None) for union, employer in came_back]
    coverages = Coverage.objects.bulk_create(
        Coverage(path=union.path, union=union, employer=employer, valid_from=since or at.date())
        for union, employer, since in spells
    )
    known.coverages.update({coverage.employer_id: coverage for coverage in coverages})
    names = [employer.name.encode() for _, employer, _ in spells]
    subject = spells[0][1] if len(spells) == 1 else None
    path = rules.common_path(union.path for union, _, _ in spells)
    audit.record("unions.employer_covered", subject=subject, by=by, at=at, rows=names, path=path)


def _name(told: Told) -> tuple[object, str]:
    """Return what makes two lines speak of one employer: its code, or its name within one union."""
    union, facts = told
    return (None, facts.credit_code) if facts.credit_code else (union.pk, name_key(facts.name))


def _employer(union: Union, facts: EmployerFacts) -> Employer:
    return Employer(
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
