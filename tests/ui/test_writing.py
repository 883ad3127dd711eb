"""How values are written."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from unionhall.ui import writing


@pytest.mark.parametrize(
    ("fen", "text"),
    [(700, "7.00"), (1234500, "12,345.00"), (5, "0.05"), (-150, "-1.50"), (0, "0.00"), (None, "—")],
)
def test_money_has_two_decimals(fen: int | None, text: str) -> None:
    assert writing.write_yuan(fen) == text


@pytest.mark.parametrize(
    ("done", "total", "text"),
    [
        (0, 0, "—"),
        (0, 8, "0.0%"),
        (2010, 3214, "62.5%"),
        (3213, 3214, "99.9%"),
        (100, 100, "100.0%"),
        (1, 3, "33.3%"),
    ],
)
def test_a_share_is_rounded_down_so_that_all_means_all(done: int, total: int, text: str) -> None:
    assert writing.write_percent(done, total) == text


@pytest.mark.parametrize(
    ("span", "text"),
    [
        (timedelta(days=2, hours=17, minutes=3), "2天17小时"),
        (timedelta(minutes=42), "42分钟"),
        (timedelta(hours=3), "3小时"),
        (timedelta(days=1, minutes=5), "1天"),
        (timedelta(seconds=20), "不到1分钟"),
        (None, "—"),
    ],
)
def test_a_span_has_its_two_greatest_units(span: timedelta | None, text: str) -> None:
    assert writing.write_span(span) == text


@pytest.mark.parametrize(
    ("phone", "text"),
    [
        ("13812345678", "138 1234 5678"),
        ("138****5678", "138 **** 5678"),
        ("0898-66001234", "0898-66001234"),
        ("", "—"),
    ],
)
def test_mobile_numbers_stand_in_groups(phone: str, text: str) -> None:
    assert writing.write_phone(phone) == text


def test_moments_are_local() -> None:
    late = datetime(2026, 3, 1, 17, 5, tzinfo=UTC)
    assert (writing.write_moment(late), writing.write_day(late)) == ("2026-03-02 01:05", "2026-03-02")


def test_letters_write_days_in_full() -> None:
    assert writing.write_letter_day(date(2019, 2, 3)) == "2019年2月3日"


@pytest.mark.parametrize(
    ("agent", "text"),
    [
        ("Mozilla/5.0 (Windows NT 10.0) Chrome/86.0 QIHU 360SE", "Windows 电脑 · 360浏览器"),
        ("Mozilla/5.0 (Linux; Android 12) MicroMessenger/8.0 Chrome/99", "安卓手机 · 微信"),
        ("", "其他设备 · 其他浏览器"),
    ],
)
def test_devices_are_named_as_people_name_them(agent: str, text: str) -> None:
    assert writing.write_device(agent) == text
