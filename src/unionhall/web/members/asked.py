"""What the address of the roll asks for, read once: as a filter, and in words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from django.http import Http404
from django.urls import reverse

from unionhall.members import queries
from unionhall.members.choices import HELD, MembershipState, Sex
from unionhall.members.queries import RollFilter
from unionhall.ui.requests import ActorRequest
from unionhall.unions import queries as unions
from unionhall.web.members import sought
from unionhall.web.places import union_or_404

if TYPE_CHECKING:
    from unionhall.members.models import MembershipQuerySet
    from unionhall.unions.models import Employer, Union

MIGRANT = {"yes": True, "no": False}


@dataclass(frozen=True, slots=True)
class Chip:
    """One condition in words, with the address of the roll without it."""

    text: str
    url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What is looked for; `own` leaves out what stands below the union."""

    query: dict[str, str]
    union: Union | None
    employer: Employer | None
    own: bool
    number: str

    @property
    def filter(self) -> RollFilter:
        """Return the filter of the roll."""
        return RollFilter(
            text=self.number or self.query.get("q", ""),
            union_path=self.union.path if self.union else "",
            employer_id=self.employer.pk if self.employer else None,
            state=self.query.get("state", ""),
            sex=self.query.get("sex", ""),
            migrant_worker=MIGRANT.get(self.query.get("migrant", "")),
        )

    def rows(self, request: ActorRequest) -> MembershipQuerySet:
        """Return the memberships asked for, in the order of the roll."""
        found = queries.roll(request.actor.scope, self.filter)
        return found.filter(path=self.union.path) if self.own and self.union else found

    @property
    def chips(self) -> list[Chip]:
        """Return the conditions that no field of the form shows."""
        chips = []
        if self.number:
            chips.append(Chip(f"号码：{sought.masked(self.number)}", self.without("key")))
        if self.employer:
            chips.append(Chip(f"工作单位：{self.employer.name}", self.without("employer")))
        if self.own:
            chips.append(Chip("仅本级，不含下级工会", self.without("own")))
        return chips

    @property
    def in_words(self) -> str:
        """Return the filter in words, without the name or number that was looked for."""
        query, words = self.query, []
        if self.number or query.get("q"):
            words.append("按号码查找" if self.number else "按姓名查找")
        if self.union:
            words.append(f"工会：{self.union.name}{'（本级）' if self.own else ''}")
        if self.employer:
            words.append(f"单位：{self.employer.name}")
        if query.get("state") in HELD:
            words.append(f"状态：{MembershipState(query['state']).label}")
        if query.get("sex") in Sex.values:
            words.append(f"性别：{Sex(query['sex']).label}")
        if query.get("migrant") in MIGRANT:
            words.append("农民工会员" if MIGRANT[query["migrant"]] else "非农民工会员")
        return "；".join(words) or "全部"

    def without(self, name: str) -> str:
        """Return the address of the roll without one condition."""
        return roll_address({key: value for key, value in self.query.items() if key != name})


def roll_address(query: dict[str, str]) -> str:
    """Return the address of the roll with some conditions."""
    return reverse("member-roll") + (f"?{urlencode(query)}" if query else "")


def read(request: ActorRequest) -> Asked:
    """Read the query string; a union or employer outside the scope is a page that does not exist."""
    names = ("q", "union", "employer", "state", "sex", "migrant", "key", "own")
    query = {name: request.GET[name] for name in names if request.GET.get(name)}
    return Asked(
        query=query,
        union=union_or_404(request, _number(query["union"])) if "union" in query else None,
        employer=_employer_or_404(request, _number(query["employer"])) if "employer" in query else None,
        own="own" in query,
        number=sought.opened(query.get("key", "")),
    )


def _number(text: str) -> int:
    if not text.isdecimal():
        raise Http404
    return int(text)


def _employer_or_404(request: ActorRequest, employer_id: int) -> Employer:
    employer = unions.employer(request.actor.scope, employer_id)
    if employer is None:
        raise Http404
    return employer
