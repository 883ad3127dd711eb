"""Card numbers of eighteen characters: area, birth date, sequence, check character (GB 11643-1999).

The resident id set the shape; residence permits (港澳台居民居住证) and the permanent residence card of 2023
follow it. Here is what they share, for one number and for a column.
"""

import re
from dataclasses import dataclass
from datetime import date
from enum import IntEnum

import numpy as np
from numpy.typing import NDArray

from unionhall.standards.checksums import DIGITS, RESIDENT
from unionhall.standards.column import every, members_of, narrow
from unionhall.standards.refusal import Refusal, Refused
from unionhall.standards.text import mask, squeeze, upper

LENGTH = 18
WIDTH = 20
EARLIEST_BIRTH = date(1850, 1, 1)
#: What `clean` leaves as it is.
PLAIN = members_of(DIGITS + "ABCDEFGHIJKLMNOPQRSTUVWXYZ")

_LOOKALIKES = str.maketrans(
    {"O": "0", "D": "0", "Q": "0", "I": "1", "L": "1", "|": "1", "Z": "2", "S": "5", "B": "8"}
)
_CHECK_LOOKALIKES = str.maketrans({"×": "X", "*": "X", "Х": "X", "Χ": "X", "χ": "X", "х": "X"})
_SCIENTIFIC = re.compile(r"[0-9](\.[0-9]+)?E\+?[0-9]{1,2}|[0-9]{16,}\.0*")


class Sex(IntEnum):
    """Sex as GB/T 2261.1 numbers it, the two values a card number can tell."""

    MALE = 1
    FEMALE = 2


@dataclass(frozen=True, slots=True)
class Card:
    """What to call a card in refusals: prefix of the codes, Chinese noun."""

    prefix: str
    noun: str

    def refusal(self, kind: str, message: str, suggestion: str = "") -> Refusal:
        """Return a refusal of this card; the message goes on after the card's name."""
        return Refusal(f"{self.prefix}.{kind}", self.noun + message, "", suggestion)


@dataclass(frozen=True, slots=True)
class Columns:
    """The parts of a column of numbers: whether each is right, and what it says."""

    right: NDArray[np.bool_]
    area: NDArray[np.int32]
    birth_date: NDArray[np.datetime64]
    sex: NDArray[np.int8]


def clean(text: str) -> str:
    """Return the text without blanks, hyphens and Excel's leading apostrophe, in upper case."""
    return upper(squeeze(text)).lstrip("'‘’`").replace("-", "")


def look_alike(text: str) -> str:
    """Return the text with letters turned into the digits they are mistaken for, the last place X at most."""
    return text[:-1].translate(_LOOKALIKES) + text[-1:].translate(_CHECK_LOOKALIKES).translate(_LOOKALIKES)


def require_intact(text: str, *, card: Card) -> None:
    """Refuse a blank, and a number that Excel has turned into a float.

    :raises Refused: <prefix>.blank, <prefix>.excel
    """
    if not text:
        raise Refused(card.refusal("blank", "未填写，请照证件填写。"))
    if _SCIENTIFIC.fullmatch(text):
        raise Refused(excel_refusal(card))


def excel_refusal(card: Card) -> Refusal:
    """Return the sentence for a number whose last digits Excel has destroyed."""
    message = (
        "被 Excel 当作数值保存，末尾几位已丢失且无法恢复，"
        "请先把该列单元格格式设为“文本”，再照证件重新录入整个号码。"
    )
    return card.refusal("excel", message)


def require_length(text: str, *, card: Card, lengths: tuple[int, ...] = (LENGTH,)) -> None:
    """Refuse another length than the given ones.

    :raises Refused: <prefix>.length
    """
    if len(text) not in lengths:
        message = f"“{_quote(text)}”有{len(text)}位，应为{lengths[0]}位，请照证件核对后重填。"
        raise Refused(card.refusal("length", message))


def alphabet_refusal(text: str, *, card: Card, suggestion: str) -> Refusal:
    """Return the refusal that names the first character that cannot stand where it stands."""
    place = next(index for index, char in enumerate(text) if not _may_stand(char, index))
    hint = "，疑为形近的数字误写" if suggestion else ""
    message = f"“{_quote(text)}”第{place + 1}位“{text[place]}”不是数字{hint}，请照证件改正。"
    return card.refusal("alphabet", message, suggestion)


