"""Build the part of the tree that stands before any sheet comes in: the leading unions and the ledger."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime

from unionhall.cli.demo import places
from unionhall.cli.demo.employers import Grassroots
from unionhall.cli.demo.places import Leader
from unionhall.cli.demo.planning import Plan
from unionhall.foundation import scoping
from unionhall.foundation.actor import Scope, system
from unionhall.foundation.capabilities import Capability
from unionhall.unions import actions as unions
from unionhall.unions import queries
from unionhall.unions.actions import UnionFacts

BUILDER = system("演示程序", Capability.UNION_ESTABLISH)
EVERYWHERE = Scope.everything()


def build(plan: Plan, *, at: datetime, step: Callable[[int], None]) -> None:
    """Establish whatever of the tree is not there yet.

    :param step: told how many unions were looked at
    """
    with scoping.acting(BUILDER):
        if not queries.tree(EVERYWHERE).exists():
            unions.establish_root(_leading(places.city()), by=BUILDER, at=at)
    leaders = [*places.reporting(), *places.streets()]
    for superior, below in _by_superior(leaders):
        _establish(superior, {leader.name: _leading(leader) for leader in below}, at)
        step(len(below))
    known = [union for union in plan.unions if union.is_known]
    for superior, ledger in _grouped(known):
        _establish(superior, {union.name: _in_ledger(union) for union in ledger}, at)
        step(len(ledger))


def size(plan: Plan) -> int:
    """Return how many unions `build` looks at."""
    return len(places.reporting()) + len(places.streets()) + sum(union.is_known for union in plan.unions)


def _establish(superior_name: str, wanted: dict[str, UnionFacts], at: datetime) -> None:
    """Establish those unions below a superior that do not stand there yet."""
    with scoping.acting(BUILDER) as by:
        superior = queries.tree(by.scope).get(name=superior_name)
        there = set(queries.children(by.scope, superior.path).values_list("name", flat=True))
        missing = [facts for name, facts in wanted.items() if name not in there]
        if missing:
            unions.establish_many(missing, superior=superior, by=by, at=at)


def _leading(leader: Leader) -> UnionFacts:
    return UnionFacts(name=leader.name, kind=leader.kind, division_code=leader.division_code)


def _in_ledger(union: Grassroots) -> UnionFacts:
    """What the old ledger knew: a name, a kind, a day, and a number of members."""
    return UnionFacts(
        name=union.name,
        kind=union.kind,
        founded_on=union.founded_on,
        member_count=union.people + union.serial % 3,
        division_code=union.superior.division_code,
    )


def _by_superior(leaders: Iterable[Leader]) -> list[tuple[str, list[Leader]]]:
    groups: dict[str, list[Leader]] = {}
    for leader in leaders:
        groups.setdefault(leader.superior, []).append(leader)
    return list(groups.items())


def _grouped(known: Iterable[Grassroots]) -> list[tuple[str, list[Grassroots]]]:
    groups: dict[str, list[Grassroots]] = {}
    for union in known:
        groups.setdefault(union.superior.name, []).append(union)
    return list(groups.items())
