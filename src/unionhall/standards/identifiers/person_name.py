"""Names of persons as identity cards print them.

Chinese characters with the middle dot · between the parts of minority and foreign names, or letters for
documents that print letters. Blanks that pad a name are dropped, and look-alikes of the dot become the dot.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from unionhall.standards.column import ColumnCheck, every, in_chunks, points_of
from unionhall.standards.refusal import Refusal, Refused
from unionhall.standards.text import normalize

SHORTEST = 2
LONGEST = 50
WIDTH = LONGEST + 2
#: Columns without a name longer than this, which are nearly all, are judged in a narrower matrix.
USUAL = 12
DOT = "\u00b7"
#: Unified ideographs that normalizing leaves as they are: 〇, extension A, the basic block, extensions B to I.
_HAN_RANGES = ((0x3007, 0x3007), (0x3400, 0x4DBF), (0x4E00, 0x9FFF), (0x20000, 0x2F7FF), (0x30000, 0x323AF))
#: Compatibility ideographs that have no other form.
_HAN_COMPATIBLE = "﨎﨏﨑﨓﨔﨟﨡﨣﨤﨧﨨﨩"

_HAN = "".join(f"{chr(first)}-{chr(last)}" for first, last in _HAN_RANGES) + _HAN_COMPATIBLE
_ANY_HAN = re.compile(f"[{_HAN}]")
_HAN_NAME = re.compile(f"[{_HAN}]+(?:{DOT}[{_HAN}]+)*")
_LETTERS = "A-Za-zÀ-ÖØ-öø-ɏḀ-ỿ"
_LETTER_NAME = re.compile(f"[{_LETTERS}]+(?:(?:[ .'-]|[.,] )[{_LETTERS}]+)*\\.?")
_DOTS = str.maketrans(dict.fromkeys("•‧∙⋅・●․", DOT))
_APOSTROPHES = str.maketrans({"’": "'", "‘": "'", "`": "'"})
_DIGIT = re.compile(r"\d")


@dataclass(frozen=True, slots=True, repr=False)
class PersonName:
    """A name in the form of the identity card."""

    name: str

    @property
    def masked(self) -> str:
        """Return the name as lists for strangers show it: the first character and stars."""
        return self.name[0] + "*" * (len(self.name) - 1)

    def __str__(self) -> str:
        return self.name

    def __repr__(self) -> str:
        return f"PersonName({self.masked})"


def clean(text: str) -> str:
    """Return the text with one kind of dot and apostrophe, and without blanks if it is Chinese."""
    name = normalize(text).translate(_APOSTROPHES)
    if _ANY_HAN.search(name):
        return name.translate(_DOTS).replace(".", DOT).replace(" ", "")
    return name


def parse(text: str) -> PersonName:
    """Read a name.

    :raises Refused: person_name.blank, .digits, .alphabet, .dot, .length
    """
    name = clean(text)
    if reason := _reason_against(name):
        raise Refused(reason)
    return PersonName(name)


def check_column(texts: Sequence[str]) -> ColumnCheck:
    """Check a column of names; accepts exactly what `parse` accepts. No `extra`."""
    return in_chunks(texts, _check_chunk)


def _check_chunk(texts: Sequence[str]) -> ColumnCheck:
    """Take names of plain Chinese characters as they are, and judge the few others one by one."""
    values = np.array(texts, dtype=f"U{WIDTH}" if any(len(text) > USUAL for text in texts) else f"U{USUAL}")
    points = points_of(values)
    ended = points == 0
    is_han = _IS_HAN[np.minimum(points, len(_IS_HAN) - 1)]
    valid = every(is_han | ended) & every(ended[:, 1:] | ~ended[:, :-1])
    valid &= ~ended[:, SHORTEST - 1] & ended[:, LONGEST:].all(axis=1)
    for row in np.flatnonzero(~valid):
        name = clean(texts[int(row)])
        values[row], valid[row] = name, _reason_against(name) is None
    return ColumnCheck(values=values, valid=valid, extra={})


def _reason_against(name: str) -> Refusal | None:
    if not name:
        return Refusal("person_name.blank", "姓名未填写，请照身份证填写。")
    quoted = name[:LONGEST]
    if found := _DIGIT.search(name):
        return Refusal("person_name.digits", f"姓名“{quoted}”含有数字“{found[0]}”，请照身份证填写。")
    pattern, allowed = (_HAN_NAME, _HAN) if _ANY_HAN.search(name) else (_LETTER_NAME, _LETTERS)
    if bad := re.search(f"[^{allowed}{DOT} .,'-]", name):
        message = f"姓名“{quoted}”含有“{bad[0]}”，请照身份证填写，备注另写。"
        return Refusal("person_name.alphabet", message)
    if not pattern.fullmatch(name):
        message = f"姓名“{quoted}”中的间隔号或标点位置不对，请照身份证填写，如“阿依古丽{DOT}买买提”。"
        return Refusal("person_name.dot", message)
    if not SHORTEST <= len(name) <= LONGEST:
        message = f"姓名“{quoted}”有{len(name)}个字，应为{SHORTEST}至{LONGEST}个字，请照身份证填写全名。"
        return Refusal("person_name.length", message)
    return None


def _han_table() -> "np.ndarray[tuple[int], np.dtype[np.bool_]]":
    table = np.zeros(_HAN_RANGES[-1][1] + 2, dtype=np.bool_)
    for first, last in _HAN_RANGES:
        table[first : last + 1] = True
    return table


_IS_HAN = _han_table()
