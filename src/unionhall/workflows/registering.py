"""The effect of an approved collection: rows become unions, employers, coverage and members."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import connection

from unionhall.collection.choices import RowState
from unionhall.collection.models import Row
from unionhall.collection.sheets.columns import SheetKind
from unionhall.foundation.actor import Actor, Scope
from unionhall.foundation.crypto import unseal
from unionhall.members import actions as members
from unionhall.reviews.models import Case
from unionhall.standards.refusal import Refusal, Refused
from unionhall.unions import actions as unions
from unionhall.unions import queries
from unionhall.unions.models import Union


@dataclass(frozen=True, slots=True)
class Place:
    """Where a row's union stands, or under whom it will."""

    union: Union | None
    superior: Union | None


FILL = f"""
INSERT INTO members_incoming ({", ".join(members.INCOMING_COLUMNS)})
SELECT '第' || row.number || '行', coverage.path, coverage.union_id, coverage.employer_id, coverage.id,
  row.facts->>'name', coalesce(row.facts->>'document_type', '111'), row.identity_sealed, row.identity_index,
  row.facts->>'sex', (row.facts->>'birth_date')::date, coalesce(row.facts->>'ethnic_group', ''),
  coalesce(row.facts->>'political_status', ''), coalesce(row.facts->>'education', ''),
  coalesce(row.facts->>'skill_level', ''), row.phone_sealed, row.phone_index,
  coalesce(row.facts->>'household_type', ''), coalesce(row.facts->>'household_place', ''),
  coalesce(row.facts->>'native_place', ''), (row.facts->>'changed_on')::date,
  coalesce(row.facts->>'employment_status', ''), coalesce(row.facts->>'migrant_worker', '0') IN ('1', 'true'),
  row.facts->>'change_type' = '3', row.facts->>'change_type' = '2', coalesce(row.facts->>'change_reason', '')
FROM collection_row AS row
LEFT JOIN LATERAL (
  SELECT coverage.* FROM unions_employer AS employer
  JOIN unions_coverage AS coverage ON coverage.employer_id = employer.id AND coverage.valid_until IS NULL
  WHERE employer.name_key = row.facts->>'employer_key' AND coverage.path >= %(low)s AND coverage.path < %(high)s
  ORDER BY coverage.id LIMIT 1
) AS coverage ON true
WHERE row.case_id = %(case)s AND row.kind = 'members' AND row.state = 'submitted'
"""
STAMP = """
UPDATE collection_row AS row SET union_id = held.union_id, employer_id = held.employer_id, path = held.path
FROM members_person AS person JOIN members_membership AS held ON held.person_id = person.id AND held.valid_until IS NULL
WHERE row.case_id = %(case)s AND row.kind = 'members' AND row.state = 'submitted'
  AND person.identity_index = row.identity_index
  AND (row.union_id, row.employer_id, row.path) IS DISTINCT FROM (held.union_id, held.employer_id, held.path)
"""


def enter_unions(case: Case, *, by: Actor, at: datetime) -> None:
    """Bring the tree to what the case's union rows say: known unions amended, new ones established.

    Superiors may stand in the same sheet in any order: rows wait until their superior is there.

    :raises Refused: if a superior cannot be found, or the tree refuses
    """
    submitted = Row.objects.filter(case_id=case.pk, kind=SheetKind.UNIONS.value, state=RowState.SUBMITTED)
    waiting = list(submitted.order_by("pk"))
    while waiting:
        ready = _ready(case, waiting)
        if not ready:
            raise Refused(*(_no_superior(row) for row in waiting))
        _enter(ready, by, at)
        entered = {row.pk for row, _ in ready}
        waiting = [row for row in waiting if row.pk not in entered]


