"""The story of the demo before it is told: who sends which sheets, and how each delivery fares.

Everything follows from the number of members, so that a second run finds the same story.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from itertools import count
from random import Random

from unionhall.cli.demo import places
from unionhall.cli.demo.employers import Grassroots, grassroots
from unionhall.cli.demo.places import Leader

FEWEST, USUAL, MOST = 60, 3000, 1_000_000
LEAST_SENDERS, LEAST_OWN = 5, 2
SMALLEST_SENDING, SMALLEST_UNION = 6, 3
SECOND_WAVE_SHARE = 0.02
LARGEST_SECOND_WAVE = 240
SILENT_SHARE = 0.08


class Fate(StrEnum):
    """What becomes of a delivery; all but the first four are left in the middle on purpose."""

    ENTERED = "entered"
    RETURNED_ONCE = "returned_once"
    ROWS_RETURNED = "rows_returned"
    HELD_ELSEWHERE = "held_elsewhere"
    UNMENDED = "unmended"
    AT_STREET = "at_street"
    AT_DISTRICT = "at_district"
    AT_CITY = "at_city"
    RETURNED = "returned"
    UNREADABLE = "unreadable"


SECOND_WAVE = tuple(Fate)[3:]
SENT_FOR_OTHERS = (Fate.UNMENDED, Fate.AT_CITY)


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivery:
    """Sheets that one officer sends at once: for a leading union all below it, or a union's own."""

    number: int
    sender: str
    sender_superior: str
    unions: tuple[Grassroots, ...]
    fate: Fate
    wave: int

    @property
    def people(self) -> int:
        """Return how many members it reports."""
        return sum(union.people for union in self.unions)

    @property
    def is_own(self) -> bool:
        """Say whether a grassroots union sends for itself."""
        return self.unions[0].name == self.sender

    @property
    def folder(self) -> str:
        """Return the name of the folder its sheets lie in."""
        return f"{self.number:03d}-{self.sender}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """The whole story: the leading unions, the deliveries, and unions in the ledger that send nothing yet."""

    members: int
    deliveries: tuple[Delivery, ...]
    silent: tuple[Grassroots, ...]

    @property
    def people(self) -> int:
        """Return how many members come in by the sheets."""
        return sum(delivery.people for delivery in self.deliveries)

    @property
    def unions(self) -> list[Grassroots]:
        """Return every grassroots union of the story."""
        return [union for delivery in self.deliveries for union in delivery.unions] + list(self.silent)


def make(members: int) -> Plan:
    """Return the story for about so many members."""
    leaders = places.senders()[: max(LEAST_SENDERS, round(members**0.43))]
    size = max(SMALLEST_SENDING, min(LARGEST_SECOND_WAVE, round(members * SECOND_WAVE_SHARE)))
    own = max(LEAST_OWN, len(leaders) // 4)
    first = members - size * (len(SECOND_WAVE) + own)
    writer = _Writer(average=max(6, round(members**0.4)))
    deliveries = [
        *writer.first_wave(leaders, first),
        *writer.own(leaders, own, size),
        *writer.second_wave(SECOND_WAVE, size),
    ]
    silent = writer.silent(leaders, max(2, round(writer.written * SILENT_SHARE)))
    return Plan(members=members, deliveries=tuple(deliveries), silent=tuple(silent))


class _Writer:
    """Counts deliveries, unions and people while the story is written."""

    def __init__(self, *, average: int) -> None:
        self._average = average
        self._unions = count(1)
        self._numbers = count(1)
        self._person = 1
        self._random = Random("plan")  # noqa: S311 - a story, not a secret
        self.written = 0

    def first_wave(self, leaders: list[Leader], people: int) -> Iterator[Delivery]:
        """Officers of streets, parks and farms send for the unions below them."""
        fates = [Fate.ENTERED, Fate.ROWS_RETURNED, Fate.RETURNED_ONCE]
        for place, (leader, share) in enumerate(
            zip(leaders, self._parted(people, len(leaders)), strict=True)
        ):
            fate = fates[place] if place < len(fates) else Fate.ENTERED
            yield self._sent_for_others(leader, share, fate, wave=1)

    def own(self, leaders: list[Leader], times: int, size: int) -> Iterator[Delivery]:
        """Clerks of grassroots unions send their own; every other one stands directly under the city."""
        for place in range(times):
            superior = places.city() if place % 2 else leaders[place]
            yield self._sent_by_itself(superior, size, Fate.ENTERED, wave=1)

    def second_wave(self, fates: tuple[Fate, ...], size: int) -> Iterator[Delivery]:
        """Later deliveries in the first street's district, most of them left in the middle."""
        street = next(leader for leader in places.streets() if leader.name == places.FIRST_STREET)
        neighbor = [leader for leader in places.streets() if leader.superior == street.superior][-1]
        for fate in fates:
            if fate in SENT_FOR_OTHERS:
                leader = street if fate == Fate.UNMENDED else neighbor
                yield self._sent_for_others(leader, size, fate, wave=2)
            else:
                yield self._sent_by_itself(street, size, fate, wave=2)

    def silent(self, leaders: list[Leader], times: int) -> Iterator[Grassroots]:
        """Unions that stand in the ledger and have sent nothing yet."""
        for place in range(times):
            yield self._union(leaders[place % len(leaders)], self._average, is_known=True)

    def _sent_for_others(self, leader: Leader, people: int, fate: Fate, *, wave: int) -> Delivery:
        unions = self._several(leader, people)
        return self._delivery(leader.name, leader.superior, unions, fate, wave)

    def _sent_by_itself(self, superior: Leader, people: int, fate: Fate, *, wave: int) -> Delivery:
        union = self._union(superior, people, is_known=True)
        return self._delivery(union.name, superior.name, (union,), fate, wave)

    def _delivery(
        self, sender: str, superior: str, unions: tuple[Grassroots, ...], fate: Fate, wave: int
    ) -> Delivery:
        return Delivery(
            number=next(self._numbers),
            sender=sender,
            sender_superior=superior,
            unions=unions,
            fate=fate,
            wave=wave,
        )

    def _several(self, leader: Leader, people: int) -> tuple[Grassroots, ...]:
        times = max(1, round(people / self._average))
        shares = self._parted(people, times)
        return tuple(
            self._union(leader, share, is_known=place % 2 == 0) for place, share in enumerate(shares)
        )

    def _union(self, leader: Leader, people: int, *, is_known: bool) -> Grassroots:
        self.written += 1
        first, self._person = self._person, self._person + people
        return grassroots(
            next(self._unions), superior=leader, count=people, is_known=is_known, first_person=first
        )

    def _parted(self, whole: int, parts: int) -> list[int]:
        """Part a number unevenly; no part is smaller than the smallest union."""
        weights = [self._random.uniform(0.75, 1.25) for _ in range(parts)]
        return [max(SMALLEST_UNION, round(whole * weight / sum(weights))) for weight in weights]
