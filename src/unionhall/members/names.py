"""How names are found: overlapping pairs of characters, answered by a GIN index without any extension."""

from __future__ import annotations


def grams(name: str) -> list[str]:
    """Return the single characters and neighboring pairs of a name, once each, sorted by code point.

    The bulk writer does the same in SQL (`actions.bulk`); a test shows that both agree.
    """
    return sorted({*name, *(name[at : at + 2] for at in range(len(name) - 1))})


def wanted(text: str) -> list[str]:
    """Return the grams a name must hold to contain a text: its pairs, or its one character."""
    return [text] if len(text) == 1 else [text[at : at + 2] for at in range(len(text) - 1)]
