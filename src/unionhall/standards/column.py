"""A whole column of texts judged at once: the result, and how text becomes a matrix of code points.

Text is copied into a fixed-width unicode array and viewed as unsigned 32-bit code points, one row per text,
so that alphabets, weights and dates are arithmetic on columns. Only texts that are not plain already are
cleaned one by one. Work goes in chunks, so that memory stays bounded however long the column is.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray

from unionhall.standards.refusal import Refused

CHUNK = 1 << 14
V = TypeVar("V")


@dataclass(frozen=True, slots=True, eq=False)
class ColumnCheck:
    """What a column holds: one element per text in every array.

    `values` are canonical texts where `valid`, "" where blank, else the cleaned text (cut when it is far too
    long); `valid` is False for blanks; `extra` holds facts read from the text, meaningless where not valid.
    """

    values: NDArray[np.str_]
    valid: NDArray[np.bool_]
    extra: dict[str, NDArray[Any]]


def points_of(values: NDArray[np.str_]) -> NDArray[np.uint32]:
    """View a fixed-width text array as a matrix of code points, 0 behind the end of each text."""
    width = values.dtype.itemsize // 4
    return values.view(np.uint32).reshape(len(values), width)


def texts_of(points: NDArray[np.uint32]) -> NDArray[np.str_]:
    """View a matrix of code points as texts again."""
    rows, width = points.shape
    return np.ascontiguousarray(points).view(f"U{width}").reshape(rows)


def members_of(alphabet: str, *, size: int = 128) -> NDArray[np.bool_]:
    """Return a table that says for every code point below `size` whether it is in the alphabet."""
    table = np.zeros(size, dtype=np.bool_)
    table[[ord(char) for char in alphabet]] = True
    return table


def narrow(points: NDArray[np.uint32]) -> NDArray[np.uint8]:
    """Return the code points in a byte each, everything beyond ASCII as 127, which is in no alphabet."""
    return np.minimum(points, 127).astype(np.uint8)


def every(flags: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Say for each row of a narrow matrix whether all its flags are set; turned first, which is faster."""
    rows: NDArray[np.bool_] = np.logical_and.reduce(np.ascontiguousarray(flags.T), axis=0)
    return rows


def clean_column(
    texts: Sequence[str], *, width: int, plain: NDArray[np.bool_], clean: Callable[[str], str]
) -> NDArray[np.str_]:
    """Return the texts as an array of `width` characters, cleaned where they are not plain.

    `width` must exceed the longest valid length, so that a text cut here stays too long. `plain` tells which
    ASCII code points `clean` leaves as they are.
    """
    values = np.array(texts, dtype=f"U{width}")
    codes = narrow(points_of(values))
    ended = codes == 0
    # A zero before the end is a character of the text itself, and not plain.
    odd = ~every(plain[codes] | ended) | ~every(ended[:, 1:] | ~ended[:, :-1])
    for row in np.flatnonzero(odd):
        values[row] = clean(texts[int(row)])
    return values


def in_chunks(texts: Sequence[str], check: Callable[[Sequence[str]], ColumnCheck]) -> ColumnCheck:
    """Check a column chunk by chunk and join the results."""
    if len(texts) <= CHUNK:
        return check(texts)
    parts = [check(texts[start : start + CHUNK]) for start in range(0, len(texts), CHUNK)]
    return ColumnCheck(
        values=np.concatenate([part.values for part in parts]),
        valid=np.concatenate([part.valid for part in parts]),
        extra={key: np.concatenate([part.extra[key] for part in parts]) for key in parts[0].extra},
    )


def check_distinct(
    texts: Sequence[str],
    *,
    parse: Callable[[str], V],
    canonical: Callable[[V], str],
    clean: Callable[[str], str],
    width: int,
    facts: Callable[[list[V | None]], dict[str, NDArray[Any]]] | None = None,
) -> ColumnCheck:
    """Judge every distinct text once with the parser of single values and spread the answers over the rows.

    For columns with few distinct values (dates, landlines) and for documents that are rare in sheets. `facts`
    makes the `extra` arrays from the parsed values, None where refused.
    """
    places = {text: place for place, text in enumerate(dict.fromkeys(texts))}
    rows = np.fromiter(map(places.__getitem__, texts), dtype=np.intp, count=len(texts))
    found = [_parsed(parse, text) for text in places]
    shown = [
        clean(text) if value is None else canonical(value) for text, value in zip(places, found, strict=True)
    ]
    return ColumnCheck(
        values=np.array(shown, dtype=f"U{width}")[rows],
        valid=np.array([value is not None for value in found], dtype=np.bool_)[rows],
        extra={key: fact[rows] for key, fact in (facts(found) if facts else {}).items()},
    )


def _parsed(parse: Callable[[str], V], text: str) -> V | None:
    try:
        return parse(text)
    except Refused:
        return None
