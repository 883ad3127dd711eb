"""Residence permit of residents of Hong Kong, Macao (X81) and Taiwan (X83) (港澳台居民居住证).

Shaped like a resident id (GB 11643-1999) with the area 810000, 820000 or 830000. The codes X81 and X83 are the
house's own; GA/T 517-2004 is older than these permits.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial

import numpy as np

from unionhall.standards.column import ColumnCheck, clean_column, in_chunks, points_of
from unionhall.standards.identifiers.eighteen import (
    PLAIN,
    WIDTH,
    Card,
    Sex,
    alphabet_refusal,
    clean,
    is_well_formed,
    read,
    read_columns,
    require_intact,
    require_length,
)
from unionhall.standards.refusal import Refused
from unionhall.standards.text import mask

HONG_KONG_MACAO = "X81"
TAIWAN = "X83"
CARD = Card("residence_permit", "居住证号码")
TYPES_BY_AREA = {"810000": HONG_KONG_MACAO, "820000": HONG_KONG_MACAO, "830000": TAIWAN}


@dataclass(frozen=True, slots=True, repr=False)
class ResidencePermit:
    """A residence permit that is right in itself."""

    number: str
    birth_date: date
    sex: Sex

    @property
    def document_type(self) -> str:
        """Return X81 or X83 (table id_document_type)."""
        return TYPES_BY_AREA[self.number[:6]]

    @property
    def masked(self) -> str:
        """Return the number as lists show it."""
        return mask(self.number)

    def __repr__(self) -> str:
        return f"ResidencePermit({self.masked})"


def parse(text: str, *, on: date | None = None) -> ResidencePermit:
    """Read a number; `on` is the day after which nobody can be born yet.

    :raises Refused: residence_permit.blank, .excel, .length, .alphabet, .area, .birth_date, .too_early,
        .future, .check
    """
    number = clean(text)
    require_intact(number, card=CARD)
    require_length(number, card=CARD)
    if not is_well_formed(number):
        raise Refused(alphabet_refusal(number, card=CARD, suggestion=""))
    if number[:6] not in TYPES_BY_AREA:
        message = f"“{mask(number)}”不以810000、820000或830000开头，请核对有效证件类别。"
        raise Refused(CARD.refusal("area", message))
    return ResidencePermit(number, *read(number, card=CARD, on=on))


def check_column(texts: Sequence[str], *, on: date | None = None) -> ColumnCheck:
    """Check a column of numbers; accepts exactly what `parse` accepts.

    `extra`: birth_date (datetime64[D], NaT where not valid), sex (int8, 0 where not valid).
    """
    return in_chunks(texts, partial(_check_chunk, on=on))


def _check_chunk(texts: Sequence[str], *, on: date | None) -> ColumnCheck:
    values = clean_column(texts, width=WIDTH, plain=PLAIN, clean=clean)
    columns = read_columns(points_of(values), on=on)
    valid = columns.right & np.isin(columns.area, [int(area) for area in TYPES_BY_AREA])
    facts = {
        "birth_date": np.where(valid, columns.birth_date, np.datetime64("NaT", "D")),
        "sex": np.where(valid, columns.sex, 0).astype(np.int8),
    }
    return ColumnCheck(values=values, valid=valid, extra=facts)
