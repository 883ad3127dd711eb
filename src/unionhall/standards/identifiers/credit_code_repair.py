"""The credit code a person probably meant: letters the alphabet lacks, and one look-alike character.

A repair is offered only when it is the only one; it is never applied by itself.
"""

from collections.abc import Callable, Iterator

from unionhall.standards.identifiers import organization_code

#: Letters the alphabet leaves out because they look like what stands here.
_MISSING = str.maketrans({"O": "0", "I": "1", "Z": "2", "S": "5", "V": "U"})
#: Groups of characters taken for each other on paper; hardly a digit for a digit, or a wrong district would
#: too often look like the repair.
_ALIKE = ("0DQ", "17LT", "8B", "6G", "CG", "4A", "UW", "MN", "HN", "EF", "KX", "PR")


def repairs(code: str, *, is_right: Callable[[str], bool]) -> str:
    """Return the single right code that a plausible repair leads to, "" if there is none or more than one.

    A repaired code must also pass the check of the organization code inside: one candidate in thirty-one
    passes the outer check by chance, hardly any passes both.
    """
    repaired = code.translate(_MISSING)
    if is_right(repaired):
        return repaired
    found = {
        candidate
        for candidate in _one_character_off(repaired)
        if is_right(candidate) and organization_code.is_right(candidate[8:17])
    }
    return found.pop() if len(found) == 1 else ""


def _one_character_off(code: str) -> Iterator[str]:
    for place, char in enumerate(code):
        for other in _taken_for(char):
            yield code[:place] + other + code[place + 1 :]


def _taken_for(char: str) -> set[str]:
    return {other for group in _ALIKE if char in group for other in group} - {char}
