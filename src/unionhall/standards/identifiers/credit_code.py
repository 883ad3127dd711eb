"""Unified social credit code (法人和其他组织统一社会信用代码, GB 32100-2015).

Eighteen characters: registering department and category (a pair), area of the registrar, organization code of
nine, check character. The area is the registrar's, not where the body sits now. Two things are only advice:
an area not in the list, and an organization code inside that fails its own check, as some early codes do.

>>> parse("8146 0100 0000 0001 9a").category
'81'
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from unionhall.standards import codes
from unionhall.standards.checksums import CREDIT, DIGITS, LETTERS, ORGANIZATION
from unionhall.standards.column import (
    ColumnCheck,
    clean_column,
    every,
    in_chunks,
    members_of,
    narrow,
    points_of,
)
from unionhall.standards.divisions import are_known_areas, is_known_area
from unionhall.standards.identifiers import organization_code
from unionhall.standards.identifiers.credit_code_repair import repairs
from unionhall.standards.refusal import Refusal, Refused
from unionhall.standards.text import squeeze, upper

LENGTH = 18
WIDTH = 20
#: Registrars of the whole country; an area of the standard, not of GB/T 2260.
NATIONAL = "100000"
UNION_WITH_LEGAL_PERSON_STATUS = "81"
OTHER_UNION_BODY = "89"
_CATEGORIES = frozenset(codes.table("uscc_category").codes)
_PLAIN = members_of(DIGITS + LETTERS)
_NOUN = "统一社会信用代码"
_AS_TYPED = "请照证照逐位核对"
_NOT_ALLOWED = "不在允许的字符内（数字及除I、O、S、V、Z外的大写字母）"
_DESTROYED = (
    "被 Excel 当作数值保存，末尾几位已丢失且无法恢复，"
    "请先把该列单元格格式设为“文本”，再照证照重新录入整个代码。"
)


@dataclass(frozen=True, slots=True)
class CreditCode:
    """A credit code that is right in itself."""

    code: str

    @property
    def category(self) -> str:
        """Return the pair of registering department and category, as 91 for enterprises."""
        return self.code[:2]

    @property
    def category_label(self) -> str:
        """Return what kind of body the pair stands for."""
        return codes.table("uscc_category").label(self.category)

    @property
    def is_union(self) -> bool:
        """Say whether the code was given by the unions (department 8)."""
        return self.category in (UNION_WITH_LEGAL_PERSON_STATUS, OTHER_UNION_BODY)

    @property
    def division_code(self) -> str:
        """Return the area of the registrar."""
        return self.code[2:8]

    @property
    def division_known(self) -> bool:
        """Say whether that area is or ever was a division; False is a warning."""
        return self.division_code == NATIONAL or is_known_area(self.division_code)

    @property
    def organization_code(self) -> str:
        """Return places 9 to 17."""
        return self.code[8:17]

    @property
    def organization_code_right(self) -> bool:
        """Say whether those pass the check of GB 11714; False is advice only."""
        return organization_code.is_right(self.organization_code)

    def __str__(self) -> str:
        return self.code


def clean(text: str) -> str:
    """Return the text without blanks, hyphens and Excel's leading apostrophe, in upper case."""
    return upper(squeeze(text)).lstrip("'‘’`").replace("-", "")


def parse(text: str) -> CreditCode:
    """Read a code as people type it.

    :raises Refused: credit_code.blank, .excel, .length, .alphabet, .category, .division, .check; the last two
        and the alphabet with a suggestion when exactly one plausible repair gives a right code
    """
    code = clean(text)
    if not code:
        raise _refused("blank", "未填写，请照证照填写。")
    if _is_destroyed(code):
        raise _refused("excel", _DESTROYED)
    if len(code) != LENGTH:
        raise _refused("length", f"“{code[:24]}”有{len(code)}位，应为{LENGTH}位，{_AS_TYPED}。")
    if reason := _reason_against(code):
        kind, message = reason
        found = repairs(code, is_right=lambda candidate: _reason_against(candidate) is None)
        raise _refused(kind, message, suggestion=found)
    return CreditCode(code)


def check_column(texts: Sequence[str]) -> ColumnCheck:
    """Check a column of codes; accepts exactly what `parse` accepts.

    `extra`: division_known, organization_code_right (bool), both advice only.
    """
    return in_chunks(texts, _check_chunk)


def _check_chunk(texts: Sequence[str]) -> ColumnCheck:
    values = clean_column(texts, width=WIDTH, plain=_PLAIN, clean=clean)
    typed = narrow(points_of(values))
    body = CREDIT.values(typed[:, : LENGTH - 1])
    valid = every(body >= 0) & every(typed[:, LENGTH:] == 0) & every(body[:, 2:8] < len(DIGITS))
    valid &= CREDIT.check_codes(body) == typed[:, LENGTH - 1]
    valid &= _PAIRS[typed[:, 0], typed[:, 1]]
    inner = ORGANIZATION.values(typed[:, 8:16])
    inner_right = ORGANIZATION.check_codes(inner) == typed[:, 16]
    return ColumnCheck(
        values=values,
        valid=valid,
        extra={
            "division_known": valid & _known_divisions(body[:, 2:8]),
            "organization_code_right": valid & inner_right,
        },
    )


def _reason_against(code: str) -> tuple[str, str] | None:
    """Return kind and sentence of the first reason against eighteen characters, None if there is none."""
    for place, char in enumerate(code, start=1):
        if char not in CREDIT.alphabet:
            return "alphabet", f"“{code}”第{place}位“{char}”{_NOT_ALLOWED}，{_AS_TYPED}。"
    if code[:2] not in _CATEGORIES:
        return "category", f"“{code}”前两位“{code[:2]}”不是已有的登记管理部门和机构类别代码，{_AS_TYPED}。"
    if not all(char in DIGITS for char in code[2:8]):
        return "division", f"“{code}”第3至8位“{code[2:8]}”应为六位数字的行政区划码，{_AS_TYPED}。"
    if CREDIT.character(code[:-1]) != code[-1]:
        return "check", f"“{code}”的校验码不符，其中有字符写错，{_AS_TYPED}。"
    return None


def _is_destroyed(code: str) -> bool:
    """Say whether Excel has made a float of the code: scientific notation, or three zeros and a fault."""
    mantissa, _, exponent = code.partition("E")
    if "." in code or "+" in code:
        return mantissa.replace(".", "").isdigit() and (
            exponent.lstrip("+").isdigit() or len(mantissa) > LENGTH
        )
    digits = len(code) == LENGTH and all(char in DIGITS for char in code)
    return digits and code.endswith("000") and _reason_against(code) is not None


def _known_divisions(digits: NDArray[np.int8]) -> NDArray[np.bool_]:
    powers = np.array([1e5, 1e4, 1e3, 1e2, 1e1, 1], dtype=np.float32)
    areas = (digits.astype(np.float32) @ powers).astype(np.int32)
    known: NDArray[np.bool_] = are_known_areas(areas) | (areas == int(NATIONAL))
    return known


def _pairs() -> NDArray[np.bool_]:
    table = np.zeros((128, 128), dtype=np.bool_)
    for pair in _CATEGORIES:
        table[ord(pair[0]), ord(pair[1])] = True
    return table


_PAIRS = _pairs()


def _refused(kind: str, message: str, *, suggestion: str = "") -> Refused:
    return Refused(Refusal(f"credit_code.{kind}", _NOUN + message, "", suggestion))
