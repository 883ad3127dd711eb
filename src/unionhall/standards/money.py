"""Amounts of money in whole fen: written with two decimals, and in words as payment papers ask (大写).

Source of the words: 正确填写票据和结算凭证的基本规定 (annex 1 of 支付结算办法).

>>> yuan(700), in_words(700)
('7.00', '柒元整')
"""

import re

from unionhall.standards.refusal import Refusal, Refused
from unionhall.standards.text import squeeze

FEN_PER_YUAN = 100
#: Above this the words would need a unit the rule does not name.
LARGEST_FEN = 10**14 - 1

_NUMERALS = "零壹贰叁肆伍陆柒捌玖"
_PLACES = ("", "拾", "佰", "仟")
_GROUPS = ("", "万", "亿")
_AMOUNT = re.compile(r"[¥￥]?(\d{1,3}(?:,\d{3})+|\d+)(?:\.(\d{1,2}))?元?", re.ASCII)


def yuan(fen: int, *, grouped: bool = False) -> str:
    """Return an amount in yuan with two decimals, with thousands apart by commas if `grouped`."""
    whole, rest = divmod(abs(fen), FEN_PER_YUAN)
    sign = "-" if fen < 0 else ""
    return f"{sign}{whole:,}.{rest:02d}" if grouped else f"{sign}{whole}.{rest:02d}"


def parse_yuan(text: str) -> int:
    """Read an amount of yuan and return fen.

    :raises Refused: money.unreadable
    """
    found = _AMOUNT.fullmatch(squeeze(text))
    if found is None:
        message = f"“{text[:24]}”不是能识别的金额，请填写以元为单位的数字，最多两位小数，如“7.00”。"
        raise Refused(Refusal("money.unreadable", message))
    return int(found[1].replace(",", "")) * FEN_PER_YUAN + int((found[2] or "").ljust(2, "0"))


def in_words(fen: int) -> str:
    """Return an amount in Chinese capitals, as 壹仟肆佰零玖元伍角整.

    :raises ValueError: from a thousand billion yuan on
    """
    if abs(fen) > LARGEST_FEN:
        raise ValueError("amount too large to be written in words")
    sign = "负" if fen < 0 else ""
    whole, rest = divmod(abs(fen), FEN_PER_YUAN)
    jiao, last = divmod(rest, 10)
    if not rest:
        return f"{sign}{_whole(whole)}元整"
    words = f"{_whole(whole)}元" if whole else ""
    words += f"{_NUMERALS[jiao]}角" if jiao else ("零" if whole else "")
    return f"{sign}{words}{_NUMERALS[last]}分" if last else f"{sign}{words}整"


def _whole(number: int) -> str:
    """Write a whole number of yuan, from the highest group of four digits down."""
    if not number:
        return _NUMERALS[0]
    words, skipped = "", False
    for power, group in reversed(list(enumerate(_GROUPS))):
        four = number // 10_000**power % 10_000
        if four:
            # A zero is spoken once, however many digits it stands for.
            words += ("零" if words and (skipped or four < 1000) else "") + _four(four) + group
        skipped = not four
    return words


def _four(number: int) -> str:
    words, skipped = "", False
    for power, place in reversed(list(enumerate(_PLACES))):
        digit = number // 10**power % 10
        if digit:
            words += ("零" if words and skipped else "") + _NUMERALS[digit] + place
        skipped = not digit
    return words
