"""Telephone numbers of people and of organizations."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from unionhall.standards.identifiers.phone import (
    check_column,
    check_mobile_column,
    parse,
    parse_mobile,
    parse_organization_phone,
)
from unionhall.standards.refusal import Refused


@pytest.mark.parametrize(
    "typed",
    [
        "19900000000",
        "199 0000 0000",
        "199-0000-0000",
        "+8619900000000",
        "86-19900000000",
        "008619900000000",
        "(+86)19900000000",
        "１９９００００００００",
        "19900000000.0",
        "'19900000000",
    ],
)
def test_mobiles_are_read(typed: str) -> None:
    for read in (parse, parse_mobile, parse_organization_phone):
        found = read(typed)
        assert (found.number, found.is_mobile, found.masked) == ("19900000000", True, "199****0000")
        assert repr(found) == "Phone(199****0000)"


@pytest.mark.parametrize(
    ("typed", "number", "masked"),
    [
        ("0898-12345678", "0898-12345678", "0898-****5678"),
        ("089812345678", "0898-12345678", "0898-****5678"),
        ("(0898)12345678", "0898-12345678", "0898-****5678"),
        ("0898—12345678转801", "0898-12345678-801", "0898-****5678"),
        ("010-12345678-12345", "010-12345678-12345", "010-****5678"),
        ("400-800-1234", "4008001234", "400***1234"),
    ],
)
def test_organizations_may_give_landlines_and_service_numbers(typed: str, number: str, masked: str) -> None:
    found = parse(typed)

    assert (found.number, found.is_mobile, found.masked) == (number, False, masked)


@pytest.mark.parametrize(
    ("typed", "code", "suggestion"),
    [
        ("", "phone.blank", ""),
        ("1.99E+10", "phone.excel", ""),
        ("19900000000/19900000001", "phone.several", ""),
        ("0898-12345678", "phone.not_mobile", ""),
        ("1990000000O", "phone.alphabet", "19900000000"),
        ("1990000000a", "phone.alphabet", ""),
        ("1990000000", "phone.length", ""),
        ("199000000000", "phone.length", ""),
        ("12900000000", "phone.prefix", ""),
        ("19900٠00000", "phone.alphabet", ""),
    ],
)
def test_wrong_mobiles_are_refused_for_their_reason(typed: str, code: str, suggestion: str) -> None:
    with pytest.raises(Refused) as refused:
        parse_mobile(typed)

    (refusal,) = refused.value.refusals
    assert (refusal.code, refusal.suggestion) == (code, suggestion)


@pytest.mark.parametrize(
    ("typed", "code", "suggestion"),
    [
        ("", "phone.blank", ""),
        ("1.99E+10", "phone.excel", ""),
        ("66001234", "phone.area_code", "0898-66001234"),
        ("6600-1234", "phone.area_code", "0898-66001234"),
        ("0898-1234567", "phone.format", ""),
        ("0898-12345678、19900000000", "phone.several", ""),
        ("无", "phone.format", ""),
    ],
)
def test_wrong_organization_phones_are_refused_for_their_reason(
    typed: str, code: str, suggestion: str
) -> None:
    with pytest.raises(Refused) as refused:
        parse(typed)

    (refusal,) = refused.value.refusals
    assert (refusal.code, refusal.suggestion) == (code, suggestion)


def test_the_sentence_masks_the_number() -> None:
    with pytest.raises(Refused) as refused:
        parse_mobile("12912345678")

    assert str(refused.value) == "移动电话“129****5678”不是以13至19开头，请向本人核对后重填。"


_typed = st.one_of(
    st.from_regex(r"(\+86|86-|)1[3-9][0-9]{9}[ 0xO.]?", fullmatch=True),
    st.from_regex(r"0(898|10|755)-?[0-9]{7,8}(-[0-9]{1,5})?", fullmatch=True),
    st.text("0123456789+-() ８６\x00", max_size=30),
    st.text(),
)


@given(st.lists(_typed, max_size=12))
def test_columns_and_single_numbers_agree(texts: list[str]) -> None:
    for check, read in ((check_mobile_column(texts), parse_mobile), (check_column(texts), parse)):
        for row, text in enumerate(texts):
            try:
                number = read(text).number
            except Refused:
                assert not check.valid[row]
            else:
                assert check.valid[row]
                assert check.values[row] == number
