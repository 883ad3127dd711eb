"""Judge a member row as a whole: what its cells say about each other (R-M4 to R-M9, R-M12).

Only cells that are valid by themselves are compared, so that one fault is said once.
"""

from collections.abc import Mapping
from datetime import date

import numpy as np
from numpy.typing import NDArray

from unionhall.collection.sheets.judging.cells import Cells, label_of
from unionhall.collection.sheets.judging.ledger import Ledger, places
from unionhall.collection.sheets.judging.periods import birthdays
from unionhall.standards.periods import full_years_column

JOINED, TRANSFERRED_IN, RETAINED, TRANSFERRED_OUT, EXPELLED, WITHDRAWN = "1", "2", "3", "4", "5", "6"
NEED_REASON = (RETAINED, TRANSFERRED_OUT, EXPELLED, WITHDRAWN)
RELATION_CHANGED = "1"
AT_POST, RETIRED = "1", ("4", "5")
LEAGUE_MEMBER = "03"
LEAGUE_AGE = 28
LEAST_AGE = 16
# The final statutory ages of the reform of 2024 (men 63, women 58 or 55): beyond them nobody is too early.
RETIREMENT_AGES = ((1, 63), (2, 58))
RURAL, URBAN, RESIDENT_HOUSEHOLD = "00", "01", "02"
YES = "1"
SEX_LABELS = {1: "男", 2: "女"}

MemberCells = Mapping[str, Cells]


def judge_member_rows(ledger: Ledger, cells: MemberCells, *, today: date) -> None:
    """Write down every contradiction inside the rows."""
    _compare_sex(ledger, cells)
    _compare_birth(ledger, cells)
    births = birth_dates(cells)
    _judge_age(ledger, cells, births, today)
    _judge_change(ledger, cells, births, today)
    _judge_reason(ledger, cells)
    _judge_standing(ledger, cells, births, today)
    _judge_household(ledger, cells)


def birth_dates(cells: MemberCells) -> NDArray[np.datetime64]:
    """Return the birth dates: as the document tells them, else as typed, else not a time."""
    typed = typed_dates(cells["birth_date"])
    known = document_births(cells)
    return np.where(np.isnat(known), typed, known)


def document_births(cells: MemberCells) -> NDArray[np.datetime64]:
    """Return the birth dates that the document numbers tell."""
    document = cells["document_number"]
    never = np.full(len(document.valid), np.datetime64("NaT", "D"))
    return np.where(document.valid, document.extra["birth_date"], never) if document.extra else never


def typed_dates(cells: Cells) -> NDArray[np.datetime64]:
    """Return a column's days, not a time where there is none."""
    never = np.full(len(cells.valid), np.datetime64("NaT", "D"))
    return np.where(cells.valid, cells.extra["date"], never) if cells.extra else never


def written(day: np.datetime64) -> str:
    """Return a day as the form wants it: 1990/01/01."""
    return str(day).replace("-", "/")


def _compare_sex(ledger: Ledger, cells: MemberCells) -> None:
    document, sexes = cells["document_number"], cells["sex"]
    if not document.extra:
        return
    told = document.extra["sex"]
    typed = np.where(sexes.valid, np.asarray(sexes.values), "0").astype(np.int8)
    for index in places(document.valid & sexes.valid & (told > 0) & (told != typed)):
        right = SEX_LABELS[int(told[index])]
        value = SEX_LABELS.get(int(typed[index]), "未说明")
        ledger.note("sex_differs", "sex", index, value=value, right=right, suggestion=right)


def _compare_birth(ledger: Ledger, cells: MemberCells) -> None:
    told, typed = document_births(cells), typed_dates(cells["birth_date"])
    for index in places(~np.isnat(told) & ~np.isnat(typed) & (told != typed)):
        right = written(told[index])
        ledger.note(
            "birth_differs", "birth_date", index, value=written(typed[index]), right=right, suggestion=right
        )


def _judge_age(ledger: Ledger, cells: MemberCells, births: NDArray[np.datetime64], today: date) -> None:
    for index in places(birthdays(births, LEAST_AGE) > np.datetime64(today)):
        key = "birth_date" if cells["birth_date"].valid[index] else "document_number"
        ledger.note("under_age", key, index, value=written(births[index]))


def _judge_change(ledger: Ledger, cells: MemberCells, births: NDArray[np.datetime64], today: date) -> None:
    changed, now = typed_dates(cells["changed_on"]), np.datetime64(today)
    for index in places(changed > now):
        ledger.note(
            "changed_in_future", "changed_on", index, value=written(changed[index]), today=written(now)
        )
    sixteenth = birthdays(births, LEAST_AGE)
    for index in places((changed < sixteenth) & (sixteenth <= now)):
        value, sixteen = written(changed[index]), written(sixteenth[index])
        ledger.note("changed_too_young", "changed_on", index, value=value, sixteen=sixteen)


def _judge_reason(ledger: Ledger, cells: MemberCells) -> None:
    types, reasons = cells["change_type"], cells["change_reason"]
    for index in places(types.having(*NEED_REASON) & reasons.blank):
        value = label_of("membership_change_type", str(types.values[index]))
        ledger.note("reason_missing", "change_reason", index, value=value)
    for index in places(types.having(EXPELLED)):
        ledger.note("expulsion_papers", "change_type", index)
    joined = types.having(JOINED, TRANSFERRED_IN)
    for index in places(joined & reasons.valid & ~reasons.having(RELATION_CHANGED)):
        value = label_of("membership_change_type", str(types.values[index]))
        reason = label_of("membership_change_reason", str(reasons.values[index]))
        ledger.note("reason_unfit", "change_reason", index, value=value, reason=reason)
    without = places(joined & reasons.blank)
    if without:
        first = ledger.excel_row(without[0])
        ledger.note("reason_needless", "change_reason", without[0], count=len(without), first=first)


def _judge_standing(ledger: Ledger, cells: MemberCells, births: NDArray[np.datetime64], today: date) -> None:
    status, types = cells["employment_status"], cells["change_type"]
    for index in places(status.having(*RETIRED) & types.having(JOINED, TRANSFERRED_IN)):
        value = label_of("employment_status", str(status.values[index]))
        ledger.note("retired", "change_type", index, value=value, suggestion="保留")
    years = full_years_column(births, today)
    known = ~np.isnat(births)
    for sex, limit in RETIREMENT_AGES:
        past = known & _is_sex(cells, sex) & (years >= limit) & status.having(AT_POST)
        for index in places(past):
            ledger.note("past_retirement", "employment_status", index, age=int(years[index]))
    for index in places(known & (years > LEAGUE_AGE) & cells["political_status"].having(LEAGUE_MEMBER)):
        ledger.note("league_age", "political_status", index, age=int(years[index]))


def _is_sex(cells: MemberCells, sex: int) -> NDArray[np.bool_]:
    return cells["sex"].having(str(sex))


def _judge_household(ledger: Ledger, cells: MemberCells) -> None:
    households = cells["household_type"]
    for index in places(households.having(URBAN) & cells["migrant_worker"].having(YES)):
        ledger.note("migrant_household", "migrant_worker", index)
    for index in places(households.having(RESIDENT_HOUSEHOLD)):
        ledger.note("household_unlisted", "household_type", index)
