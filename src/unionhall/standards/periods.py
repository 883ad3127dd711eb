"""Spells of time and ages: from a day on, until a day that no longer belongs to it.

Years are counted as the Civil Code counts them (民法典 articles 200 to 202): a year is full on the day of the
same number; where the month lacks it, on the month's last day.
"""

from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True, slots=True)
class Period:
    """The days from `start` until before `end`; without an end it lasts."""

    start: date
    end: date | None = None

    def __post_init__(self) -> None:
        if self.end is not None and self.end < self.start:
            raise ValueError("a period cannot end before it starts")

    def __contains__(self, day: date) -> bool:
        return self.start <= day and (self.end is None or day < self.end)

    @property
    def is_open(self) -> bool:
        """Say whether the period has no end yet."""
        return self.end is None

    def overlaps(self, other: "Period") -> bool:
        """Say whether the two have a day in common; an empty period has none with anything."""
        first, last = max(self.start, other.start), _earlier(self.end, other.end)
        return last is None or first < last

    def days(self, *, until: date) -> int:
        """Return how many days of the period lie before a day."""
        last = until if self.end is None else min(self.end, until)
        return max((last - self.start).days, 0)


def add_years(day: date, years: int) -> date:
    """Return the same day some years later; the 28th of February for the 29th where there is none."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return day.replace(year=day.year + years, day=28)


def add_months(day: date, months: int) -> date:
    """Return the same day some months later; the month's last day where it is shorter."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    following = date(year + (month + 1) // 12, (month + 1) % 12 + 1, 1)
    return date(year, month + 1, min(day.day, (following - timedelta(days=1)).day))


def full_years(birth: date, on: date) -> int:
    """Return the full years of age (周岁) on a day; negative before birth."""
    years = on.year - birth.year
    return years if add_years(birth, years) <= on else years - 1


def full_years_column(births: NDArray[np.datetime64], on: date) -> NDArray[np.int32]:
    """Return the full years of age for a column of births (datetime64[D]); meaningless for NaT."""
    months = births.astype("datetime64[M]")
    month_of_birth = months.astype(np.int64) % 12 + 1
    day_of_birth = (births - months.astype("datetime64[D]")).astype(np.int64) + 1
    years = on.year - (births.astype("datetime64[Y]").astype(np.int64) + 1970)
    last_day = (add_months(date(on.year, on.month, 1), 1) - timedelta(days=1)).day
    reached = (month_of_birth < on.month) | (
        (month_of_birth == on.month) & (np.minimum(day_of_birth, last_day) <= on.day)
    )
    return np.where(reached, years, years - 1).astype(np.int32)


def _earlier(one: date | None, other: date | None) -> date | None:
    if one is None or other is None:
        return one or other
    return min(one, other)
