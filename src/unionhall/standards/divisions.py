"""Administrative divisions (GB/T 2260): what is and what was, and Haikou's districts, streets and towns.

An identity number keeps the area code of its first registration for life, so a code counts as known when it
is in the present list or in the history. A code in neither is a reason to look twice, never to refuse: no
list of old codes is complete.
"""

from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

from unionhall.standards import codes

HAIKOU = "460100"
HAINAN = "460000"
_PLACEHOLDERS = frozenset({"市辖区", "县", "省直辖县级行政区划", "省直辖县级行政单位"})


@dataclass(frozen=True, slots=True)
class Division:
    """A division under one name: the years are inclusive, None where the history leaves them open."""

    code: str
    name: str
    start_year: int | None = None
    end_year: int | None = None

    def existed_in(self, year: int) -> bool:
        """Say whether the code bore this name in a year."""
        return (self.start_year or 0) <= year <= (self.end_year or 9999)


def is_known_area(code: str) -> bool:
    """Say whether a six-digit area code is, or ever was, in use."""
    return code in _current() or code in _history()


def known_areas() -> NDArray[np.int32]:
    """Return all area codes in use now or ever as sorted numbers."""
    return _known_areas().copy()


def are_known_areas(areas: NDArray[np.int32]) -> NDArray[np.bool_]:
    """Say for a column of area codes, as numbers, whether each is or ever was in use."""
    known = _known_areas()
    places = np.minimum(np.searchsorted(known, areas), len(known) - 1)
    found: NDArray[np.bool_] = known[places] == areas
    return found


def history(code: str) -> tuple[Division, ...]:
    """Return every name a code has borne, oldest first; nothing for a code never in use."""
    spells = _history().get(code, ())
    if not spells and code in _current():
        return (Division(code, _current()[code]),)
    return spells


def name_of(code: str, *, year: int | None = None) -> str | None:
    """Return the name of an area, in the given year or today's or last one; None if it never was in use.

    A year outside the recorded spells gives the nearest name there is.
    """
    spells = history(code)
    if year is not None:
        for spell in spells:
            if spell.existed_in(year):
                return spell.name
    return _current().get(code) or (spells[-1].name if spells else None)


def full_name(code: str) -> str | None:
    """Return the name with its province and city in front, as 海南省海口市龙华区; None if never in use."""
    own = name_of(code)
    if own is None:
        return None
    above = dict.fromkeys((code[:2] + "0000", code[:4] + "00"))
    names = [name_of(outer) or "" for outer in above if outer != code]
    return "".join(name for name in [*names, own] if name not in _PLACEHOLDERS or name == own)


def haikou_districts() -> tuple[Division, ...]:
    """Return the districts of Haikou in the order of their codes."""
    return tuple(
        Division(code, name) for code, name in _haikou().items() if len(code) == 6 and code != HAIKOU
    )


def towns_of(district_code: str) -> tuple[Division, ...]:
    """Return the streets, towns and farms (nine digits) of a district of Haikou."""
    return tuple(
        Division(code, name)
        for code, name in _haikou().items()
        if len(code) == 9 and code.startswith(district_code)
    )


def _haikou() -> dict[str, str]:
    return dict(codes.table("division_haikou").by_code)


@cache
def _current() -> dict[str, str]:
    return dict(codes.table("gb2260_current").by_code)


@cache
def _history() -> dict[str, tuple[Division, ...]]:
    spells: dict[str, list[Division]] = {}
    for row in codes.rows("gb2260_history"):
        years = [int(year) if year else None for year in (row["start_year"], row["end_year"])]
        spells.setdefault(row["code"], []).append(Division(row["code"], row["name"], *years))
    return {
        code: tuple(sorted(found, key=lambda spell: spell.start_year or 0)) for code, found in spells.items()
    }


@cache
def _known_areas() -> NDArray[np.int32]:
    return np.array(sorted(int(code) for code in _current().keys() | _history().keys()), dtype=np.int32)
