"""Enter one person in the roll."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from unionhall.audit import actions as audit
from unionhall.foundation.actor import Actor
from unionhall.foundation.capabilities import Capability
from unionhall.foundation.crypto import blind_index, seal
from unionhall.foundation.scoping import whole_registry
from unionhall.members import queries, rules
from unionhall.members.choices import EventKind, MembershipState
from unionhall.members.models import Membership, MembershipEvent, Person
from unionhall.members.names import grams
from unionhall.standards.identifiers.resident_id import ResidentId
from unionhall.standards.refusal import Refused
from unionhall.unions.models import Coverage


@dataclass(frozen=True, slots=True, kw_only=True)
class Particulars:
    """What the roll keeps of a person beside name and number; values are codes, empty means not known."""

    document_type: str = "111"
    ethnic_group: str = ""
    political_status: str = ""
    education: str = ""
    skill_level: str = ""
    household_type: str = ""
    household_place: str = ""
    native_place: str = ""
    employment_status: str = ""
    migrant_worker: bool = False


@transaction.atomic
def admit(
    *,
    name: str,
    identity: ResidentId,
    mobile: str = "",
    coverage: Coverage,
    joined_on: date,
    particulars: Particulars,
    by: Actor,
    at: datetime,
) -> Membership:
    """Enter one person in the roll of the union that covers the employer.

    :raises Refused: with every reason that stands in the way
    """
    by.require(Capability.MEMBER_ENTER, coverage.path)
    index = blind_index(identity.number, purpose="identity")
    facts = _facts(index, identity.birth_date, joined_on, coverage, at)
    if refusals := rules.reasons_not_to_join(facts):
        raise Refused(*refusals)
    person = _person(name, identity, mobile, index, coverage, particulars)
    membership = Membership.objects.create(
        path=coverage.path,
        person=person,
        union_id=coverage.union_id,
        employer_id=coverage.employer_id,
        coverage=coverage,
        state=MembershipState.ACTIVE,
        joined_on=joined_on,
        valid_from=joined_on,
        employment_status=particulars.employment_status,
        migrant_worker=particulars.migrant_worker,
    )
    _remember(membership, kind=EventKind.ADMITTED, on=joined_on, by=by, at=at)
    audit.record("members.admitted", subject=membership, by=by, at=at)
    return membership


def _facts(
    index: bytes, birth_date: date, joined_on: date, coverage: Coverage, at: datetime
) -> rules.JoiningFacts:
    holder = queries.holders([index]).get(index)
    return rules.JoiningFacts(
        birth_date=birth_date,
        joined_on=joined_on,
        on=at.date(),
        held_here=holder == coverage.path,
        held_elsewhere=holder is not None,
        employer_covered=coverage.valid_until is None,
    )


def _person(
    name: str, identity: ResidentId, mobile: str, index: bytes, coverage: Coverage, known: Particulars
) -> Person:
    values = {
        "path": coverage.path,
        "name": name,
        "name_grams": grams(name),
        "document_type": known.document_type,
        "identity_sealed": seal(identity.number, purpose="identity"),
        "sex": identity.sex,
        "birth_date": identity.birth_date,
        "ethnic_group": known.ethnic_group,
        "political_status": known.political_status,
        "education": known.education,
        "skill_level": known.skill_level,
        "mobile_sealed": seal(mobile, purpose="phone") if mobile else None,
        "mobile_index": blind_index(mobile, purpose="phone") if mobile else None,
        "household_type": known.household_type,
        "household_place": known.household_place,
        "native_place": known.native_place,
    }
    # A returning person's record may lie in the branch left before: it moves here with the person.
    with whole_registry():
        person, _ = Person.objects.update_or_create(identity_index=index, defaults=values)
    return person


def _remember(membership: Membership, *, kind: EventKind, on: date, by: Actor, at: datetime) -> None:
    MembershipEvent.objects.create(
        path=membership.path,
        membership=membership,
        person_id=membership.person_id,
        kind=kind,
        happened_on=on,
        recorded_by=by.name,
        recorded_at=at,
    )
