"""Find the union that an operator names: by its full name, or by its path in the tree."""

from __future__ import annotations

import difflib
import re
from typing import TYPE_CHECKING

from unionhall.foundation.actor import Scope
from unionhall.standards.refusal import Refusal, Refused
from unionhall.standards.text import name_key
from unionhall.unions import queries as unions
from unionhall.unions.rules import SEGMENT

if TYPE_CHECKING:
    from unionhall.unions.models import Union

PATH = re.compile(rf"([0-9a-z]{{{SEGMENT}}})+")
SHOWN = 5
CLOSENESS = 0.5
SEARCHED = 5000


def union_named(scope: Scope, text: str) -> Union:
    """Return the one standing union of a scope with this name, or at this path.

    :raises Refused: if there is none (with the nearest name), or several of that name
    """
    if PATH.fullmatch(text) and (at_path := unions.find_by_path(scope, text)):
        return at_path
    found = list(unions.tree(scope).filter(name_key=name_key(text))[: SHOWN + 1])
    if len(found) > 1:
        paths = "、".join(f"{union.path}" for union in found[:SHOWN])
        message = f"有多个工会叫「{text}」，请改用它在组织树中的位置：{paths}。"
        raise Refused(Refusal("cli.union_ambiguous", message))
    if not found:
        message = f"没有找到工会「{text}」，请填写工会全称。"
        raise Refused(Refusal("cli.no_union", message, suggestion=_nearest(scope, text)))
    return found[0]


def _nearest(scope: Scope, text: str) -> str:
    names = list(unions.tree(scope).values_list("name", flat=True)[:SEARCHED])
    return next(iter(difflib.get_close_matches(text, names, n=1, cutoff=CLOSENESS)), "")