def is_well_formed(text: str) -> bool:
    """Say whether a text of eighteen or fifteen characters has digits where digits belong."""
    return all(_may_stand(char, index) for index, char in enumerate(text))


def read(number: str, *, card: Card, on: date | None) -> tuple[date, Sex]:
    """Return birth date and sex of a well-formed number.

    :raises Refused: <prefix>.birth_date, .too_early, .future, .check, .excel; all that apply
    """
    refusals: list[Refusal] = []
    born = _birth_date(number)
    if born is None:
        digits = f"{number[6:10]}年{number[10:12]}月{number[12:14]}日"
        message = f"“{mask(number)}”中的出生日期{digits}不存在，请照证件核对。"
        refusals.append(card.refusal("birth_date", message))
    elif born < EARLIEST_BIRTH:
        message = f"“{mask(number)}”中的出生年份{born.year}年过早，请照证件核对。"
        refusals.append(card.refusal("too_early", message))
    elif on is not None and born > on:
        message = f"“{mask(number)}”中的出生日期{born:%Y-%m-%d}晚于今天，请照证件核对。"
        refusals.append(card.refusal("future", message))
    if RESIDENT.character(number[:-1]) != number[-1]:
        refusals.append(_check_refusal(number, card=card))
    if born is None or refusals:
        raise Refused(*refusals)
    return born, Sex.MALE if int(number[16]) % 2 else Sex.FEMALE


def read_columns(points: NDArray[np.uint32], *, on: date | None) -> Columns:
    """Return the parts of a matrix of code points, judged as `read` judges one number."""
    codes = narrow(points)
    digits = RESIDENT.values(codes[:, : LENGTH - 1])
    right = every(digits >= 0) & every(codes[:, LENGTH:] == 0)
    right &= RESIDENT.check_codes(digits) == codes[:, LENGTH - 1]
    area = _number(digits[:, 0:6])
    born, exists = _birth_dates(digits)
    right &= exists & (born >= np.datetime64(EARLIEST_BIRTH))
    if on is not None:
        right &= born <= np.datetime64(on)
    sex = np.where(digits[:, 16] % 2 == 1, Sex.MALE, Sex.FEMALE).astype(np.int8)
    return Columns(
        right=right,
        area=area,
        birth_date=np.where(right, born, np.datetime64("NaT", "D")),
        sex=np.where(right, sex, 0).astype(np.int8),
    )


def _birth_date(number: str) -> date | None:
    try:
        return date(int(number[6:10]), int(number[10:12]), int(number[12:14]))
    except ValueError:
        return None


def _birth_dates(digits: NDArray[np.int8]) -> tuple[NDArray[np.datetime64], NDArray[np.bool_]]:
    """Return the dates in places 7 to 14 and whether each exists; some date where it does not."""
    year, month, day = _number(digits[:, 6:10]), _number(digits[:, 10:12]), _number(digits[:, 12:14])
    months = ((year - 1970) * 12 + month - 1).astype("datetime64[M]")
    first = months.astype("datetime64[D]")
    length = ((months + 1).astype("datetime64[D]") - first).astype(np.int32)
    exists = (year >= 1) & (month >= 1) & (month <= 12) & (day >= 1) & (day <= length)
    return first + (day - 1).astype("timedelta64[D]"), exists


def _number(digits: NDArray[np.int8]) -> NDArray[np.int32]:
    powers = (10.0 ** np.arange(digits.shape[1] - 1, -1, -1)).astype(np.float32)
    return (digits.astype(np.float32) @ powers).astype(np.int32)


def _may_stand(char: str, index: int) -> bool:
    return char in DIGITS or (char == "X" and index == LENGTH - 1)


def _check_refusal(number: str, *, card: Card) -> Refusal:
    if number.endswith("000"):
        return excel_refusal(card)
    message = f"“{mask(number)}”的校验码不符，号码中有数字写错，请照证件逐位核对。"
    return card.refusal("check", message)


def _quote(text: str) -> str:
    """Show a faulty number with too little left to identify a person."""
    return mask(text[:40], head=min(6, len(text) // 3), tail=min(4, len(text) // 4))
