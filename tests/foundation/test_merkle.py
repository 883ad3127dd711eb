"""One digest stands for many, in their order."""

from __future__ import annotations

import hashlib

from hypothesis import given
from hypothesis import strategies as st

from unionhall.foundation.merkle import root

leaves = st.lists(st.binary(max_size=8), max_size=20)


def leaf(content: bytes) -> bytes:
    return hashlib.sha256(b"\x00" + content).digest()


def node(left: bytes, right: bytes) -> bytes:
    return hashlib.sha256(b"\x01" + left + right).digest()


def test_the_root_of_three_leaves_is_built_as_written() -> None:
    a, b, c = (leaf(text) for text in (b"a", b"b", b"c"))

    assert root([b"a", b"b", b"c"]) == node(node(a, b), c)


def test_nothing_has_a_root_too() -> None:
    assert root([]) == hashlib.sha256(b"").digest()


@given(first=leaves, second=leaves)
def test_two_lists_share_a_root_only_if_they_are_the_same(first: list[bytes], second: list[bytes]) -> None:
    assert (root(first) == root(second)) == (first == second)
