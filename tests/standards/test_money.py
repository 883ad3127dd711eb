"""Amounts in fen, written and in words."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from unionhall.standards.money import LARGEST_FEN, in_words, parse_yuan, yuan
from unionhall.standards.refusal import Refused


@pytest.mark.parametrize(
    ("fen", "written", "grouped", "words"),
    [
        (0, "0.00", "0.00", "零元整"),
        (5, "0.05", "0.05", "伍分"),
        (50, "0.50", "0.50", "伍角整"),
        (700, "7.00", "7.00", "柒元整"),
        (701, "7.01", "7.01", "柒元零壹分"),
        (1000, "10.00", "10.00", "壹拾元整"),
        (140950, "1409.50", "1,409.50", "壹仟肆佰零玖元伍角整"),
        (600714, "6007.14", "6,007.14", "陆仟零柒元壹角肆分"),
        (168032, "1680.32", "1,680.32", "壹仟陆佰捌拾元叁角贰分"),
        (1640902, "16409.02", "16,409.02", "壹万陆仟肆佰零玖元零贰分"),
        (32504, "325.04", "325.04", "叁佰贰拾伍元零肆分"),
        (10700000, "107000.00", "107,000.00", "壹拾万柒仟元整"),
        (1000100, "10001.00", "10,001.00", "壹万零壹元整"),
        (10010000, "100100.00", "100,100.00", "壹拾万零壹佰元整"),
        (10000000100, "100000001.00", "100,000,001.00", "壹亿零壹元整"),
        (100001000000, "1000010000.00", "1,000,010,000.00", "壹拾亿零壹万元整"),
        (-700, "-7.00", "-7.00", "负柒元整"),
    ],
)
def test_amounts_are_written(fen: int, written: str, grouped: str, words: str) -> None:
    assert (yuan(fen), yuan(fen, grouped=True), in_words(fen)) == (written, grouped, words)


def _read(words: str) -> int:
    """Read words back by adding up, independently of how they are made."""
    units = {"拾": 10, "佰": 100, "仟": 1000}
    total = group = digit = 0
    for char in words:
        if char in "零壹贰叁肆伍陆柒捌玖":
            digit = "零壹贰叁肆伍陆柒捌玖".index(char)
        elif char in units:
            group, digit = group + digit * units[char], 0
        elif char in "万亿元":
            total += (group + digit) * {"万": 10_000, "亿": 100_000_000, "元": 1}[char] * 100
            group = digit = 0
        elif char in "角分":
            total, digit = total + digit * {"角": 10, "分": 1}[char], 0
    return total


@given(st.integers(0, LARGEST_FEN))
def test_words_and_figures_say_the_same(fen: int) -> None:
    assert _read(in_words(fen)) == fen
    assert parse_yuan(yuan(fen)) == parse_yuan(yuan(fen, grouped=True)) == fen
    assert "零零" not in in_words(fen)


def test_amounts_beyond_the_words_are_a_bug() -> None:
    with pytest.raises(ValueError, match="too large"):
        in_words(LARGEST_FEN + 1)


@pytest.mark.parametrize(
    ("typed", "fen"), [("7", 700), ("7.5元", 750), ("￥1,234.50", 123450), ("７．００", 700)]
)
def test_amounts_are_read(typed: str, fen: int) -> None:
    assert parse_yuan(typed) == fen


@pytest.mark.parametrize("typed", ["", "-7", "7.001", "1,23", "七元"])
def test_other_amounts_are_refused(typed: str) -> None:
    with pytest.raises(Refused) as refused:
        parse_yuan(typed)

    assert refused.value.codes == ("money.unreadable",)
