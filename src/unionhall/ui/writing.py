"""How values are written for readers: money, counts, days, moments, phones."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from decimal import ROUND_FLOOR, Decimal

from django.utils import timezone

NOTHING = "—"
MOBILE_DIGITS = 11


def write_yuan(fen: int | None) -> str:
    """Write an amount in fen as yuan with two decimals: 1234500 is 12,345.00."""
    if fen is None:
        return NOTHING
    whole, rest = divmod(abs(fen), 100)
    return f"{'-' if fen < 0 else ''}{whole:,}.{rest:02d}"


def write_count(number: int | None) -> str:
    """Write a count with separators of thousands."""
    return NOTHING if number is None else f"{number:,}"


def write_day(value: date | datetime | None) -> str:
    """Write a day as it stands in tables: 2019-02-13."""
    if isinstance(value, datetime):
        value = timezone.localtime(value).date() if timezone.is_aware(value) else value.date()
    return value.isoformat() if value else NOTHING


def write_letter_day(value: date | None) -> str:
    """Write a day as it stands in letters: 2019年2月13日."""
    return f"{value.year}年{value.month}月{value.day}日" if value else NOTHING


def write_moment(value: datetime | None) -> str:
    """Write a moment to the minute in local time: 2019-02-13 09:05."""
    if value is None:
        return NOTHING
    local = timezone.localtime(value) if timezone.is_aware(value) else value
    return local.strftime("%Y-%m-%d %H:%M")


def write_phone(text: str | None) -> str:
    """Write a mobile number in groups, masked or not: 138 1234 5678; other numbers stay as they are."""
    if not text:
        return NOTHING
    if len(text) == MOBILE_DIGITS and text.startswith("1"):
        return f"{text[:3]} {text[3:7]} {text[7:]}"
    return text


def write_span(span: timedelta | None) -> str:
    """Write how long something took or waits, in its two greatest units: 3天4小时."""
    if span is None:
        return NOTHING
    minutes = int(span.total_seconds()) // 60
    days, minutes = divmod(minutes, 24 * 60)
    hours, minutes = divmod(minutes, 60)
    parts = [(days, "天"), (hours, "小时"), (minutes, "分钟")]
    first = next((place for place, (number, _) in enumerate(parts) if number), None)
    if first is None:
        return "不到1分钟"
    return "".join(f"{number}{unit}" for number, unit in parts[first : first + 2] if number)


def percent(done: int, total: int) -> Decimal | None:
    """Return a share in percent with one decimal, rounded down so that 100.0 means all; None of nothing."""
    if total <= 0:
        return None
    return (Decimal(done) * 100 / Decimal(total)).quantize(Decimal("0.1"), ROUND_FLOOR)


def write_percent(done: int, total: int) -> str:
    """Write a share by the law of `percent`: 62.5%, 100.0%; nothing to do is a dash."""
    share = percent(done, total)
    return NOTHING if share is None else f"{share}%"


# In the order of asking: most browsers claim to be several others as well.
BROWSERS = (
    ("MicroMessenger", "微信"),
    ("DingTalk", "钉钉"),
    ("QIHU", "360浏览器"),
    ("360SE", "360浏览器"),
    ("Edg", "Edge"),
    ("Firefox", "Firefox"),
    ("Chrome", "Chrome"),
    ("Safari", "Safari"),
)
SYSTEMS = (
    ("HarmonyOS", "鸿蒙"),
    ("Android", "安卓手机"),
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Windows", "Windows 电脑"),
    ("Mac OS", "Mac 电脑"),
    ("Linux", "Linux 电脑"),
)


def write_device(user_agent: str) -> str:
    """Write what a browser says of itself as people call it: Windows 电脑 · Chrome."""
    system = next((name for mark, name in SYSTEMS if mark in user_agent), "其他设备")
    browser = next((name for mark, name in BROWSERS if mark in user_agent), "其他浏览器")
    return f"{system} · {browser}"
