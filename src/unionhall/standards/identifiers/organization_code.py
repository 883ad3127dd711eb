"""Organization code (组织机构代码, GB 11714-1997): eight characters and a check character.

Replaced by the credit code in 2015, whose places 9 to 17 still carry it; old lists use it. What its check
character cannot catch stands in `checksums`.

>>> parse("d2143569-x").written
'D2143569-X'
"""

from collections.abc import Sequence
from dataclasses import dataclass

from unionhall.standards.checksums import DIGITS, LETTERS, ORGANIZATION
from unionhall.standards.column import (
    ColumnCheck,
    clean_column,
    every,
    in_chunks,
    members_of,
    narrow,
    points_of,
)
from unionhall.standards.refusal import Refusal, Refused
from unionhall.standards.text import squeeze, upper

LENGTH = 9
WIDTH = 11
_PLAIN = members_of(DIGITS + LETTERS)


@dataclass(frozen=True, slots=True)
class OrganizationCode:
    """An organization code that is right in itself."""

    code: str

    @property
    def written(self) -> str:
        """Return the code as certificates print it, with a hyphen before the check character."""
        return f"{self.code[:-1]}-{self.code[-1]}"

    def __str__(self) -> str:
        return self.written


def clean(text: str) -> str:
    """Return the text without blanks and hyphens, in upper case."""
    return upper(squeeze(text)).replace("-", "")


def is_right(code: str) -> bool:
    """Say whether nine characters are an organization code."""
    body = code[:-1]
    return all(char in ORGANIZATION.alphabet for char in body) and ORGANIZATION.character(body) == code[-1]


def parse(text: str) -> OrganizationCode:
    """Read a code as people type it.

    :raises Refused: organization_code.blank, .length, .alphabet, .check
    """
    code = clean(text)
    if not code:
        raise _refused("blank", "组织机构代码未填写，请照组织机构代码证填写。")
    if len(code) != LENGTH:
        raise _refused(
            "length",
            f"组织机构代码“{code[:20]}”有{len(code)}位，应为{LENGTH}位，请照组织机构代码证核对后重填。",
        )
    for place, char in enumerate(code, start=1):
        if char not in ORGANIZATION.alphabet:
            message = f"组织机构代码“{code}”第{place}位“{char}”不是数字或大写字母，请照组织机构代码证改正。"
            raise _refused("alphabet", message)
    if not is_right(code):
        raise _refused("check", f"组织机构代码“{code}”的校验码不符，请照组织机构代码证逐位核对。")
    return OrganizationCode(code)


def check_column(texts: Sequence[str]) -> ColumnCheck:
    """Check a column of codes; accepts exactly what `parse` accepts. No `extra`."""
    return in_chunks(texts, _check_chunk)


def _check_chunk(texts: Sequence[str]) -> ColumnCheck:
    values = clean_column(texts, width=WIDTH, plain=_PLAIN, clean=clean)
    codes = narrow(points_of(values))
    body = ORGANIZATION.values(codes[:, : LENGTH - 1])
    valid = every(body >= 0) & every(codes[:, LENGTH:] == 0)
    valid &= ORGANIZATION.check_codes(body) == codes[:, LENGTH - 1]
    return ColumnCheck(values=values, valid=valid, extra={})


def _refused(kind: str, message: str) -> Refused:
    return Refused(Refusal(f"organization_code.{kind}", message))
