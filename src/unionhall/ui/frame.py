"""What surrounds every page: navigation by what the actor may do, the acting branch, the reader's type size.

`frame` is a template context processor; pages read it as `frame.actor`, `frame.groups`, `frame.senior`.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from django.http import HttpRequest
from django.urls import reverse

from unionhall.foundation.actor import NOBODY, Actor
from unionhall.foundation.capabilities import Capability

SENIOR_COOKIE = "senior"


@dataclass(frozen=True, slots=True)
class Entry:
    """One place in the navigation. `family` are the url names it stands for, by their beginnings."""

    label: str
    icon: str
    url_name: str
    capability: Capability | None
    family: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Link:
    """An entry as one actor sees it on one page."""

    label: str
    icon: str
    url: str
    is_current: bool


@dataclass(frozen=True, slots=True)
class Group:
    """Links under one heading; the first group has none."""

    label: str
    links: tuple[Link, ...]


NAVIGATION: tuple[tuple[str, tuple[Entry, ...]], ...] = (
    ("", (Entry("工作台", "home", "workbench", None, ("workbench",)),)),
    (
        "名册",
        (
            Entry("组织", "sitemap", "union-tree", Capability.UNION_VIEW, ("union-",)),
            Entry("会员", "users", "member-roll", Capability.MEMBER_VIEW, ("member-",)),
        ),
    ),
    (
        "实名采集",
        (
            Entry(
                "采集填报",
                "file-spreadsheet",
                "batch-list",
                Capability.COLLECTION_VIEW,
                ("batch-", "collection-", "template-"),
            ),
            Entry("审核", "checklist", "review-queue", Capability.REVIEW_VIEW, ("review-", "case-")),
            Entry("进度督导", "chart-bar", "progress", Capability.PROGRESS_VIEW, ("progress",)),
        ),
    ),
    ("经费", (Entry("经费补助", "coin", "settlement", Capability.SUBSIDY_VIEW, ("settlement",)),)),
    (
        "系统",
        (
            Entry("账号", "user-shield", "account-list", Capability.ACCOUNT_VIEW, ("account-", "grant-")),
            Entry("审计", "history", "audit-trail", Capability.AUDIT_VIEW, ("audit-",)),
        ),
    ),
)


class Frame:
    """The surroundings of one response; the navigation is worked out only where a template asks for it."""

    def __init__(self, request: HttpRequest) -> None:
        self._request = request
        self.actor: Actor = getattr(request, "actor", NOBODY)
        self.senior = request.COOKIES.get(SENIOR_COOKIE) == "1"

    @property
    def layout(self) -> str:
        """Return the frame a page for everybody (an error, an account page) extends."""
        return "frame.html" if self.actor.is_known else "frame_bare.html"

    @property
    def may_search(self) -> bool:
        """Say whether the search box leads anywhere for this actor."""
        return self.actor.may(Capability.MEMBER_VIEW)

    @cached_property
    def groups(self) -> tuple[Group, ...]:
        """Return the navigation of this actor; groups without a permitted entry are left out."""
        groups = (Group(label, self._links(entries)) for label, entries in NAVIGATION)
        return tuple(group for group in groups if group.links)

    def _links(self, entries: tuple[Entry, ...]) -> tuple[Link, ...]:
        match = self._request.resolver_match
        here = (match.url_name or "") if match else ""
        return tuple(
            Link(entry.label, entry.icon, reverse(entry.url_name), here.startswith(entry.family))
            for entry in entries
            if entry.capability is None or self.actor.may(entry.capability)
        )


def frame(request: HttpRequest) -> dict[str, Frame]:
    """Return the template context every page gets."""
    return {"frame": Frame(request)}
