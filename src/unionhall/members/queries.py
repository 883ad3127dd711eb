"""Read the roll: the scope comes first."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import QuerySet

from unionhall.foundation.actor import Scope
from unionhall.foundation.crypto import blind_index, unseal
from unionhall.foundation.scoping import whole_registry
from unionhall.members.choices import HELD, MembershipState
from unionhall.members.models import Membership, MembershipEvent, MembershipQuerySet, Person
from unionhall.members.names import wanted
from unionhall.standards.identifiers import phone, resident_id
from unionhall.standards.refusal import Refused
from unionhall.standards.text import mask, squeeze


@dataclass(frozen=True, slots=True, kw_only=True)
class RollFilter:
    """What a person looks for in the roll; empty means all."""

    text: str = ""
    union_path: str = ""
    employer_id: int | None = None
    state: str = ""
    sex: str = ""
    migrant_worker: bool | None = None
    person_id: int | None = None


def roll(scope: Scope, wanted_by: RollFilter | None = None) -> MembershipQuerySet:
    """Return the memberships held in a scope, in the order of the tree, ready for a list page."""
    found = Membership.objects.within(scope).held()
    for condition in _conditions(wanted_by or RollFilter()):
        found = found.filter(**condition)
    return found.select_related("person", "union", "employer").order_by("path", "pk")


def find(scope: Scope, person_id: int) -> Person | None:
    """Return a person of the scope, or nothing."""
    return Person.objects.within(scope).filter(pk=person_id).first()


def persons(scope: Scope, person_ids: Iterable[int]) -> dict[int, Person]:
    """Return those of some persons who stand in the scope, by id; one who went elsewhere is left out."""
    return {person.pk: person for person in Person.objects.within(scope).filter(pk__in=set(person_ids))}


def spells(scope: Scope, person: Person) -> QuerySet[Membership]:
    """Return a person's spells within the scope, latest first."""
    found = Membership.objects.within(scope).filter(person=person)
    return found.select_related("union", "employer").order_by("-valid_from", "-pk")


def timeline(scope: Scope, person: Person) -> QuerySet[MembershipEvent]:
    """Return what happened to a person's memberships, latest first."""
    found = MembershipEvent.objects.within(scope).filter(person=person)
    return found.select_related("membership__union", "membership__employer").order_by("-recorded_at", "-pk")


def count_held(scope: Scope) -> int:
    """Return how many memberships are held in a scope."""
    return Membership.objects.within(scope).held().count()


def holders(indexes: Iterable[bytes]) -> dict[bytes, str]:
    """Return which of these identities hold a membership anywhere, with the path of the holding union.

    Looks over the whole registry: the caller may tell "here" or "elsewhere", never where.
    """
    with whole_registry():
        found = Membership.objects.held().filter(person__identity_index__in=list(indexes))
        return {bytes(index): path for index, path in found.values_list("person__identity_index", "path")}


def identity_of(person: Person) -> str:
    """Return the full number; only `actions.reveal` hands it on."""
    return unseal(person.identity_sealed, purpose="identity")


def masked_identity(person: Person) -> str:
    """Return the number as lists may show it."""
    return mask(identity_of(person))


def masked_mobile(person: Person) -> str:
    """Return the mobile number as lists may show it; empty when none is known."""
    if person.mobile_sealed is None:
        return ""
    number = unseal(person.mobile_sealed, purpose="phone")
    try:
        return phone.parse(number).masked
    except Refused:
        return mask(number, head=3, tail=4)


def _conditions(wanted_by: RollFilter) -> Iterable[dict[str, object]]:
    if wanted_by.text:
        yield _text_condition(squeeze(wanted_by.text))
    if wanted_by.union_path:
        branch = Scope.of_branch(wanted_by.union_path)
        yield {"path__gte": branch.low, "path__lt": branch.high}
    if wanted_by.employer_id is not None:
        yield {"employer": wanted_by.employer_id}
    if wanted_by.state in HELD:
        yield {"state": MembershipState(wanted_by.state)}
    if wanted_by.sex:
        yield {"person__sex": wanted_by.sex}
    if wanted_by.migrant_worker is not None:
        yield {"migrant_worker": wanted_by.migrant_worker}
    if wanted_by.person_id is not None:
        yield {"person": wanted_by.person_id}


def _text_condition(text: str) -> dict[str, object]:
    """Read what was typed as a full identity number, a mobile number, or a part of a name."""
    try:
        return {"person__identity_index": blind_index(resident_id.parse(text).number, purpose="identity")}
    except Refused:
        pass
    try:
        return {"person__mobile_index": blind_index(phone.parse_mobile(text).number, purpose="phone")}
    except Refused:
        return {"person__name_grams__contains": wanted(text)}
