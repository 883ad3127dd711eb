"""Credit codes: the vectors of the field, suggestions, one law for one code and for a column."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from unionhall.standards.checksums import CREDIT
from unionhall.standards.identifiers.credit_code import check_column, parse
from unionhall.standards.refusal import Refusal, Refused


def refusal_of(text: str) -> Refusal:
    with pytest.raises(Refused) as refused:
        parse(text)
    (refusal,) = refused.value.refusals
    return refusal


def complete(body: str) -> str:
    return body + CREDIT.character(body)


@pytest.mark.parametrize(
    ("typed", "category", "division", "inner"),
    [
        ("81460100000000019A", "81", "460100", "000000019"),
        ("81460105000000027D", "81", "460105", "000000027"),
        ("81460106000000035N", "81", "460106", "000000035"),
        ("814601070000000430", "81", "460107", "000000043"),
        ("814601080000000519", "81", "460108", "000000051"),
        ("8946010000000006XL", "89", "460100", "00000006X"),
        ("1346 0100 0000 0009 44", "13", "460100", "000000094"),
        ("91460105MA00TE5T2K", "91", "460105", "MA00TE5T2"),
        ("92460106MA00TE6T9A", "92", "460106", "MA00TE6T9"),
        ("11460100000000078L", "11", "460100", "000000078"),
        ("124601080000000860", "12", "460108", "000000086"),
        ("51460100MJ0000018X", "51", "460100", "MJ0000018"),
        ("52460107MJ0000026T", "52", "460107", "MJ0000026"),
        ("53460000MJ00000348", "53", "460000", "MJ0000034"),
        ("54460106MF0000013M", "54", "460106", "MF0000013"),
        ("81460100000000019a", "81", "460100", "000000019"),
        ("８１４６０１０００００００００１９Ａ", "81", "460100", "000000019"),
        ("'81460100-00000001-9-A", "81", "460100", "000000019"),
    ],
)
def test_right_codes_are_read(typed: str, category: str, division: str, inner: str) -> None:
    found = parse(typed)

    assert (found.category, found.division_code, found.organization_code) == (category, division, inner)
    assert found.division_known
    assert found.organization_code_right
    assert found.is_union == (category in ("81", "89"))
    assert str(found) == found.code
    assert found.category_label


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("", "credit_code.blank"),
        (" \u200b", "credit_code.blank"),
        ("81460100000000019B", "credit_code.check"),
        ("8146O100000000019A", "credit_code.alphabet"),
        ("8146010000000001", "credit_code.length"),
        ("81460100000000019AA", "credit_code.length"),
        ("824601000000000197", "credit_code.category"),
        (complete("8146A100000000019"), "credit_code.division"),
        ("8.14601E+17", "credit_code.excel"),
        ("814601070000000000", "credit_code.excel"),
        ("814601070000000430.0", "credit_code.excel"),
        ("无", "credit_code.length"),
    ],
)
def test_wrong_codes_are_refused_for_their_reason(typed: str, code: str) -> None:
    assert refusal_of(typed).code == code


def test_the_bad_letter_is_named_and_the_repair_only_suggested() -> None:
    assert refusal_of("8146O100000000019A") == Refusal(
        "credit_code.alphabet",
        "统一社会信用代码“8146O100000000019A”第5位“O”不在允许的字符内（数字及除I、O、S、V、Z外的大写字母），请照证照逐位核对。",
        "",
        "81460100000000019A",
    )


def test_one_look_alike_character_is_suggested() -> None:
    assert refusal_of("91460105MA0QTE5T2K").suggestion == "91460105MA00TE5T2K"
    assert refusal_of("91460105NA00TE5T2K").suggestion == "91460105MA00TE5T2K"


def test_nothing_is_suggested_where_nothing_plausible_is_right() -> None:
    assert refusal_of("91460105MA00TE5T22").suggestion == ""


def test_unknown_area_and_odd_organization_code_are_advice_only() -> None:
    found = parse(complete("81460199000000011"))

    assert (found.division_known, found.organization_code_right) == (False, False)
    assert parse(complete("11100000000000078")).division_known


_valid = st.builds(
    lambda pair, area, inner: complete(pair + area + inner),
    st.sampled_from(["81", "91", "12", "99", "82"]),
    st.sampled_from(["460100", "460199", "100000", "46A100"]),
    st.one_of(st.sampled_from(["MA00TE5T2", "000000019"]), st.text(CREDIT.alphabet, min_size=9, max_size=9)),
)
_noise = st.sampled_from(list("0123456789ABXxOISVZ- 　'.E+\x00\ufeff号"))


@st.composite
def typed_codes(draw: st.DrawFn) -> str:
    code = draw(_valid)
    for _ in range(draw(st.integers(0, 3))):
        place = draw(st.integers(0, len(code)))
        code = code[:place] + draw(_noise) + code[place + draw(st.integers(0, 1)) :]
    widened = "".join(chr(ord(char) + 0xFEE0) if "!" <= char <= "~" else char for char in code)
    return draw(st.sampled_from([code, code.lower(), widened, f"\u3000{code} ", "", "8.1E+17"]))


@given(st.lists(st.one_of(st.text(), typed_codes()), max_size=12))
def test_column_and_single_code_agree(texts: list[str]) -> None:
    check = check_column(texts)

    assert len(check.values) == len(check.valid) == len(texts)
    for row, text in enumerate(texts):
        try:
            found = parse(text)
        except Refused as refused:
            assert not check.valid[row]
            suggestion = refused.refusals[0].suggestion
            assert not suggestion or parse(suggestion).code == suggestion
            continue
        assert check.valid[row]
        assert check.values[row] == found.code
        assert check.extra["division_known"][row] == found.division_known
        assert check.extra["organization_code_right"][row] == found.organization_code_right
