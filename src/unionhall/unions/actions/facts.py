"""What a union sheet says of a union and of an employer."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from unionhall.foundation.crypto import seal
from unionhall.standards.text import name_key
from unionhall.unions.choices import UnionKind


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


def columns_of(facts: UnionFacts) -> dict[str, object]:
    """Return the columns of a union that its sheet fills; the phone sealed."""
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
