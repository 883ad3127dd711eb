"""Spells of time and ages."""

from datetime import date

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from unionhall.standards.periods import Period, add_months, add_years, full_years, full_years_column


def test_the_end_no_longer_belongs_to_a_period() -> None:
    period = Period(date(2019, 1, 1), date(2019, 2, 1))

    assert date(2019, 1, 1) in period
    assert date(2019, 1, 31) in period
    assert date(2019, 2, 1) not in period
    assert date(2018, 12, 31) not in period
    assert date(2099, 1, 1) in Period(date(2019, 1, 1))
    assert Period(date(2019, 1, 1)).is_open
    assert not period.is_open


@pytest.mark.parametrize(
    ("other", "overlaps"),
    [
        (Period(date(2019, 2, 1)), False),
        (Period(date(2019, 1, 31)), True),
        (Period(date(2018, 1, 1), date(2019, 1, 1)), False),
        (Period(date(2018, 1, 1), date(2019, 1, 2)), True),
        (Period(date(2019, 1, 5), date(2019, 1, 5)), False),
    ],
)
def test_periods_overlap_if_they_share_a_day(other: Period, overlaps: bool) -> None:
    period = Period(date(2019, 1, 1), date(2019, 2, 1))

    assert period.overlaps(other) == other.overlaps(period) == overlaps


def test_open_periods_always_overlap() -> None:
    assert Period(date(2019, 1, 1)).overlaps(Period(date(2030, 1, 1)))


def test_days_are_counted_until_a_day() -> None:
    period = Period(date(2019, 1, 1), date(2019, 2, 1))

    assert period.days(until=date(2020, 1, 1)) == 31
    assert period.days(until=date(2019, 1, 11)) == 10
    assert period.days(until=date(2018, 1, 1)) == 0
    assert Period(date(2019, 1, 1)).days(until=date(2019, 1, 2)) == 1


def test_a_period_cannot_end_before_it_starts() -> None:
    with pytest.raises(ValueError, match="before it starts"):
        Period(date(2019, 2, 1), date(2019, 1, 1))


@pytest.mark.parametrize(
    ("birth", "on", "years"),
    [
        (date(2003, 2, 13), date(2019, 2, 12), 15),
        (date(2003, 2, 13), date(2019, 2, 13), 16),
        (date(2000, 2, 29), date(2016, 2, 28), 15),
        (date(2000, 2, 29), date(2016, 2, 29), 16),
        (date(2000, 2, 29), date(2019, 2, 27), 18),
        (date(2000, 2, 29), date(2019, 2, 28), 19),
        (date(2000, 1, 1), date(2000, 1, 1), 0),
        (date(2000, 1, 2), date(2000, 1, 1), -1),
    ],
)
def test_years_are_full_on_the_birthday(birth: date, on: date, years: int) -> None:
    assert full_years(birth, on) == years


@given(
    st.lists(st.dates(date(1850, 1, 1), date(2199, 1, 1)), max_size=20),
    st.dates(date(1900, 1, 1), date(2199, 1, 1)),
)
def test_column_and_single_age_agree(births: list[date], on: date) -> None:
    column = np.array(births, dtype="datetime64[D]")

    assert full_years_column(column, on).tolist() == [full_years(birth, on) for birth in births]


def test_months_and_years_end_where_the_month_ends() -> None:
    assert add_years(date(2020, 2, 29), 1) == date(2021, 2, 28)
    assert add_months(date(2019, 1, 31), 1) == date(2019, 2, 28)
    assert add_months(date(2019, 12, 31), 2) == date(2020, 2, 29)
    assert add_months(date(2019, 11, 30), 1) == date(2019, 12, 30)
    assert add_months(date(2019, 1, 15), -1) == date(2018, 12, 15)
