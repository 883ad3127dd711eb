"""What each check character promises, shown by trying every error rather than by trusting the algebra."""

from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from unionhall.standards.checksums import CREDIT, DIGITS, LETTERS, ORGANIZATION, RESIDENT, CheckScheme

#: Characters the organization code cannot tell apart: their values are equal modulo 11.
ALIKE = tuple("".join((DIGITS + LETTERS)[value::11]) for value in range(11))


def numbers(scheme: CheckScheme, alphabet: str | None = None) -> st.SearchStrategy[str]:
    length = len(scheme.weights)
    body = st.text(alphabet or scheme.alphabet, min_size=length, max_size=length)
    return body.map(lambda text: text + scheme.character(text))


def is_right(scheme: CheckScheme, number: str) -> bool:
    body = number[:-1]
    return all(char in scheme.alphabet for char in body) and scheme.character(body) == number[-1]


def substitutions(scheme: CheckScheme, number: str) -> Iterator[tuple[str, str, str, int]]:
    for place, old in enumerate(number):
        last = place == len(number) - 1
        for new in sorted(set(scheme.characters if last else scheme.alphabet) - {old}):
            yield number[:place] + new + number[place + 1 :], old, new, place


def swaps(number: str) -> Iterator[tuple[str, str, str, int]]:
    for place in range(len(number) - 1):
        one, other = number[place], number[place + 1]
        if one != other:
            yield number[:place] + other + one + number[place + 2 :], one, other, place


@pytest.mark.parametrize("scheme", [RESIDENT, CREDIT], ids=["resident", "credit"])
@given(data=st.data())
def test_resident_and_credit_catch_every_wrong_character(scheme: CheckScheme, data: st.DataObject) -> None:
    number = data.draw(numbers(scheme))

    assert is_right(scheme, number)
    assert [wrong for wrong, *_ in substitutions(scheme, number) if is_right(scheme, wrong)] == []


@pytest.mark.parametrize("scheme", [RESIDENT, CREDIT], ids=["resident", "credit"])
@given(data=st.data())
def test_resident_and_credit_catch_every_swap_of_neighbors(scheme: CheckScheme, data: st.DataObject) -> None:
    number = data.draw(numbers(scheme))

    assert [wrong for wrong, *_ in swaps(number) if is_right(scheme, wrong)] == []


@given(numbers(ORGANIZATION, DIGITS))
def test_organization_code_of_digits_catches_what_keeps_to_digits(number: str) -> None:
    missed = [
        wrong
        for wrong, _, new, _ in substitutions(ORGANIZATION, number)
        if new in DIGITS and is_right(ORGANIZATION, wrong)
    ]
    swapped = [
        wrong
        for wrong, one, other, _ in swaps(number)
        if "X" not in (one, other) and is_right(ORGANIZATION, wrong)
    ]

    assert missed == swapped == []


@given(numbers(ORGANIZATION))
def test_organization_code_misses_exactly_the_alike_substitutions(number: str) -> None:
    for wrong, old, new, place in substitutions(ORGANIZATION, number):
        alike = place < 8 and any(old in group and new in group for group in ALIKE)
        assert is_right(ORGANIZATION, wrong) == alike


@given(numbers(ORGANIZATION))
def test_organization_code_misses_exactly_the_alike_swaps_and_one_x_at_the_end(number: str) -> None:
    for wrong, one, other, place in swaps(number):
        alike = place < 7 and any(one in group and other in group for group in ALIKE)
        at_the_end = place == 7 and {one, other} == {"1", "X"}
        assert is_right(ORGANIZATION, wrong) == (alike or at_the_end)


def test_organization_code_cannot_tell_one_x_from_x_one() -> None:
    bodies = [body for body in map("{:07d}".format, range(11)) if is_right(ORGANIZATION, body + "1X")]

    assert bodies
    assert all(is_right(ORGANIZATION, body + "X1") for body in bodies)


def test_alike_characters_are_those_the_documentation_names() -> None:
    assert ALIKE == ("0BMX", "1CNY", "2DOZ", "3EP", "4FQ", "5GR", "6HS", "7IT", "8JU", "9KV", "ALW")
