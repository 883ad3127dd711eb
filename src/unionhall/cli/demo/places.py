"""The unions that lead others in Haikou: from the code tables and the plan, with synthetic ones where the
plan names none (市级产业（系统）工会 and 市直属基层工会 were to be supplied).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import zip_longest

from unionhall.standards import codes, divisions
from unionhall.unions.choices import UnionKind

CITY = "海口市总工会"
REPORTING_KINDS = {
    "Q": UnionKind.FEDERATION,
    "Y": UnionKind.PARK,
    "N": UnionKind.FARM,
    "L": UnionKind.UNION_FEDERATION,
}
# A park or a farm lies in a district; its unions belong to that division whoever leads them.
DIVISIONS = {
    "Y01": "460105",
    "Y02": "460106",
    "N01": "460108",
    "N02": "460108",
    "L01": "460108",
    "L02": "460106",
}
INDUSTRIAL = ("海口市示范交通运输工会", "海口市示范教育卫生工会")
STREETS_AND_TOWNS = ("街道", "镇")
# The street that the printed accounts belong to comes first, so that the smallest demo has it.
FIRST_STREET, FIRST_DISTRICT = "龙华区中山街道总工会", "龙华区总工会"


@dataclass(frozen=True, slots=True, kw_only=True)
class Leader:
    """A union that leads others: its name, kind and division, and the name of its superior."""

    name: str
    kind: UnionKind
    superior: str
    division_code: str

    @property
    def division_label(self) -> str:
        """Return the division as a union sheet names it."""
        name = divisions.name_of(self.division_code)
        return "海口市" if self.division_code == divisions.HAIKOU else f"海口市{name}"


def city() -> Leader:
    """Return the root of the tree."""
    return Leader(name=CITY, kind=UnionKind.FEDERATION, superior="", division_code=divisions.HAIKOU)


def reporting() -> list[Leader]:
    """Return the unions directly under the city through which the rest reports, in the plan's order."""
    found = [
        Leader(
            name=name,
            kind=REPORTING_KINDS[code[0]],
            superior=CITY,
            division_code=_division_of(code, name),
        )
        for code, name in codes.table("haikou_reporting_unit").by_code.items()
        if code[0] in REPORTING_KINDS
    ]
    industrial = [
        Leader(name=name, kind=UnionKind.INDUSTRIAL, superior=CITY, division_code=divisions.HAIKOU)
        for name in INDUSTRIAL
    ]
    return found + industrial


def streets() -> list[Leader]:
    """Return the unions of streets and towns, district by district."""
    return [street for district in divisions.haikou_districts() for street in _streets_of(district)]


def senders() -> list[Leader]:
    """Return the unions whose officers send sheets, in the order in which a growing demo takes them in."""
    by_district = [_streets_of(district) for district in divisions.haikou_districts()]
    others = [leader for leader in reporting() if leader.kind != UnionKind.FEDERATION]
    turns = zip_longest(*by_district, others[::2], others[1::2])
    in_turn = [leader for turn in turns for leader in turn if leader is not None]
    first = next(leader for leader in in_turn if leader.name == FIRST_STREET)
    return [first, *(leader for leader in in_turn if leader is not first)]


def _streets_of(district: divisions.Division) -> list[Leader]:
    return list(_streets_below(district))


def _streets_below(district: divisions.Division) -> Iterator[Leader]:
    for town in divisions.towns_of(district.code):
        if town.name.endswith(STREETS_AND_TOWNS):
            yield Leader(
                name=f"{district.name}{town.name}总工会",
                kind=UnionKind.TOWN,
                superior=f"{district.name}总工会",
                division_code=district.code,
            )


def _division_of(code: str, name: str) -> str:
    named = (place.code for place in divisions.haikou_districts() if name.startswith(place.name))
    return next(named, DIVISIONS.get(code, divisions.HAIKOU))
