"""Enter many persons at once: the same law as `admitting.admit`, asked of a whole set.

A flow fills the temporary table `members_incoming`; five statements then do what a loop would do in
a hundred thousand. Sealed values are moved as they are: nothing is opened.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

from django.db import connection, transaction

from unionhall.audit import actions as audit
from unionhall.foundation.actor import Actor
from unionhall.foundation.capabilities import Capability
from unionhall.foundation.scoping import whole_registry
from unionhall.members import rules
from unionhall.members.choices import EventKind, MembershipState
from unionhall.standards.refusal import Refusal, Refused

INCOMING_COLUMNS = (
    "place", "path", "union_id", "employer_id", "coverage_id", "name", "document_type", "identity_sealed",
    "identity_index", "sex", "birth_date", "ethnic_group", "political_status", "education", "skill_level",
    "mobile_sealed", "mobile_index", "household_type", "household_place", "native_place", "joined_on",
    "employment_status", "migrant_worker", "retained", "transferred", "reason",
)  # fmt: skip
OPEN = """
CREATE TEMPORARY TABLE members_incoming (
  place text, path text COLLATE "C", union_id bigint, employer_id bigint, coverage_id bigint, name text,
  document_type text, identity_sealed bytea, identity_index bytea, sex text, birth_date date, ethnic_group text,
  political_status text, education text, skill_level text, mobile_sealed bytea, mobile_index bytea,
  household_type text, household_place text, native_place text, joined_on date, employment_status text,
  migrant_worker boolean, retained boolean, transferred boolean, reason text
) ON COMMIT DROP
"""
REASONS = f"""
SELECT incoming.place,
  incoming.birth_date + interval '{rules.MINIMUM_AGE} years' > incoming.joined_on AS under_age,
  incoming.joined_on > %(on)s AS joined_later,
  coalesce(held.union_id = incoming.union_id, false) AS held_here,
  held.id IS NOT NULL AS held_elsewhere,
  coverage.id IS NULL AS not_covered
FROM members_incoming AS incoming
LEFT JOIN members_person AS person ON person.identity_index = incoming.identity_index
LEFT JOIN members_membership AS held ON held.person_id = person.id AND held.valid_until IS NULL
LEFT JOIN unions_coverage AS coverage ON coverage.id = incoming.coverage_id AND coverage.valid_until IS NULL
WHERE held.id IS NOT NULL OR coverage.id IS NULL OR incoming.joined_on > %(on)s
  OR incoming.birth_date + interval '{rules.MINIMUM_AGE} years' > incoming.joined_on
ORDER BY incoming.place LIMIT 20
"""
GRAMS = """
ARRAY(SELECT DISTINCT gram FROM (
  SELECT substr(incoming.name, at, size) COLLATE "C" AS gram
  FROM generate_series(1, length(incoming.name)) AS at, generate_series(1, 2) AS size
  WHERE at + size - 1 <= length(incoming.name)) AS parts ORDER BY gram)
"""
PERSONAL = (
    "name", "document_type", "identity_sealed", "identity_index", "sex", "birth_date", "ethnic_group",
    "political_status", "education", "skill_level", "mobile_sealed", "mobile_index", "household_type",
    "household_place", "native_place", "path",
)  # fmt: skip
# A person who left before and comes back is the same person with newer particulars.
PERSONS = f"""
INSERT INTO members_person ({", ".join(PERSONAL)}, name_grams)
SELECT {", ".join(f"incoming.{name}" for name in PERSONAL)}, {GRAMS} FROM members_incoming AS incoming
ON CONFLICT (identity_index) DO UPDATE SET
  {", ".join(f"{name} = EXCLUDED.{name}" for name in PERSONAL if name != "identity_index")},
  name_grams = EXCLUDED.name_grams
"""
MEMBERSHIPS = """
INSERT INTO members_membership
  (path, person_id, union_id, employer_id, coverage_id, state, joined_on, valid_from, employment_status, migrant_worker)
SELECT incoming.path, person.id, incoming.union_id, incoming.employer_id, incoming.coverage_id,
  CASE WHEN incoming.retained THEN %(retained)s ELSE %(active)s END,
  incoming.joined_on, incoming.joined_on, incoming.employment_status, incoming.migrant_worker
FROM members_incoming AS incoming JOIN members_person AS person ON person.identity_index = incoming.identity_index
"""
EVENTS = """
INSERT INTO members_membershipevent
  (path, membership_id, person_id, kind, happened_on, reason, note, case_id, recorded_by, recorded_at)
SELECT incoming.path, membership.id, person.id,
  CASE WHEN incoming.retained THEN %(event_retained)s WHEN incoming.transferred THEN %(event_transferred)s
       ELSE %(event_admitted)s END,
  incoming.joined_on, incoming.reason, '', %(case)s, %(by)s, %(at)s
FROM members_incoming AS incoming
JOIN members_person AS person ON person.identity_index = incoming.identity_index
JOIN members_membership AS membership ON membership.person_id = person.id AND membership.valid_until IS NULL
"""
ANALYZE = "ANALYZE members_incoming"
Values = dict[str, str | int | date | None]


def open_incoming() -> None:
    """Open an empty `members_incoming` for this transaction; a flow fills it."""
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE IF EXISTS members_incoming")
        cursor.execute(OPEN)


@transaction.atomic
def admit_incoming(*, case_id: int, rows: Iterable[bytes], by: Actor, at: datetime) -> int:
    """Enter everybody in `members_incoming` in the roll, all or nobody, and return how many.

    :param rows: content digests of what was approved; audit keeps their Merkle root
    :raises Refused: naming the place of everybody who may not be entered (at most twenty) and each reason
    """
    by.require(Capability.MEMBER_ENTER, by.branch_path)
    values: Values = {
        "on": at.date(), "at": at, "by": by.name, "case": case_id,
        "active": MembershipState.ACTIVE, "retained": MembershipState.RETAINED,
        "event_admitted": EventKind.ADMITTED, "event_retained": EventKind.RETAINED,
        "event_transferred": EventKind.TRANSFERRED_IN,
    }  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute(ANALYZE)
        if refusals := _refusals(values):
            raise Refused(*refusals)
        # A returning person's record may lie in the branch left before: it moves here with the person.
        with whole_registry():
            cursor.execute(PERSONS, values)
        cursor.execute(MEMBERSHIPS, values)
        count = int(cursor.rowcount)
        cursor.execute(EVENTS, values)
    details = {"case": case_id, "members": count}
    audit.record("members.admitted", subject=None, by=by, at=at, details=details, rows=rows)
    return count


def _refusals(values: Values) -> list[Refusal]:
    """Ask the law of one admission about everybody whom a condition of it concerns."""
    with whole_registry(), connection.cursor() as cursor:
        cursor.execute(REASONS, values)
        found = cursor.fetchall()
    refusals = []
    for place, *conditions in found:
        for refusal in _reasons(*conditions):
            refusals.append(Refusal(refusal.code, f"{place}：{refusal.message}", refusal.field))
    return refusals


def _reasons(
    under_age: bool, joined_later: bool, held_here: bool, held_elsewhere: bool, not_covered: bool
) -> Iterable[Refusal]:
    laws = (
        (under_age, rules.under_age()),
        (joined_later, rules.joined_later()),
        (held_here, rules.already_here()),
        (held_elsewhere and not held_here, rules.already_elsewhere()),
        (not_covered, rules.not_covered()),
    )
    return (refusal for holds, refusal in laws if holds)
