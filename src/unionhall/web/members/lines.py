"""A membership as lists and files show it: numbers masked."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from unionhall.members import queries
from unionhall.ui.writing import write_phone
from unionhall.web.spreadsheet import Heading, Value

if TYPE_CHECKING:
    from unionhall.members.models import Membership

HEADINGS = (
    Heading("姓名"), Heading("性别", 6), Heading("证件号码", 22), Heading("手机号", 15),
    Heading("所在工会", 36), Heading("工作单位", 36),
    Heading("会籍状态"), Heading("入会日期"), Heading("农民工会员", 12),
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class RollLine:
    """One line of the roll."""

    person_id: int
    name: str
    sex: str
    identity: str
    mobile: str
    union_name: str
    employer_name: str
    state: str
    state_label: str
    joined_on: date
    migrant_worker: bool


def line_of(held: Membership) -> RollLine:
    """Return a membership as a line."""
    person = held.person
    return RollLine(
        person_id=person.pk,
        name=person.name,
        sex=person.get_sex_display(),
        identity=queries.masked_identity(person),
        mobile=write_phone(queries.masked_mobile(person)),
        union_name=held.union.name,
        employer_name=held.employer.name,
        state=held.state,
        state_label=held.get_state_display(),
        joined_on=held.joined_on,
        migrant_worker=held.migrant_worker,
    )


def cells(memberships: Iterable[Membership]) -> Iterator[tuple[Value, ...]]:
    """Return memberships as rows of a file, one by one."""
    for line in map(line_of, memberships):
        yield (
            line.name, line.sex, line.identity, line.mobile, line.union_name, line.employer_name,
            line.state_label, line.joined_on, "是" if line.migrant_worker else "否",
        )  # fmt: skip
