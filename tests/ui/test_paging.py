"""Walking through a list by keys, and by number."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.contrib.sessions.models import Session

from unionhall.ui.paging import KeysetPage, keyset_page, numbered_page

KEYS = ("-expire_date", "session_key")
START = datetime(2026, 1, 1, tzinfo=UTC)


@pytest.fixture
def names(db: None) -> list[str]:
    """Keep 50 sessions, five of each day, and return their keys in the order of the list."""
    rows = [
        Session(
            session_key=f"k{number:02d}", session_data="", expire_date=START + timedelta(days=number % 10)
        )
        for number in range(50)
    ]
    Session.objects.bulk_create(rows)
    return [
        row.session_key
        for row in sorted(rows, key=lambda row: (-row.expire_date.timestamp(), row.session_key))
    ]


def read(**query: str) -> KeysetPage[Session]:
    return keyset_page(Session.objects.all(), keys=KEYS, query={"size": "20", **query}, total=50)


def keys_of(page: KeysetPage[Session]) -> list[str]:
    return [row.session_key for row in page.items]


def test_walking_on_and_back_shows_every_row_once(names: list[str]) -> None:
    first = read()
    second = read(after=first.next_cursor)
    third = read(after=second.next_cursor)
    back = read(before=third.previous_cursor)
    assert keys_of(first) + keys_of(second) + keys_of(third) == names
    assert keys_of(back) == keys_of(second)
    assert (first.previous_cursor, third.next_cursor) == ("", "")


def test_going_back_to_the_beginning_offers_no_way_further_back(names: list[str]) -> None:
    second = read(after=read().next_cursor)
    first = read(before=second.previous_cursor)
    assert keys_of(first) == names[:20]
    assert first.previous_cursor == ""
    assert keys_of(read(after=first.next_cursor)) == names[20:40]


def test_a_mark_that_is_not_ours_shows_the_beginning(names: list[str]) -> None:
    other_order = keyset_page(Session.objects.all(), keys=("pk",), query={"size": "20"}, total=50).next_cursor
    assert (
        keys_of(read(after="x"))
        == keys_of(read(after=other_order))
        == keys_of(read(before="x"))
        == names[:20]
    )


def test_only_sizes_on_offer_are_given(names: list[str]) -> None:
    assert [read(size=asked).size for asked in ("100", "7", "-1", "many")] == [100, 50, 50, 50]


@pytest.mark.parametrize(("asked", "number"), [("", 1), ("2", 2), ("99", 3), ("x", 1)])
def test_pages_by_number_stay_within_the_list(asked: str, number: int) -> None:
    page = numbered_page(list(range(45)), query={"page": asked, "size": "20"})
    assert (page.number, page.pages, page.total, page.items[0]) == (number, 3, 45, 20 * (number - 1))
