"""A union named in a form by its full name or code."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError

from unionhall.foundation.actor import Scope
from unionhall.standards.text import name_key
from unionhall.unions import queries
from unionhall.unions.choices import UnionLevel

if TYPE_CHECKING:
    from unionhall.unions.models import Union

QUOTED = 5


def one_union(scope: Scope, text: str) -> Union:
    """Return the one union of a scope that is meant.

    :raises ValidationError: if there is none, or several (the first few are named)
    """
    found = list(queries.search(scope, text)[: QUOTED + 1])
    exact = [union for union in found if union.name_key == name_key(text)]
    if len(exact) == 1 or len(found) == 1:
        return (exact or found)[0]
    if not found:
        raise ValidationError("在您的管理范围内没有找到这个工会，请核对全称或代码。")
    names = "、".join(f"「{union.name}」" for union in found[:QUOTED])
    more = "等" if len(found) > QUOTED else ""
    raise ValidationError(f"有不止一个工会含有这些字：{names}{more}，请填写全称或代码。")


def offered(scope: Scope) -> list[str]:
    """Return the names of the leading unions of a scope, few enough for a list to choose from."""
    leading = queries.tree(scope).filter(level__lte=UnionLevel.DISTRICT)
    return list(leading.values_list("name", flat=True))
