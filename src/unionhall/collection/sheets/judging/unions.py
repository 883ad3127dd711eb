"""Judge a union row as a whole: what its cells say about each other (R-O2 to R-O10).

Only cells that are valid by themselves are compared, so that one fault is said once.
"""

from collections.abc import Mapping
from datetime import date
from typing import Any

import numpy as np
from numpy.typing import NDArray

from unionhall.collection.sheets.judging.cells import UNION_CODE, Cells, label_of
from unionhall.collection.sheets.judging.ledger import Ledger, places
from unionhall.collection.sheets.judging.members import typed_dates, written
from unionhall.standards import divisions
from unionhall.standards.text import name_key

EMPLOYER_CODE = "employer_credit_code"
UNION_PREFIXES = ("81", "89", "13")
SINGLE, JOINT, FEDERATION = "01", "02", "05"
GRASSROOTS = (SINGLE, JOINT)
EARLIEST_FOUNDING = np.datetime64("1921-01-01")
ACFTU_FOUNDED = np.datetime64("1925-05-01")
COMMITTEE_FROM, FULL_TIME_CHAIR_FROM = 25, 200
COMMITTEE_WORDS = ("委员会", "联合会", "总工会", "工委")
HAIKOU = "4601"
ENTERPRISES = ("110", "120", "130", "140", "151", "159", "161", "169", "170", "190", "200", "300")
PREFIXES_OF_NATURE: Mapping[str, tuple[str, ...]] = {
    **dict.fromkeys(ENTERPRISES, ("91",)),
    "410": ("12",),
    "420": ("12",),
    "500": ("11", "13"),
    "600": ("92",),
    "710": ("51",),
    "720": ("52", "31"),
    "730": ("53",),
}

UnionCells = Mapping[str, Cells]


def judge_union_rows(ledger: Ledger, cells: UnionCells, *, today: date) -> None:
    """Write down every contradiction inside the rows."""
    _judge_codes(ledger, cells)
    _judge_nature(ledger, cells)
    _judge_founding(ledger, cells["founded_on"], today)
    _judge_counts(ledger, cells)
    _judge_place(ledger, cells)
    _judge_superior(ledger, cells)


def _texts(cells: Cells) -> NDArray[Any]:
    return np.asarray(cells.values).astype(np.str_)


def _prefixes(cells: Cells) -> NDArray[Any]:
    """Return the first two characters of a column of credit codes, "" where there is no valid one."""
    return np.where(cells.valid, _texts(cells).astype("U2"), "")


def _judge_codes(ledger: Ledger, cells: UnionCells) -> None:
    unions, employers, kinds = cells[UNION_CODE], cells[EMPLOYER_CODE], cells["union_kind"]
    present = unions.valid & (_texts(unions) != "")
    same = present & employers.valid & (_texts(unions) == _texts(employers))
    itself = np.fromiter(
        (
            bool(name) and name_key(str(name)) == name_key(str(employer))
            for name, employer in zip(cells["union_name"].values, cells["employer_name"].values, strict=True)
        ),
        dtype=np.bool_,
        count=len(present),
    )
    same &= ~(itself & kinds.having(FEDERATION))
    for index in places(same):
        ledger.note("same_code", UNION_CODE, index)
    prefixes = _prefixes(unions)
    foreign = present & ~same & ~np.isin(prefixes, UNION_PREFIXES)
    for index in places(foreign):
        ledger.note("prefix_not_union", UNION_CODE, index, value=prefixes[index])
    unfit = present & kinds.having(*GRASSROOTS) & (prefixes == "13")
    unfit |= present & kinds.having(FEDERATION) & (prefixes == "81")
    for index in places(unfit & ~same):
        kind = label_of("union_org_type", str(kinds.values[index]))
        right = "基层工会应以81开头" if prefixes[index] == "13" else "总工会应以13开头"
        ledger.note("prefix_unfit", UNION_CODE, index, value=prefixes[index], kind=kind, right=right)


def _judge_nature(ledger: Ledger, cells: UnionCells) -> None:
    natures, codes = cells["employer_nature"], cells[EMPLOYER_CODE]
    prefixes = _prefixes(codes)
    for nature, fitting in PREFIXES_OF_NATURE.items():
        for index in places(codes.valid & natures.having(nature) & ~np.isin(prefixes, fitting)):
            prefix = str(prefixes[index])
            value, means = label_of("unit_nature", nature), label_of("uscc_category", prefix)
            ledger.note("nature_unfit", "employer_nature", index, value=value, prefix=prefix, means=means)


def _judge_founding(ledger: Ledger, founded_on: Cells, today: date) -> None:
    founded, now = typed_dates(founded_on), np.datetime64(today)
    for index in places(founded > now):
        ledger.note(
            "founded_in_future", "founded_on", index, value=written(founded[index]), today=written(now)
        )
    for index in places(founded < EARLIEST_FOUNDING):
        ledger.note("founded_too_early", "founded_on", index, value=written(founded[index]))
    for index in places((founded >= EARLIEST_FOUNDING) & (founded < ACFTU_FOUNDED)):
        ledger.note("founded_before_acftu", "founded_on", index, value=written(founded[index]))


def _judge_counts(ledger: Ledger, cells: UnionCells) -> None:
    members, employees = cells["member_count"], cells["employee_count"]
    grassroots = cells["union_kind"].having(*GRASSROOTS)
    for index, (count, employed) in enumerate(zip(members.values, employees.values, strict=True)):
        if count is not None and employed is not None and count > employed:
            ledger.note("members_exceed", "member_count", index, value=count, employees=employed)
        if count is not None and count >= COMMITTEE_FROM and grassroots[index]:
            name = str(cells["union_name"].values[index])
            if name and not any(word in name for word in COMMITTEE_WORDS):
                ledger.note("committee_due", "union_name", index, value=count)
        if employed is not None and employed >= FULL_TIME_CHAIR_FROM and grassroots[index]:
            ledger.note("full_time_chair", "employee_count", index, value=employed)


def _judge_place(ledger: Ledger, cells: UnionCells) -> None:
    places_typed, codes = cells["division"], cells[EMPLOYER_CODE]
    cities = _texts(places_typed).astype("U4")
    for index in places(places_typed.valid & (cities != HAIKOU)):
        value = label_of("division_hainan", str(places_typed.values[index]))
        ledger.note("not_haikou", "division", index, value=value)
    for index in places(places_typed.valid & codes.valid):
        area = str(codes.values[index])[2:8]
        if area[:4] != cities[index]:
            value = divisions.full_name(area) or area
            division = label_of("division_hainan", str(places_typed.values[index]))
            ledger.note("area_differs", EMPLOYER_CODE, index, value=value, division=division)


def _judge_superior(ledger: Ledger, cells: UnionCells) -> None:
    pairs = zip(cells["union_name"].values, cells["superior_name"].values, strict=True)
    for index, (name, superior) in enumerate(pairs):
        if name and name_key(str(name)) == name_key(str(superior)):
            ledger.note("superior_is_self", "superior_name", index)
