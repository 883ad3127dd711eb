"""Dates as people type them and as Excel leaves them.

Read are year, month, day with / - . or 年月日 between them, eight digits, and Excel's serial numbers of five
digits; a time of midnight is dropped. What could mean two days is refused: two-digit years, day or month first.
"""

import re
from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

import numpy as np
from numpy.typing import NDArray

from unionhall.standards.column import ColumnCheck, check_distinct
from unionhall.standards.refusal import Refusal, Refused
from unionhall.standards.text import normalize

EARLIEST_YEAR = 1850
LATEST_YEAR = 2199
#: Excel counts days from here. Its 29th of February 1900 never was, but five digits begin in 1927.
EXCEL_EPOCH = date(1899, 12, 30)
WIDTH = 32

_MIDNIGHT = re.compile(r"(?:[ T]|(?<=[日号]))0{1,2}:00(:00(\.0+)?)?Z?$", re.ASCII)
_TIME = re.compile(r"(?:[ T]|(?<=[日号]))\d{1,2}:\d{2}(:\d{2}(\.\d+)?)?Z?$", re.ASCII)
_SEPARATED = re.compile(r"(\d{4})([-/.])(\d{1,2})\2(\d{1,2})", re.ASCII)
_CHINESE = re.compile(r"(\d{4})年(\d{1,2})月(\d{1,2})[日号]?", re.ASCII)
_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})", re.ASCII)
_SERIAL = re.compile(r"([1-9]\d{4})(?:\.0+)?", re.ASCII)
_YEAR_LAST = re.compile(r"(\d{1,2})([-/.])(\d{1,2})\2(\d{4})", re.ASCII)
_TWO_DIGITS = re.compile(r"\d{2}([-/.])\d{1,2}\1\d{1,2}|\d{2}年\d{1,2}月\d{1,2}[日号]?|\d{6}", re.ASCII)
_NO_DAY = re.compile(r"(19|20)\d{2}([-/.年]?(0?[1-9]|1[0-2])月?|年)?", re.ASCII)


def parse_date(text: str) -> date:
    """Read a date.

    :raises Refused: dates.blank, .time, .impossible, .range, .day_first, .two_digit_year, .incomplete,
        .unreadable
    """
    shown = normalize(text)
    if not shown:
        raise _refused("blank", "日期未填写，请按“1990/1/31”的格式填写。")
    typed = _MIDNIGHT.sub("", shown).replace(" ", "")
    if parts := _parts(typed):
        return _day(parts, shown)
    if serial := _SERIAL.fullmatch(typed):
        return EXCEL_EPOCH + timedelta(days=int(serial[1]))
    raise _unread(typed, shown)


def check_column(texts: Sequence[str]) -> ColumnCheck:
    """Check a column of dates; accepts exactly what `parse_date` accepts.

    The values are ISO dates; `extra`: date (datetime64[D], NaT where not valid).
    """
    return check_distinct(
        texts, parse=parse_date, canonical=date.isoformat, clean=normalize, width=WIDTH, facts=_facts
    )


def _facts(found: list[date | None]) -> dict[str, NDArray[Any]]:
    return {"date": np.array(found, dtype="datetime64[D]")}


def _parts(typed: str) -> tuple[int, int, int] | None:
    """Return year, month and day as typed, None where the text has another form."""
    if found := _SEPARATED.fullmatch(typed):
        return int(found[1]), int(found[3]), int(found[4])
    if found := _CHINESE.fullmatch(typed) or _COMPACT.fullmatch(typed):
        return int(found[1]), int(found[2]), int(found[3])
    return None


def _day(parts: tuple[int, int, int], shown: str) -> date:
    year, month, day = parts
    if not EARLIEST_YEAR <= year <= LATEST_YEAR:
        raise _refused("range", f"日期“{_cut(shown)}”的年份{year}年不合理，请按年、月、日的顺序核对后重填。")
    try:
        return date(year, month, day)
    except ValueError:
        raise _refused(
            "impossible", f"日期“{_cut(shown)}”不存在，{_why(year, month)}，请核对后重填。"
        ) from None


def _why(year: int, month: int) -> str:
    if not 1 <= month <= 12:
        return f"没有{month}月"
    following = date(year + month // 12, month % 12 + 1, 1)
    return f"{year}年{month}月只有{(following - timedelta(days=1)).day}天"


def _unread(typed: str, shown: str) -> Refused:
    """Return the refusal that says why a text is not read as a date."""
    quoted = _cut(shown)
    if _TIME.search(shown) and (day := _readable(_TIME.sub("", shown))):
        return _refused("time", f"日期“{quoted}”带有时间，请只填年、月、日。", suggestion=day)
    if found := _YEAR_LAST.fullmatch(typed):
        message = f"日期“{quoted}”把年份写在最后，月和日容易颠倒，请按年、月、日的顺序重填，如“1990/1/31”。"
        return _refused("day_first", message, suggestion=_turned(int(found[1]), int(found[3]), int(found[4])))
    if _NO_DAY.fullmatch(typed):
        return _refused("incomplete", f"日期“{quoted}”没有写到日，请补全年、月、日，如“1990/1/31”。")
    if _TWO_DIGITS.fullmatch(typed):
        message = f"日期“{quoted}”的年份只有两位，无法确定世纪，请把年份写成四位，如“1990/1/31”。"
        return _refused("two_digit_year", message)
    return _refused("unreadable", f"“{quoted}”不是能识别的日期，请按“1990/1/31”的格式填写。")


def _turned(first: int, second: int, year: int) -> str:
    """Return the date with the year in front if it can be only one, "" if day and month might be either."""
    if first != second and first <= 12 and second <= 12:
        return ""
    day, month = max(first, second), min(first, second)
    return _readable(f"{year}/{month}/{day}")


def _readable(text: str) -> str:
    try:
        return f"{parse_date(text):%Y/%m/%d}"
    except Refused:
        return ""


def _cut(text: str) -> str:
    return text[:24]


def _refused(kind: str, message: str, *, suggestion: str = "") -> Refused:
    return Refused(Refusal(f"dates.{kind}", message, "", suggestion))
