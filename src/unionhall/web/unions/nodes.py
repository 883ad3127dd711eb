"""The tree as `partials/tree.html` draws it: opened along one line, the rest fetched when it is opened."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from django.urls import reverse

from unionhall.foundation.actor import Actor
from unionhall.unions import queries

if TYPE_CHECKING:
    from unionhall.unions.models import Union


@dataclass(frozen=True, slots=True, kw_only=True)
class Node:
    """One union in the tree; `lazy_url` answers with what stands below it."""

    name: str
    url: str
    is_current: bool = False
    is_open: bool = False
    lazy_url: str = ""
    note: str = ""
    count: int | None = None
    children: Sequence[Node] = ()


def opened_to(actor: Actor, root: Union, chosen: Union) -> Node:
    """Return the tree below a root, opened down to a union and what stands directly below that."""
    below = queries.children(actor.scope, root.path)
    children = [
        opened_to(actor, child, chosen) if chosen.path.startswith(child.path) else _closed(child)
        for child in below
    ]
    return Node(
        name=root.name, url=address(root), is_current=root.pk == chosen.pk, is_open=True, children=children
    )


def below(actor: Actor, union: Union) -> list[Node]:
    """Return the unions directly below one, closed."""
    return [_closed(child) for child in queries.children(actor.scope, union.path)]


def address(union: Union) -> str:
    """Return the address of the tree with a union chosen."""
    return f"{reverse('union-tree')}?{urlencode({'at': union.pk})}"


def _closed(child: Union) -> Node:
    lazy_url = reverse("union-branch", args=[child.pk]) if getattr(child, "has_children", False) else ""
    return Node(name=child.name, url=address(child), lazy_url=lazy_url)
