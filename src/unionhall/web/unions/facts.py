"""What is known of a union, in groups and in words, as far as the reader may see it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from unionhall.foundation.actor import Actor
from unionhall.foundation.capabilities import Capability
from unionhall.ui.writing import write_day
from unionhall.unions import queries
from unionhall.web.labels import label_of

if TYPE_CHECKING:
    from unionhall.unions.models import Coverage, Union

NOT_KNOWN = "未填报"


@dataclass(frozen=True, slots=True)
class Covered:
    """One employer that a union covers, in words."""

    employer_id: int
    name: str
    credit_code: str
    nature: str
    industry: str
    employee_count: int
    since: date


def particulars(union: Union, actor: Actor) -> list[tuple[str, str]]:
    """Return what is known of a union as labels and values."""
    return [
        ("统一社会信用代码", union.credit_code or NOT_KNOWN),
        ("基层工会类型", union.get_kind_display()),
        ("工会层级", union.get_level_display()),
        ("建会日期", write_day(union.founded_on) if union.founded_on else NOT_KNOWN),
        ("所在政区", label_of("division_hainan", union.division_code, NOT_KNOWN)),
        ("工会负责人", _chair(union, actor)),
        ("联系电话", queries.masked_phone(union) or NOT_KNOWN),
        ("采集入库日期", write_day(union.collected_on) if union.collected_on else "尚未采集"),
    ]


def covered(coverages: Iterable[Coverage]) -> list[Covered]:
    """Return the employers of coverages with their codes in words."""
    return [_covered(coverage) for coverage in coverages]


def _covered(coverage: Coverage) -> Covered:
    employer = coverage.employer
    return Covered(
        employer.pk,
        employer.name,
        employer.credit_code or NOT_KNOWN,
        label_of("unit_nature", employer.nature, NOT_KNOWN),
        label_of("industry_hainan", employer.industry, NOT_KNOWN),
        employer.employee_count,
        coverage.valid_from,
    )


def _chair(union: Union, actor: Actor) -> str:
    """Return the chair's name: whole to those who keep the roll, to others the family name."""
    if not union.chair_name:
        return NOT_KNOWN
    if actor.may(Capability.MEMBER_VIEW):
        return union.chair_name
    return union.chair_name[:1] + "*" * (len(union.chair_name) - 1)
