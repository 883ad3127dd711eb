"""Bring unions' own data to what their sheets say."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from unionhall.audit import actions as audit
from unionhall.foundation.actor import Actor
from unionhall.foundation.capabilities import Capability
from unionhall.standards.refusal import Refused
from unionhall.unions import queries, rules
from unionhall.unions.actions.facts import UnionFacts, columns_of
from unionhall.unions.models import Union

Told = tuple[Union, UnionFacts]
# What a union is, its founding decided; a sheet does not change it.
KEPT = frozenset({"kind"})
AMENDED = (
    "name", "name_key", "credit_code", "founded_on", "declared_member_count", "chair_name", "phone_sealed",
    "division_code", "collected_on",
)  # fmt: skip


@transaction.atomic
def amend(union: Union, facts: UnionFacts, *, by: Actor, at: datetime) -> Union:
    """Bring a union's own data to what its sheet says; empty values leave what is known.

    :raises Refused: if the credit code belongs to another union
    """
    return amend_many([(union, facts)], by=by, at=at)[0]


@transaction.atomic
def amend_many(told: Sequence[Told], *, by: Actor, at: datetime) -> list[Union]:
    """Bring several unions to what their sheets say, all or none; empty values leave what is known.

    :raises Refused: for every credit code that belongs to another union
    """
    for union, _ in told:
        by.require(Capability.UNION_ESTABLISH, union.path)
    if refusals := [rules.code_taken() for _ in _with_foreign_codes(told)]:
        raise Refused(*refusals)
    for union, facts in told:
        for name, value in columns_of(facts).items():
            if value not in (None, "", 0) and name not in KEPT:
                setattr(union, name, value)
        union.collected_on = at.date()
    unions = [union for union, _ in told]
    Union.objects.bulk_update(unions, AMENDED, batch_size=500)
    names = [union.name.encode() for union in unions]
    subject = unions[0] if len(unions) == 1 else None
    path = rules.common_path(union.path for union in unions)
    audit.record("unions.amended", subject=subject, by=by, at=at, rows=names, path=path)
    return unions


def _with_foreign_codes(told: Sequence[Told]) -> list[Told]:
    """Return those whose code another union has, in the registry or among the others told of."""
    users = queries.taken_codes([facts.credit_code for _, facts in told if facts.credit_code], of_unions=True)
    for union, facts in told:
        users.setdefault(facts.credit_code, union.pk)
    return [
        (union, facts) for union, facts in told if facts.credit_code and users[facts.credit_code] != union.pk
    ]