def enter_members(case: Case, leaves: Sequence[bytes], *, by: Actor, at: datetime) -> int:
    """Enter the case's member rows in the roll, all or nobody.

    :raises Refused: naming the row of everybody who may not be entered
    """
    scope = Scope.of_branch(case.path)
    members.open_incoming()
    with connection.cursor() as cursor:
        cursor.execute(FILL, {"case": case.pk, "low": scope.low, "high": scope.high})
        if cursor.rowcount == 0:
            return 0
        count = members.admit_incoming(case_id=case.pk, rows=leaves, by=by, at=at)
        cursor.execute(STAMP, {"case": case.pk})
    return count


def _ready(case: Case, waiting: Sequence[Row]) -> list[tuple[Row, Place]]:
    """Return the rows whose union stands already, or whose superior does, with that place.

    One name may stand under several superiors: a union is known by its own name and its superior's.
    """
    keys = {str(row.facts[name]) for row in waiting for name in ("union_key", "superior_key")}
    tree = queries.tree(Scope.of_branch(case.path)).filter(name_key__in=keys)
    named = {union.name_key: union for union in tree.order_by("-path")}
    under = queries.affiliated(tree)
    places = []
    for row in waiting:
        union = under.get((row.facts["union_key"], row.facts["superior_key"]))
        superior = named.get(row.facts["superior_key"])
        if union or superior:
            places.append((row, Place(union, superior)))
    return places


def _enter(ready: Sequence[tuple[Row, Place]], by: Actor, at: datetime) -> None:
    """Enter rows set by set: new unions under each superior, then every union's data, then the employers."""
    told: dict[tuple[str, str], tuple[Row, Place]] = {}
    for row, place in ready:
        told.setdefault(_union_key(row), (row, place))
    standing = {key: place.union for key, (_, place) in told.items() if place.union}
    new: dict[Union, list[tuple[str, str]]] = {}
    for key, (_, place) in told.items():
        if place.union is None and place.superior is not None:
            new.setdefault(place.superior, []).append(key)
    for superior, keys in new.items():
        facts = [_union_facts(told[key][0]) for key in keys]
        standing |= dict(
            zip(keys, unions.establish_many(facts, superior=superior, by=by, at=at), strict=True)
        )
    unions.amend_many([(union, _union_facts(told[key][0])) for key, union in standing.items()], by=by, at=at)
    pairs = [(standing[_union_key(row)], _employer_facts(row)) for row, _ in ready]
    covered = unions.cover_many(pairs, by=by, at=at)
    for (row, _), (union, _), coverage in zip(ready, pairs, covered, strict=True):
        row.union, row.employer_id, row.path = union, coverage.employer_id, union.path
    Row.objects.bulk_update([row for row, _ in ready], ["union", "employer", "path"], batch_size=500)


def _union_key(row: Row) -> tuple[str, str]:
    return str(row.facts["union_key"]), str(row.facts["superior_key"])


def _union_facts(row: Row) -> unions.UnionFacts:
    facts = row.facts
    return unions.UnionFacts(
        name=facts["union_name"],
        kind=facts["union_kind"],
        credit_code=facts.get("union_credit_code") or "",
        founded_on=date.fromisoformat(facts["founded_on"]),
        member_count=int(facts["member_count"]),
        chair_name=facts["chair_name"],
        phone=unseal(row.phone_sealed, purpose="phone") if row.phone_sealed else "",
        division_code=facts["division"],
    )


def _employer_facts(row: Row) -> unions.EmployerFacts:
    facts = row.facts
    return unions.EmployerFacts(
        name=facts["employer_name"],
        credit_code=facts.get("employer_credit_code") or "",
        address=facts["employer_address"],
        division_code=facts["division"],
        nature=facts["employer_nature"],
        economic_type=facts["economic_type"],
        industry=facts["industry"],
        employee_count=int(facts["employee_count"]),
    )


def _no_superior(row: Row) -> Refusal:
    return Refusal(
        "unions.superior_unknown", f"第{row.number}行：没有找到上级工会，请退回核对。", "superior_name"
    )
