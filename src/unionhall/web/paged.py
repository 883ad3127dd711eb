"""A page of records as a page of the lines that show them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, TypeVar

from unionhall.ui.paging import KeysetPage

Line = TypeVar("Line")


def shown_as(page: KeysetPage[Any], lines: Sequence[Line]) -> KeysetPage[Line]:
    """Return the same place in the list with other items."""
    return KeysetPage(
        items=lines,
        total=page.total,
        size=page.size,
        next_cursor=page.next_cursor,
        previous_cursor=page.previous_cursor,
    )
