"""Resident identity number (公民身份号码, GB 11643-1999).

Six digits of area (the place of first registration, for life), birth date, three digits of sequence (odd for
men), check character. Numbers of fifteen digits, out of use since 2013, are converted and marked. An unknown
area is a fact to look at, not a fault: see `divisions`.

>>> parse("460199900101001").masked
'460199********0010'
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial

import numpy as np
from numpy.typing import NDArray

from unionhall.standards.checksums import RESIDENT
from unionhall.standards.column import ColumnCheck, clean_column, in_chunks, narrow, points_of, texts_of
from unionhall.standards.divisions import are_known_areas, is_known_area
from unionhall.standards.identifiers.eighteen import (
    LENGTH,
    PLAIN,
    WIDTH,
    Card,
    Sex,
    alphabet_refusal,
    clean,
    is_well_formed,
    look_alike,
    read,
    read_columns,
    require_intact,
    require_length,
)
from unionhall.standards.refusal import Refusal, Refused
from unionhall.standards.text import mask

__all__ = ["ResidentId", "Sex", "check_column", "parse"]

OLD_LENGTH = 15
CENTURY_OF_OLD = "19"
CARD = Card("resident_id", "身份证号码")
#: Numbers shaped like a resident id that belong to another document, by their area.
_RESIDENCE_PERMITS = {810000: "港澳居民居住证", 820000: "港澳居民居住证", 830000: "台湾居民居住证"}
_PERMANENT_RESIDENCE = "外国人永久居留身份证"
_PERMANENT_RESIDENCE_FROM = 900000


@dataclass(frozen=True, slots=True, repr=False)
class ResidentId:
    """A resident id that is right in itself; `converted` says it was typed with fifteen digits."""

    number: str
    birth_date: date
    sex: Sex
    converted: bool = False

    @property
    def area_code(self) -> str:
        """Return the division code of the first registered household place."""
        return self.number[:6]

    @property
    def area_known(self) -> bool:
        """Say whether the area is or ever was a division; False is a warning."""
        return is_known_area(self.area_code)

    @property
    def masked(self) -> str:
        """Return the number as lists show it."""
        return mask(self.number)

    def __repr__(self) -> str:
        return f"ResidentId({self.masked})"


def parse(text: str, *, on: date | None = None) -> ResidentId:
    """Read a number as people type it; `on` is the day after which nobody can be born yet.

    :raises Refused: resident_id.blank, .excel, .length, .alphabet (with a suggestion where letters stand for
        digits), .other_document, .birth_date, .too_early, .future, .check
    """
    number = clean(text)
    require_intact(number, card=CARD)
    require_length(number, card=CARD, lengths=(LENGTH, OLD_LENGTH))
    if not is_well_formed(number):
        raise Refused(alphabet_refusal(number, card=CARD, suggestion=_suggestion(number, on=on)))
    converted = len(number) == OLD_LENGTH
    if converted:
        number = _widened(number)
    if document := _other_document(int(number[:6])):
        raise Refused(_other_document_refusal(number, document))
    birth_date, sex = read(number, card=CARD, on=on)
    return ResidentId(number, birth_date, sex, converted)


def check_column(texts: Sequence[str], *, on: date | None = None) -> ColumnCheck:
    """Check a column of numbers; accepts exactly what `parse` accepts.

    `extra`: birth_date (datetime64[D], NaT where not valid), sex (int8, 1 male, 2 female, 0 where not valid),
    area_known, converted (bool).
    """
    return in_chunks(texts, partial(_check_chunk, on=on))


def _check_chunk(texts: Sequence[str], *, on: date | None) -> ColumnCheck:
    typed = clean_column(texts, width=WIDTH, plain=PLAIN, clean=clean)
    points = points_of(typed)
    widened, converted = _widened_rows(points)
    columns = read_columns(widened, on=on)
    valid = columns.right & ~_other_documents(columns.area)
    values = texts_of(np.where(valid[:, None], widened, points)) if converted.any() else typed
    return ColumnCheck(
        values=values,
        valid=valid,
        extra={
            "birth_date": np.where(valid, columns.birth_date, np.datetime64("NaT", "D")),
            "sex": np.where(valid, columns.sex, 0).astype(np.int8),
            "area_known": valid & are_known_areas(columns.area),
            "converted": valid & converted,
        },
    )


def _widened(number: str) -> str:
    """Turn fifteen digits into eighteen characters."""
    body = number[:6] + CENTURY_OF_OLD + number[6:]
    return body + RESIDENT.character(body)


def _widened_rows(points: NDArray[np.uint32]) -> tuple[NDArray[np.uint32], NDArray[np.bool_]]:
    """Turn the rows of fifteen digits into eighteen characters, as `_widened` does, and say which."""
    old = (points[:, OLD_LENGTH - 1] != 0) & (points[:, OLD_LENGTH] == 0)
    rows = np.flatnonzero(old)
    if not len(rows):
        return points, old
    rows = rows[(RESIDENT.values(narrow(points[rows, :OLD_LENGTH])) >= 0).all(axis=1)]
    wide = points.copy()
    wide[rows, 6:8] = [ord(digit) for digit in CENTURY_OF_OLD]
    wide[rows, 8 : LENGTH - 1] = points[rows, 6:OLD_LENGTH]
    wide[rows, LENGTH - 1] = RESIDENT.check_codes(RESIDENT.values(narrow(wide[rows, : LENGTH - 1])))
    return wide, old


def _other_document(area: int) -> str:
    """Return the name of the document whose numbers have this area, "" for resident ids."""
    return _PERMANENT_RESIDENCE if area >= _PERMANENT_RESIDENCE_FROM else _RESIDENCE_PERMITS.get(area, "")


def _other_documents(areas: NDArray[np.int32]) -> NDArray[np.bool_]:
    return (areas >= _PERMANENT_RESIDENCE_FROM) | np.isin(areas, list(_RESIDENCE_PERMITS))


def _other_document_refusal(number: str, document: str) -> Refusal:
    message = f"“{mask(number)}”是{document}的号码，请核对有效证件类别。"
    return CARD.refusal("other_document", message)


def _suggestion(number: str, *, on: date | None) -> str:
    candidate = look_alike(number)
    if not is_well_formed(candidate):
        return ""
    try:
        return parse(candidate, on=on).number
    except Refused:
        return ""
