"""What the roll knows of a person, in groups and in words; what is to be masked is masked."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from unionhall.members import queries
from unionhall.members.choices import EventKind
from unionhall.ui.writing import write_moment, write_phone
from unionhall.web.labels import label_of

if TYPE_CHECKING:
    from unionhall.audit.models import Event
    from unionhall.members.models import MembershipEvent, Person

NOT_KNOWN = "未填报"
Group = tuple[str, list[tuple[str, str]]]
EVENTS = {
    EventKind.ADMITTED: ("user-plus", "ok"),
    EventKind.TRANSFERRED_IN: ("arrows-exchange", "ok"),
    EventKind.RETAINED: ("archive", "gold"),
    EventKind.TRANSFERRED_OUT: ("arrows-exchange", "wait"),
    EventKind.EXPELLED: ("user-x", "stop"),
    EventKind.WITHDRAWN: ("user-minus", "quiet"),
}


def groups_of(person: Person) -> list[Group]:
    """Return what is known of a person, without the identity number."""
    return [
        (
            "基本信息",
            [
                ("姓名", person.name),
                ("性别", person.get_sex_display()),
                ("出生日期", f"{person.birth_date.year}年**月**日"),
                ("民族", label_of("ethnic_group", person.ethnic_group, NOT_KNOWN)),
                ("政治面貌", label_of("political_status", person.political_status, NOT_KNOWN)),
                ("籍贯", person.native_place or NOT_KNOWN),
            ],
        ),
        (
            "学历和技能",
            [
                ("学历", label_of("education_hainan", person.education, NOT_KNOWN)),
                ("技术等级", label_of("skill_level", person.skill_level, NOT_KNOWN)),
            ],
        ),
        (
            "联系和户籍",
            [
                (
                    "移动电话",
                    write_phone(queries.masked_mobile(person)) if person.mobile_sealed else NOT_KNOWN,
                ),
                ("户籍类型", label_of("household_type", person.household_type, NOT_KNOWN)),
                ("户籍所在地", person.household_place or NOT_KNOWN),
            ],
        ),
    ]


def timeline(events: Iterable[MembershipEvent]) -> list[dict[str, Any]]:
    """Return what happened to a person's memberships as `partials/timeline.html` shows it."""
    return [_entry(event) for event in events]


def looks(events: Iterable[Event]) -> list[dict[str, Any]]:
    """Return who opened a number as `partials/timeline.html` shows it: who, when, why."""
    return [
        {
            "title": event.actor_name,
            "icon": "eye",
            "tone": "wait",
            "at": event.at,
            "text": " · ".join(filter(None, (event.branch_name, event.actor_role))),
            "reason": event.reason,
        }
        for event in events
    ]


def _entry(event: MembershipEvent) -> dict[str, Any]:
    icon, tone = EVENTS.get(EventKind(event.kind), ("history", "quiet"))
    membership = event.membership
    return {
        "title": event.get_kind_display(),
        "icon": icon,
        "tone": tone,
        "at": event.happened_on,
        "day_only": True,
        "text": "，".join(
            filter(None, (f"{membership.union.name}（{membership.employer.name}）", event.note))
        ),
        "reason": label_of("membership_change_reason", event.reason, ""),
        "by": f"{event.recorded_by} {write_moment(event.recorded_at)} 记录",
    }
