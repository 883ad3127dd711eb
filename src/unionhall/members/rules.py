"""Who may join: pure questions, facts in, refusals out. No database, no clock.

The same law serves one admission and the set-based entering of a whole batch (`reasons_not_to_join`
for one, its codes as conditions for many; a test feeds both the same sample).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from unionhall.standards.periods import full_years
from unionhall.standards.refusal import Refusal

MINIMUM_AGE = 16  # 劳动法 15, domain R-M5


@dataclass(frozen=True, slots=True, kw_only=True)
class JoiningFacts:
    """What must be known before a person is entered in the roll of a union."""

    birth_date: date
    joined_on: date
    on: date
    held_here: bool = False
    held_elsewhere: bool = False
    employer_covered: bool = True


def reasons_not_to_join(facts: JoiningFacts) -> tuple[Refusal, ...]:
    """Return every reason against an admission; nothing of another union is ever named."""
    refusals: list[Refusal] = []
    if full_years(facts.birth_date, facts.joined_on) < MINIMUM_AGE:
        refusals.append(under_age())
    if facts.joined_on > facts.on:
        refusals.append(joined_later())
    if facts.held_here:
        refusals.append(already_here())
    elif facts.held_elsewhere:
        refusals.append(already_elsewhere())
    if not facts.employer_covered:
        refusals.append(not_covered())
    return tuple(refusals)


def under_age() -> Refusal:
    """Return the refusal of an admission before the minimum working age (劳动法 15)."""
    return Refusal("members.under_age", f"入会时未满{MINIMUM_AGE}周岁，不能入会。", "birth_date")


def joined_later() -> Refusal:
    """Return the refusal of an admission dated in the future."""
    return Refusal("members.joined_later", "入会日期晚于今天，请核对。", "changed_on")


def already_here() -> Refusal:
    """Return the refusal of a second membership in the same union."""
    return Refusal("members.held_here", "该职工已在本工会会员名册中，无须重复填报。", "document_number")


def already_elsewhere() -> Refusal:
    """Return the refusal of a second membership: says the way on and nothing of the other union."""
    message = "该职工已是其他工会的会员，一人只能有一个会籍，请改办会籍接转。"
    return Refusal("members.held_elsewhere", message, "document_number")


def not_covered() -> Refusal:
    """Return the refusal of a membership whose employer no union here covers (空挂会员)."""
    message = "工作单位不在本工会覆盖范围内，请先在组织信息采集表中填报该单位，或改成已覆盖单位的全称。"
    return Refusal("members.employer_not_covered", message, "employer_name")
