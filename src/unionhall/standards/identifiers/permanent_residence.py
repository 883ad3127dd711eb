"""Foreign permanent resident ID card (外国人永久居留身份证, document type 553), of 2023 and older.

Since 2023: 9, province (2), nationality (ISO 3166-1 numeric, 3), birth date (8), sequence (3), check character as
on resident ids. Before: nationality in letters (ISO 3166-1 alpha-3), area (4), birth date (yyMMdd), sequence and
check; that check is not published, so old numbers are accepted on their form.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial

from unionhall.standards.column import ColumnCheck, check_distinct
from unionhall.standards.identifiers.eighteen import (
    LENGTH,
    WIDTH,
    Card,
    alphabet_refusal,
    clean,
    is_well_formed,
    read,
    require_intact,
    require_length,
)
from unionhall.standards.refusal import Refused
from unionhall.standards.text import mask

OLD_LENGTH = 15
FIRST = "9"
CARD = Card("permanent_residence", "外国人永久居留身份证号码")
_OLD = re.compile(r"[A-Z]{3}[0-9]{4}([0-9]{2})([0-9]{2})([0-9]{2})[0-9]{2}")


@dataclass(frozen=True, slots=True, repr=False)
class PermanentResidence:
    """A card number; `birth_date` is None on old cards, whose year has two digits."""

    number: str
    birth_date: date | None = None

    @property
    def nationality(self) -> str:
        """Return the nationality: three digits (ISO 3166-1 numeric), on old cards three letters."""
        return self.number[3:6] if len(self.number) == LENGTH else self.number[:3]

    @property
    def masked(self) -> str:
        """Return the number as lists show it."""
        return mask(self.number)

    def __repr__(self) -> str:
        return f"PermanentResidence({self.masked})"


def parse(text: str, *, on: date | None = None) -> PermanentResidence:
    """Read a number; `on` is the day after which nobody can be born yet.

    :raises Refused: permanent_residence.blank, .excel, .length, .alphabet, .area, .birth_date, .too_early,
        .future, .check, .format
    """
    number = clean(text)
    require_intact(number, card=CARD)
    require_length(number, card=CARD, lengths=(LENGTH, OLD_LENGTH))
    if len(number) == OLD_LENGTH:
        return _parse_old(number)
    if not is_well_formed(number):
        raise Refused(alphabet_refusal(number, card=CARD, suggestion=""))
    if not number.startswith(FIRST):
        raise Refused(CARD.refusal("area", f"“{mask(number)}”不以9开头，请核对有效证件类别。"))
    birth_date, _ = read(number, card=CARD, on=on)
    return PermanentResidence(number, birth_date)


def check_column(texts: Sequence[str], *, on: date | None = None) -> ColumnCheck:
    """Check a column of numbers, distinct text by distinct text: the cards are rare. No `extra`."""
    return check_distinct(
        texts, parse=partial(parse, on=on), canonical=lambda card: card.number, clean=clean, width=WIDTH
    )


def _parse_old(number: str) -> PermanentResidence:
    found = _OLD.fullmatch(number)
    if found is None:
        message = f"“{mask(number)}”格式不对，旧版证件为3个字母加12位数字，请照证件核对。"
        raise Refused(CARD.refusal("format", message))
    year, month, day = (int(part) for part in found.groups())
    if not any(_exists(century + year, month, day) for century in (1900, 2000)):
        message = f"“{mask(number)}”中的出生日期不存在，请照证件核对。"
        raise Refused(CARD.refusal("birth_date", message))
    return PermanentResidence(number)


def _exists(year: int, month: int, day: int) -> bool:
    try:
        date(year, month, day)
    except ValueError:
        return False
    return True
