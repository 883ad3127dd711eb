"""The label a person probably meant: by edit distance, never applied by itself."""

from collections.abc import Iterable

#: Among more equally near labels than this a suggestion would be a guess.
MOST_TIES = 3
LONGEST = 40


def distance(one: str, other: str) -> int:
    """Return how many characters must be inserted, dropped or replaced to turn one text into the other."""
    previous = list(range(len(other) + 1))
    for row, left in enumerate(one, start=1):
        current = [row]
        for column, right in enumerate(other, start=1):
            substituted = previous[column - 1] + (left != right)
            current.append(min(substituted, previous[column] + 1, current[-1] + 1))
        previous = current
    return previous[-1]


def nearest(text: str, candidates: Iterable[str]) -> str:
    """Return the candidate nearest to the text, "" when none is near or too many are equally near.

    A candidate that holds the text, or that the text holds, is nearest of all; several make it ambiguous.
    Else near means that at most half of the longer text differs; among a few equally near the first wins, as
    tables list the frequent ones first.
    """
    if not text or len(text) > LONGEST:
        return ""
    candidates = list(candidates)
    holding = [candidate for candidate in candidates if text in candidate or _holds(text, candidate)]
    if holding:
        return holding[0] if len(holding) == 1 else ""
    ranked = [(distance(text, candidate), candidate) for candidate in candidates]
    near = [pair for pair in ranked if pair[0] <= max(len(text), len(pair[1])) // 2]
    if not near:
        return ""
    least = min(length for length, _ in near)
    best = [candidate for length, candidate in near if length == least]
    return best[0] if len(best) <= MOST_TIES else ""


def _holds(text: str, candidate: str) -> bool:
    return len(candidate) > 1 and candidate in text
