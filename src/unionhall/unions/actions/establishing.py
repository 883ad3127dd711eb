"""Enter unions under their superiors."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction
from django.db.models import F

from unionhall.audit import actions as audit
from unionhall.foundation.actor import Actor
from unionhall.foundation.capabilities import Capability
from unionhall.standards.refusal import Refusal, Refused
from unionhall.standards.text import name_key
from unionhall.unions import queries, rules
from unionhall.unions.actions.facts import UnionFacts, columns_of
from unionhall.unions.choices import UnionLevel
from unionhall.unions.models import Affiliation, Union


@transaction.atomic
def establish_root(facts: UnionFacts, *, by: Actor, at: datetime) -> Union:
    """Enter the one union that has no superior in this registry: the city federation.

    :raises Refused: if there is one already
    """
    path = rules.segment(1)
    by.require(Capability.UNION_ESTABLISH, path)
    if Union.objects.exists():
        raise Refused(Refusal("unions.root_exists", "市总工会已经登记，不能再次初始化。"))
    union = Union.objects.create(path=path, level=UnionLevel.CITY, **columns_of(facts))
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
            **columns_of(facts),
        )
        for offset, facts in enumerate(many)
    )
    Union.objects.filter(pk=superior.pk).update(children_made=F("children_made") + len(unions))
    Affiliation.objects.bulk_create(_open_spell(union, superior, at.date()) for union in unions)
    names = [union.name.encode() for union in unions]
    subject = unions[0] if len(unions) == 1 else superior
    audit.record("unions.established", subject=subject, by=by, at=at, rows=names)
    return unions


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


def _open_spell(union: Union, superior: Union, on: date) -> Affiliation:
    return Affiliation(
        path=union.path,
        union=union,
        superior=superior,
        union_path=union.path,
        superior_path=superior.path,
        valid_from=union.founded_on or on,
    )
