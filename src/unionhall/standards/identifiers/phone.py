"""Telephone numbers: mobiles of the mainland, landlines with area code and extension, 400 and 800 numbers.

Mobiles are eleven digits from 13 to 19; the country code, blanks and hyphens are dropped. Landlines in Hainan are
0898 and eight digits. People have mobiles; unions and employers may give either.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from unionhall.standards.checksums import DIGITS
from unionhall.standards.column import (
    ColumnCheck,
    check_distinct,
    clean_column,
    every,
    in_chunks,
    members_of,
    narrow,
    points_of,
)
from unionhall.standards.refusal import Refusal, Refused
from unionhall.standards.text import mask, squeeze, upper

MOBILE_LENGTH = 11
MOBILE_WIDTH = 14
WIDTH = 24
HAINAN_AREA = "0898"
_SECOND_DIGITS = "3456789"
_PLAIN = members_of(DIGITS)
_SECOND = members_of(_SECOND_DIGITS)

_DASHES = str.maketrans(
    {"‐": "-", "‑": "-", "‒": "-", "–": "-", "—": "-", "―": "-", "−": "-", "─": "-", "_": "-"}
)
_LOOKALIKES = str.maketrans({"O": "0", "Q": "0", "I": "1", "L": "1", "Z": "2", "S": "5", "B": "8"})
_FLOAT = re.compile(r"([0-9]+)\.0+")
_SCIENTIFIC = re.compile(r"[0-9](\.[0-9]+)?E\+?[0-9]{1,2}")
_COUNTRY = re.compile(r"^(?:\+|00)?86(?=1[0-9]{10}$)")
_MOBILE = re.compile(rf"1[{_SECOND_DIGITS}][0-9]{{9}}")
_SERVICE = re.compile(r"[48]00[0-9]{7}")
_LANDLINE = re.compile(
    r"\(?(010|02[0-9]|0[3-9][0-9]{2})\)?-?([0-9]{7,8})(?:(?:-|转|分机|\*|#|EXT\.?)([0-9]{1,5}))?"
)
_LOCAL = re.compile(r"[2-9][0-9]{3}-?[0-9]{4}")
_SEVERAL = re.compile(r"[0-9][-()0-9]{6,}[/、,;|或][-()0-9]{6,}[0-9]")


@dataclass(frozen=True, slots=True, repr=False)
class Phone:
    """A telephone number: eleven digits for mobiles, 0898-12345678 or 0898-12345678-801 for landlines."""

    number: str
    is_mobile: bool

    @property
    def masked(self) -> str:
        """Return the number as lists show it."""
        area, hyphen, rest = self.number.partition("-")
        if hyphen:
            return f"{area}-****{rest.partition('-')[0][-4:]}"
        return mask(self.number, head=3, tail=4)

    def __repr__(self) -> str:
        return f"Phone({self.masked})"


def parse(text: str) -> Phone:
    """Read a mobile, landline or service number, as an organization may give.

    :raises Refused: phone.blank, .excel, .several, .area_code (with a suggestion), .format
    """
    typed = _clean(text)
    digits = _canonical_mobile(typed)
    if _MOBILE.fullmatch(digits):
        return Phone(digits, True)
    if number := _landline(typed) or _service(typed):
        return Phone(number, False)
    raise Refused(_reason_against(typed))


#: What unions call it: their telephone may be either kind.
parse_organization_phone = parse


def parse_mobile(text: str) -> Phone:
    """Read a mobile number, as a person has.

    :raises Refused: phone.blank, .excel, .several, .not_mobile, .alphabet (with a suggestion), .length, .prefix
    """
    typed = _clean(text)
    digits = _canonical_mobile(typed)
    if _MOBILE.fullmatch(digits):
        return Phone(digits, True)
    raise Refused(_reason_against_mobile(typed, digits))


def check_column(texts: Sequence[str]) -> ColumnCheck:
    """Check a column of organizations' numbers; accepts exactly what `parse` accepts.

    `extra`: is_mobile (bool).
    """
    return check_distinct(texts, parse=parse, canonical=_number, clean=_clean, width=WIDTH, facts=_facts)


def check_mobile_column(texts: Sequence[str]) -> ColumnCheck:
    """Check a column of mobile numbers; accepts exactly what `parse_mobile` accepts. No `extra`."""
    return in_chunks(texts, _check_mobile_chunk)


def _check_mobile_chunk(texts: Sequence[str]) -> ColumnCheck:
    values = clean_column(texts, width=MOBILE_WIDTH, plain=_PLAIN, clean=_shown_mobile)
    points = points_of(values)
    # Plain digits need no cleaning but for the country code, which makes them too long.
    for row in np.flatnonzero(points[:, MOBILE_LENGTH]):
        values[row] = _shown_mobile(texts[int(row)])
    codes = narrow(points)
    valid = every(_PLAIN[codes[:, :MOBILE_LENGTH]]) & every(codes[:, MOBILE_LENGTH:] == 0)
    valid &= (codes[:, 0] == ord("1")) & _SECOND[codes[:, 1]]
    return ColumnCheck(values=values, valid=valid, extra={})


def _facts(found: list[Phone | None]) -> dict[str, NDArray[Any]]:
    return {"is_mobile": np.array([phone is not None and phone.is_mobile for phone in found], dtype=np.bool_)}


def _number(phone: Phone) -> str:
    return phone.number


def _clean(text: str) -> str:
    """Return the text without blanks, with plain hyphens, and without Excel's apostrophe and decimals."""
    typed = upper(squeeze(text)).lstrip("'‘’`").translate(_DASHES)
    return found[1] if (found := _FLOAT.fullmatch(typed)) else typed


