"""Free text as it is kept: invisible characters gone, blanks collapsed, everything else as it was typed.

Full-width brackets belong to Chinese names, so text is not brought to NFKC here as numbers and labels are.
"""

import re

_WORD = re.compile(r"\w")


def tidy(text: str) -> str:
    """Return the text for keeping; "" if it holds no letter and no digit, as a lone dash or slash."""
    if not text.isprintable() or "  " in text:
        text = " ".join("".join(_shown(char) for char in text).split())
    text = text.strip()
    return text if _WORD.search(text) else ""


def _shown(char: str) -> str:
    if char.isspace():
        return " "
    return char if char.isprintable() else ""
