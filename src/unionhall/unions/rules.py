"""What may stand where in the tree: pure questions, facts in, refusals out."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from unionhall.standards.refusal import Refusal
from unionhall.unions.choices import GRASSROOTS_KINDS, LEADING_KINDS, UnionKind, UnionLevel

DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"
SEGMENT = 4
MOST_CHILDREN = len(DIGITS) ** SEGMENT

LEVEL_OF_KIND = {
    UnionKind.SINGLE: UnionLevel.GRASSROOTS,
    UnionKind.JOINT: UnionLevel.GRASSROOTS,
    UnionKind.TOWN: UnionLevel.TOWN,
    UnionKind.VILLAGE: UnionLevel.GRASSROOTS,
    UnionKind.BRANCH_UNION: UnionLevel.BRANCH,
    UnionKind.UNION_GROUP: UnionLevel.GROUP,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class StandingFacts:
    """What must be known before a union is put under a superior."""

    name: str
    kind: str
    founded_on: date | None
    on: date
    superior_kind: str
    superior_path: str
    same_name_there: bool = False
    credit_code_taken: bool = False


def segment(number: int) -> str:
    """Return the four characters of the n-th child (from 1): base 36 keeps its order in C collation."""
    text = ""
    for _ in range(SEGMENT):
        number, rest = divmod(number, len(DIGITS))
        text = DIGITS[rest] + text
    return text


def child_path(superior_path: str, number: int) -> str:
    """Return the path of the n-th union ever put under a superior."""
    return superior_path + segment(number)


def ancestor_paths(path: str) -> tuple[str, ...]:
    """Return the paths above a path, nearest first."""
    return tuple(path[:end] for end in range(len(path) - SEGMENT, 0, -SEGMENT))


def common_path(paths: Iterable[str]) -> str:
    """Return the lowest place that has all of these paths at or below it."""
    ordered = sorted(paths)
    low, high = ordered[0], ordered[-1]
    same = next((at for at, (a, b) in enumerate(zip(low, high, strict=False)) if a != b), len(low))
    return low[: same // SEGMENT * SEGMENT]


def level_below(kind: str, superior_level: int) -> UnionLevel:
    """Return the level of a union of a kind under a superior: never above the superior's own."""
    level = LEVEL_OF_KIND.get(UnionKind(kind), UnionLevel(min(superior_level + 1, UnionLevel.GRASSROOTS)))
    return UnionLevel(max(level, superior_level))


def reasons_not_to_stand_there(facts: StandingFacts) -> tuple[Refusal, ...]:
    """Return every reason why a union may not be put under its superior (domain R-O2, R-O4, R-O5)."""
    refusals: list[Refusal] = []
    if not _may_lead(facts.superior_kind, facts.kind):
        kind, superior = UnionKind(facts.kind).label, UnionKind(facts.superior_kind).label
        refusals.append(
            Refusal("unions.superior_kind", f"{superior}之下不能设{kind}，请核对上级工会。", "superior_name")
        )
    if facts.same_name_there:
        refusals.append(
            Refusal("unions.same_name", f"该上级工会之下已有「{facts.name}」，请勿重复建立。", "union_name")
        )
    if facts.credit_code_taken:
        refusals.append(
            Refusal(
                "unions.credit_code_taken",
                "该工会统一社会信用代码已被使用，请核对证书。",
                "union_credit_code",
            )
        )
    if facts.founded_on is not None and facts.founded_on > facts.on:
        refusals.append(Refusal("unions.founded_later", "建会日期晚于今天，请核对。", "founded_on"))
    return tuple(refusals)


def code_taken() -> Refusal:
    """Return the refusal of a second use of a union's credit code (one code, one union)."""
    return Refusal(
        "unions.credit_code_taken", "该工会统一社会信用代码已被使用，请核对证书。", "union_credit_code"
    )


def _may_lead(superior_kind: str, kind: str) -> bool:
    if superior_kind in LEADING_KINDS:
        return True
    return superior_kind in GRASSROOTS_KINDS and kind in {UnionKind.BRANCH_UNION, UnionKind.UNION_GROUP}
