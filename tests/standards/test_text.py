"""Text as typed becomes one form, once and for all."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from unionhall.standards.text import mask, normalize, squeeze, upper


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("", ""),
        ("  海口市 ", "海口市"),
        ("东方市\u00a0", "东方市"),
        ("\ufeff海口\u200b市\u3000总工会\t\n", "海口市 总工会"),
        ("８１４６Ａ", "8146A"),
        ("ａ（一）", "a(一)"),
        ("a\x00b\x1cc", "ab c"),
        ("a\ud800b", "ab"),
        ("a\u200b\u0301", "á"),
    ],
)
def test_normalize_removes_what_nobody_meant(typed: str, expected: str) -> None:
    assert normalize(typed) == expected


@given(st.text())
def test_normalizing_twice_changes_nothing(text: str) -> None:
    assert normalize(normalize(text)) == normalize(text)
    assert squeeze(squeeze(text)) == squeeze(text)
    assert " " not in squeeze(text)


def test_upper_touches_ascii_only() -> None:
    assert upper("46x straße ı") == "46X STRAßE ı"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("460199199001010010", "460199********0010"),
        ("46019919900101", "460199****0101"),
        ("12345678901", "1**********"),
        ("7", "7"),
        ("", ""),
    ],
)
def test_mask_hides_the_middle(text: str, expected: str) -> None:
    assert mask(text) == expected
