"""The people who work with the system in the story: a clerk for every sender, a reviewer at every level.

Only the accounts that are printed get a password; the others are there to act, and nobody signs in as them.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path

from unionhall.accounts import actions as accounts
from unionhall.accounts import passwords
from unionhall.accounts import queries as account_queries
from unionhall.accounts.choices import Role
from unionhall.cli.demo import people, places
from unionhall.cli.demo.planning import Fate, Plan
from unionhall.foundation import scoping
from unionhall.foundation.actor import Actor, system
from unionhall.foundation.capabilities import Capability
from unionhall.foundation.private_file import write_once
from unionhall.unions import queries as unions

OPENER = system("演示程序", Capability.ACCOUNT_CREATE, Capability.GRANT_GIVE)
FILE = "accounts.json"
CITY_ROLES = {
    "caiwu": Role.FINANCE,
    "dudao": Role.SUPERVISOR,
    "xitong": Role.SYSTEM_ADMINISTRATOR,
    "anquan": Role.SECURITY_ADMINISTRATOR,
    "shenji": Role.AUDIT_ADMINISTRATOR,
}
ABILITIES = {
    Role.CLERK: "上传采集表、更正、提交",
    Role.REVIEWER: "审核下级报送：同意或退回",
    Role.FINANCE: "查看补助结算",
    Role.SUPERVISOR: "查看各区进度，督导",
    Role.SYSTEM_ADMINISTRATOR: "开通账号",
    Role.SECURITY_ADMINISTRATOR: "分配角色与授权",
    Role.AUDIT_ADMINISTRATOR: "查看审计记录",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Officer:
    """One person of the story with an account: role and union; `shown` if people may sign in as them."""

    username: str
    name: str
    role: Role
    union: str
    shown: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """An account as it is printed."""

    role: str
    username: str
    password: str
    union: str
    ability: str


def cast(plan: Plan) -> list[Officer]:
    """Return everybody who acts in the story."""
    return [*_clerks(plan), *_reviewers(), *_at_the_city()]


def clerk_of(plan: Plan, sender: str) -> str:
    """Return the account of the clerk who sends for a union."""
    return next(officer.username for officer in _clerks(plan) if officer.union == sender)


def reviewers() -> dict[str, str]:
    """Return the accounts of the reviewers by the names of their unions."""
    return {officer.union: officer.username for officer in _reviewers()}


def open_all(plan: Plan, folder: Path, *, at: datetime, step: Callable[[int], None]) -> list[Shown]:
    """Open the accounts that are missing, and return those to be printed.

    Their passwords are kept in a file that only its owner reads: written first, so that a killed run can go on.
    """
    shown = _kept_or_made(plan, folder)
    known = {account.username: account.password for account in shown}
    for officer in cast(plan):
        with scoping.acting(OPENER) as by:
            _open(officer, known.get(officer.username, ""), by, at)
        step(1)
    return shown


def kept(folder: Path) -> list[Shown]:
    """Return the printed accounts as they were kept; nothing if the file was deleted since."""
    path = folder / FILE
    return _read(path.read_text(encoding="utf-8")) if path.exists() else []


def _read(text: str) -> list[Shown]:
    return [Shown(**each) for each in json.loads(text)]


def _kept_or_made(plan: Plan, folder: Path) -> list[Shown]:
    path = folder / FILE
    printed = [officer for officer in cast(plan) if officer.shown]
    with scoping.acting(OPENER) as by:
        there = account_queries.accounts(by.scope).filter(username__in=[each.username for each in printed])
        if there.exists() and not path.exists():
            return []
    fresh = json.dumps([asdict(_shown(officer)) for officer in printed], ensure_ascii=False)
    return _read(write_once(path, fresh))


def _open(officer: Officer, password: str, by: Actor, at: datetime) -> None:
    """Open one account with its grant unless it is there."""
    if account_queries.actor_for(officer.username, on=at.date()).is_known:
        return
    branch = unions.tree(by.scope).get(name=officer.union)
    opened = accounts.create(
        username=officer.username,
        name=officer.name,
        password=password,
        must_change=False,
        invited=not password,
        by=by,
        at=at,
    )
    accounts.grant(opened.user, role=officer.role, branch=branch, by=by, at=at)


def _clerks(plan: Plan) -> Iterator[Officer]:
    senders: dict[str, bool] = {}
    for delivery in plan.deliveries:
        shown = delivery.fate in (Fate.RETURNED, Fate.UNMENDED)
        senders[delivery.sender] = senders.get(delivery.sender, False) or shown
    for number, (sender, shown) in enumerate(senders.items(), 1):
        level = "街道填报员" if sender == places.FIRST_STREET else "基层工会填报员"
        yield _officer(f"tianbao{number:03d}", number, Role.CLERK, sender, level if shown else "")


def _reviewers() -> Iterator[Officer]:
    levels = {places.FIRST_STREET: "街道审核员", places.FIRST_DISTRICT: "区审核员", places.CITY: "市审核员"}
    everybody = [places.city(), *places.reporting(), *places.streets()]
    for number, leader in enumerate(everybody, 1):
        shown = levels.get(leader.name, "")
        yield _officer(f"shenhe{number:03d}", 1000 + number, Role.REVIEWER, leader.name, shown)


def _at_the_city() -> Iterator[Officer]:
    for number, (username, role) in enumerate(CITY_ROLES.items(), 1):
        yield _officer(username, 2000 + number, role, places.CITY, role.label)


def _officer(username: str, serial: int, role: Role, union: str, shown: str) -> Officer:
    return Officer(
        username=username, name=people.chair(serial + 100_000), role=role, union=union, shown=shown
    )


def _shown(officer: Officer) -> Shown:
    return Shown(
        role=officer.shown,
        username=officer.username,
        password=passwords.generate(),
        union=officer.union,
        ability=ABILITIES[officer.role],
    )
