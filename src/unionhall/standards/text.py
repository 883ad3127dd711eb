"""Text as people type it, brought to one form before it is judged.

Full-width forms, invisible characters and stray blanks come from input methods, web pages and Excel; they
are nobody's intention and are removed silently. Everything else is left for the parsers to judge.
"""

import unicodedata

#: Unicode categories of what cannot be seen: control, format (zero width, BOM), surrogate.
INVISIBLE = frozenset({"Cc", "Cf", "Cs"})
_TO_UPPER = {ord(lower): ord(lower) - 32 for lower in "abcdefghijklmnopqrstuvwxyz"}


def normalize(text: str) -> str:
    """Return the text in NFKC, without invisible characters, trimmed, every run of blanks one space.

    Line breaks, tabs, no-break and ideographic spaces count as blanks. Idempotent; never refuses.
    """
    if not (text.isascii() and text.isprintable()):
        text = unicodedata.normalize("NFKC", _visible(text))
    return " ".join(text.split())


def squeeze(text: str) -> str:
    """Return the normalized text without any blank, as labels and numbers are compared."""
    # Composed again: a blank may have parted a letter from its accent.
    return unicodedata.normalize("NFKC", normalize(text).replace(" ", ""))


def name_key(text: str) -> str:
    """Return what two spellings of one name have in common: width of brackets, blanks and case do not count.

    >>> name_key("海口（示范） 机械有限公司") == name_key("海口(示范)机械有限公司")
    True
    """
    return squeeze(text).casefold()


def upper(text: str) -> str:
    """Return the text with a-z raised to A-Z and nothing else touched (no ß to SS)."""
    return text.translate(_TO_UPPER)


def mask(text: str, *, head: int = 6, tail: int = 4) -> str:
    """Return the text with all but its first `head` and last `tail` characters as stars.

    A text too short to hide at least half of what it has keeps only its first character.
    """
    hidden = len(text) - head - tail
    if hidden < 2:
        return text[:1] + "*" * max(len(text) - 1, 0)
    return text[:head] + "*" * hidden + text[len(text) - tail :]


def _visible(text: str) -> str:
    """Turn every kind of blank into a space and drop what cannot be seen."""
    return "".join(
        " " if char.isspace() else char
        for char in text
        if char.isspace() or unicodedata.category(char) not in INVISIBLE
    )
