"""Dates in the forms people and Excel give them."""

from datetime import date

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from unionhall.standards.dates import check_column, parse_date
from unionhall.standards.refusal import Refused


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("1990/01/31", date(1990, 1, 31)),
        ("1990/1/1", date(1990, 1, 1)),
        ("1990-1-1", date(1990, 1, 1)),
        ("1990.01.01", date(1990, 1, 1)),
        ("19900101", date(1990, 1, 1)),
        ("1990年1月1日", date(1990, 1, 1)),
        ("1990 年 1 月 1 号", date(1990, 1, 1)),
        ("１９９０／１／１", date(1990, 1, 1)),
        ("32874", date(1990, 1, 1)),
        ("43509", date(2019, 2, 13)),
        ("43509.0", date(2019, 2, 13)),
        ("1990-01-01 00:00:00", date(1990, 1, 1)),
        ("1990-01-01T00:00:00.000", date(1990, 1, 1)),
        ("1990/1/1 0:00", date(1990, 1, 1)),
        ("2000-02-29", date(2000, 2, 29)),
    ],
)
def test_dates_are_read(typed: str, expected: date) -> None:
    assert parse_date(typed) == expected


@pytest.mark.parametrize(
    ("typed", "code", "suggestion"),
    [
        ("", "dates.blank", ""),
        ("1990/2/30", "dates.impossible", ""),
        ("1999-02-29", "dates.impossible", ""),
        ("1990/13/1", "dates.impossible", ""),
        ("19901332", "dates.impossible", ""),
        ("1990/0/1", "dates.impossible", ""),
        ("90/1/1", "dates.two_digit_year", ""),
        ("90年1月1日", "dates.two_digit_year", ""),
        ("900101", "dates.two_digit_year", ""),
        ("31/12/1990", "dates.day_first", "1990/12/31"),
        ("12-31-1990", "dates.day_first", "1990/12/31"),
        ("01/02/1990", "dates.day_first", ""),
        ("1.1.1990", "dates.day_first", "1990/01/01"),
        ("1990", "dates.incomplete", ""),
        ("1990年1月", "dates.incomplete", ""),
        ("199001", "dates.incomplete", ""),
        ("1990.1", "dates.incomplete", ""),
        ("1849/12/31", "dates.range", ""),
        ("2200/1/1", "dates.range", ""),
        ("2019-02-13 10:22:33", "dates.time", "2019/02/13"),
        ("1990-1/1", "dates.unreadable", ""),
        ("abc 10:22", "dates.unreadable", ""),
        ("1234567", "dates.unreadable", ""),
        ("不详", "dates.unreadable", ""),
        ("١٩٩٠/١/١", "dates.unreadable", ""),
    ],
)
def test_each_fault_has_its_own_reason(typed: str, code: str, suggestion: str) -> None:
    with pytest.raises(Refused) as refused:
        parse_date(typed)

    (refusal,) = refused.value.refusals
    assert (refusal.code, refusal.suggestion) == (code, suggestion)


def test_the_sentence_says_what_is_wrong_and_what_to_do() -> None:
    with pytest.raises(Refused) as refused:
        parse_date("1990/2/30")

    assert str(refused.value) == "日期“1990/2/30”不存在，1990年2月只有28天，请核对后重填。"


_days = st.dates(date(1850, 1, 1), date(2199, 12, 31))
_written = st.builds(
    lambda day, form: day.strftime(form),
    _days,
    st.sampled_from(
        ["%Y/%m/%d", "%Y-%m-%d", "%Y.%m.%d", "%Y%m%d", "%Y年%m月%d日", "%Y-%m-%d 00:00:00", "%d/%m/%Y"]
    ),
)


@given(_days)
def test_every_day_survives_its_iso_form(day: date) -> None:
    assert parse_date(day.isoformat()) == day


@given(st.lists(st.one_of(_written, st.integers(0, 99999).map(str), st.text()), max_size=12))
def test_column_and_single_date_agree(texts: list[str]) -> None:
    check = check_column(texts)

    assert check.extra["date"].dtype == np.dtype("datetime64[D]")
    for row, text in enumerate(texts):
        try:
            day = parse_date(text)
        except Refused:
            assert not check.valid[row]
            assert np.isnat(check.extra["date"][row])
        else:
            assert check.valid[row]
            assert check.values[row] == day.isoformat()
            assert check.extra["date"][row].item() == day