def _canonical_mobile(typed: str) -> str:
    """Return cleaned text without hyphens, brackets and the country code."""
    return _COUNTRY.sub("", typed.replace("-", "").replace("(", "").replace(")", ""), count=1)


def _shown_mobile(text: str) -> str:
    return _canonical_mobile(_clean(text))


def _landline(typed: str) -> str:
    """Return a landline in its one written form, "" if the text is none."""
    found = _LANDLINE.fullmatch(typed)
    if found is None or (found[1] == HAINAN_AREA and len(found[2]) != 8):
        return ""
    return "-".join(part for part in found.groups() if part)


def _service(typed: str) -> str:
    digits = typed.replace("-", "")
    return digits if _SERVICE.fullmatch(digits) else ""


def _reason_against(typed: str) -> Refusal:
    if early := _early_reason(typed, "联系电话"):
        return early
    quoted = _quote(typed)
    if _LOCAL.fullmatch(typed):
        message = f"联系电话“{quoted}”没有区号，请在前面加上区号，海南为{HAINAN_AREA}。"
        return Refusal("phone.area_code", message, "", f"{HAINAN_AREA}-{typed.replace('-', '')}")
    message = (
        f"联系电话“{quoted}”格式不对，请填写11位手机号码，或带区号的固定电话（如{HAINAN_AREA}-加8位号码）。"
    )
    return Refusal("phone.format", message)


def _reason_against_mobile(typed: str, digits: str) -> Refusal:
    if early := _early_reason(typed, "移动电话"):
        return early
    quoted = _quote(typed)
    if _landline(typed) or _service(typed) or _LOCAL.fullmatch(typed):
        return Refusal("phone.not_mobile", f"移动电话“{quoted}”不是手机号码，请填写本人11位手机号码。")
    if bad := next((char for char in digits if char not in DIGITS), ""):
        message = f"移动电话“{quoted}”含有“{bad}”，手机号码只能是数字，请改正。"
        return Refusal("phone.alphabet", message, "", _suggestion(digits))
    if len(digits) != MOBILE_LENGTH:
        message = f"移动电话“{quoted}”有{len(digits)}位，应为{MOBILE_LENGTH}位，请向本人核对后重填。"
        return Refusal("phone.length", message)
    return Refusal("phone.prefix", f"移动电话“{quoted}”不是以13至19开头，请向本人核对后重填。")


def _early_reason(typed: str, noun: str) -> Refusal | None:
    """Return the reason that holds for every kind of number, None if there is none."""
    if not typed:
        return Refusal("phone.blank", f"{noun}未填写，请填写。")
    if _SCIENTIFIC.fullmatch(typed):
        message = f"{noun}被 Excel 改成了科学计数法，请先把该列单元格格式设为“文本”，再重新录入号码。"
        return Refusal("phone.excel", message)
    if _SEVERAL.fullmatch(typed):
        return Refusal("phone.several", f"{noun}“{_quote(typed)}”填了不止一个号码，请只保留一个。")
    return None


def _suggestion(digits: str) -> str:
    candidate = digits.translate(_LOOKALIKES)
    return candidate if _MOBILE.fullmatch(candidate) else ""


def _quote(typed: str) -> str:
    return mask(typed[:WIDTH], head=3, tail=4 if len(typed) >= MOBILE_LENGTH else 2)
