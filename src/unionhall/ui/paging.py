"""Pages of lists: by keys for long lists (as fast on page 10,000 as on page 1), by number for short ones.

A page is rendered by `{% pager page %}`, which keeps the rest of the query string.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Generic, TypeVar

from django.core import signing
from django.core.paginator import Paginator
from django.db.models import Model, Q, QuerySet

SIZES = (20, 50, 100, 200)
SIZE = 50
SALT = "unionhall.ui.paging"
AFTER, BEFORE, NUMBER, PER_PAGE = "after", "before", "page", "size"
# What belongs to a page and not to the list: dropped when a filter or the page size changes.
PLACE = (AFTER, BEFORE, NUMBER)

Item = TypeVar("Item")
Shown = TypeVar("Shown")
Row = TypeVar("Row", bound=Model)


@dataclass(frozen=True, slots=True, kw_only=True)
class KeysetPage(Generic[Item]):
    """Some rows in order, and the marks from which the rows after and before them are read."""

    items: Sequence[Item]
    total: int
    size: int = SIZE
    next_cursor: str = ""
    previous_cursor: str = ""

    def showing(self, items: Sequence[Shown]) -> KeysetPage[Shown]:
        """Return the same place in the list with other items: the lines that show its rows."""
        return KeysetPage(
            items=items,
            total=self.total,
            size=self.size,
            next_cursor=self.next_cursor,
            previous_cursor=self.previous_cursor,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class NumberedPage(Generic[Item]):
    """One page of a list whose pages are counted from 1."""

    items: Sequence[Item]
    total: int
    number: int
    pages: int
    size: int = SIZE


def size_of(query: Mapping[str, str]) -> int:
    """Return the page size asked for, if it is one of those offered."""
    asked = query.get(PER_PAGE, "")
    return int(asked) if asked.isdecimal() and int(asked) in SIZES else SIZE


def keyset_page(
    rows: QuerySet[Row, Any], *, keys: Sequence[str], query: Mapping[str, str], total: int
) -> KeysetPage[Row]:
    """Return the rows after (or before) the mark in the query string, in the order of `keys`.

    `keys` are fields of the row that are never null, a minus for descending; together they must be unique, so
    the last one is the primary key. A mark that was tampered with, or of another order, shows the beginning.
    """
    size = size_of(query)
    backwards = bool(query.get(BEFORE))
    mark = _read_mark(query.get(BEFORE) or query.get(AFTER) or "", keys)
    order = tuple(_turned(key) for key in keys) if backwards and mark else tuple(keys)
    found = rows.order_by(*order)
    if mark:
        found = found.filter(_beyond(order, mark))
    taken = list(found[: size + 1])
    more = len(taken) > size
    items = taken[:size]
    if backwards and mark:
        items.reverse()
    has_next, has_previous = (True, more) if backwards and mark else (more, bool(mark))
    return KeysetPage(
        items=items,
        total=total,
        size=size,
        next_cursor=_mark_of(items[-1], keys) if items and has_next else "",
        previous_cursor=_mark_of(items[0], keys) if items and has_previous else "",
    )


def numbered_page(
    items: Sequence[Item] | QuerySet[Any, Item], *, query: Mapping[str, str]
) -> NumberedPage[Item]:
    """Return the page of a short list that the query string asks for; out of range shows the nearest."""
    size = size_of(query)
    paginator = Paginator(items, size)
    page = paginator.get_page(query.get(NUMBER))
    return NumberedPage(
        items=list(page.object_list),
        total=paginator.count,
        number=page.number,
        pages=paginator.num_pages,
        size=size,
    )


def _turned(key: str) -> str:
    return key[1:] if key.startswith("-") else f"-{key}"


def _beyond(keys: Sequence[str], values: Sequence[Any]) -> Q:
    """Return the condition of standing behind the values in the order of the keys."""
    condition, equal = Q(), Q()
    for key, value in zip(keys, values, strict=True):
        field = key.lstrip("-")
        step = "lt" if key.startswith("-") else "gt"
        condition |= equal & Q(**{f"{field}__{step}": value})
        equal &= Q(**{field: value})
    return condition


def _mark_of(row: Model, keys: Sequence[str]) -> str:
    values = [_value(row, key.lstrip("-")) for key in keys]
    plain = [value.isoformat() if isinstance(value, date) else value for value in values]
    return signing.dumps([list(keys), plain], salt=SALT, compress=True)


def _value(row: Model, path: str) -> Any:
    value: Any = row
    for name in path.split("__"):
        value = getattr(value, name)
    return value


def _read_mark(mark: str, keys: Sequence[str]) -> list[Any]:
    try:
        marked_keys, values = signing.loads(mark, salt=SALT)
    except signing.BadSignature:
        return []
    return list(values) if marked_keys == list(keys) else []
