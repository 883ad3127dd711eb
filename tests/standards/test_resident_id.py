"""Resident ids: the vectors of the field, the mathematics, and one law for one number and for a column."""

from datetime import date

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from unionhall.standards.checksums import RESIDENT
from unionhall.standards.identifiers.resident_id import Sex, check_column, parse
from unionhall.standards.refusal import Refused

TODAY = date(2026, 1, 1)


def codes_of(text: str, *, on: date | None = None) -> tuple[str, ...]:
    with pytest.raises(Refused) as refused:
        parse(text, on=on)
    return refused.value.codes


def complete(body: str) -> str:
    return body + RESIDENT.character(body)


@pytest.mark.parametrize(
    ("typed", "number", "born", "sex", "area_known"),
    [
        ("460199199001010010", "460199199001010010", date(1990, 1, 1), Sex.MALE, False),
        ("460199199512300028", "460199199512300028", date(1995, 12, 30), Sex.FEMALE, False),
        ("460199200002290048", "460199200002290048", date(2000, 2, 29), Sex.FEMALE, False),
        ("46019919880808039X", "46019919880808039X", date(1988, 8, 8), Sex.MALE, False),
        ("46019919880808039x", "46019919880808039X", date(1988, 8, 8), Sex.MALE, False),
        ("46019919880808004X", "46019919880808004X", date(1988, 8, 8), Sex.FEMALE, False),
        ("460199201506010075", "460199201506010075", date(2015, 6, 1), Sex.MALE, False),
        ("11010519491231002X", "11010519491231002X", date(1949, 12, 31), Sex.FEMALE, True),
        ("460106190001019993", "460106190001019993", date(1900, 1, 1), Sex.MALE, True),
        ("460106190001019985", "460106190001019985", date(1900, 1, 1), Sex.FEMALE, True),
        ("460103190001019986", "460103190001019986", date(1900, 1, 1), Sex.FEMALE, True),
        ("460001190001019988", "460001190001019988", date(1900, 1, 1), Sex.FEMALE, True),
        ("469001190001019978", "469001190001019978", date(1900, 1, 1), Sex.MALE, True),
        (" ４６０１９９ 19900101-0010\u200b", "460199199001010010", date(1990, 1, 1), Sex.MALE, False),
        ("'460199199001010010", "460199199001010010", date(1990, 1, 1), Sex.MALE, False),
    ],
)
def test_right_numbers_are_read(typed: str, number: str, born: date, sex: Sex, area_known: bool) -> None:
    found = parse(typed, on=TODAY)

    assert (found.number, found.birth_date, found.sex, found.area_known) == (number, born, sex, area_known)
    assert found.area_code == number[:6]
    assert not found.converted


@pytest.mark.parametrize(
    ("typed", "number"),
    [("460199900101001", "460199199001010010"), ("110105491231002", "11010519491231002X")],
)
def test_fifteen_digits_are_converted_and_marked(typed: str, number: str) -> None:
    found = parse(typed)

    assert (found.number, found.converted) == (number, True)


@pytest.mark.parametrize(
    ("typed", "codes"),
    [
        ("", ("resident_id.blank",)),
        (" \u3000", ("resident_id.blank",)),
        ("460199199002300036", ("resident_id.birth_date",)),
        ("460199199902290056", ("resident_id.birth_date",)),
        ("460199199001010011", ("resident_id.check",)),
        ("110105194912310021", ("resident_id.check",)),
        ("46019919901301001X", ("resident_id.birth_date", "resident_id.check")),
        ("46019919900101001", ("resident_id.length",)),
        ("4601991990010100100", ("resident_id.length",)),
        ("无", ("resident_id.length",)),
        ("46019919900101001O", ("resident_id.alphabet",)),
        ("4601991990010X0010", ("resident_id.alphabet",)),
        ("46019990010100X", ("resident_id.alphabet",)),
        ("٤٦٠١٩٩١٩٩٠٠١٠١٠٠١٠", ("resident_id.alphabet",)),
        ("4.60199E+17", ("resident_id.excel",)),
        ("4.60199199001010e+17", ("resident_id.excel",)),
        ("460199199001010000.0", ("resident_id.excel",)),
        ("460199199001010000", ("resident_id.excel",)),
        ("810000190001010018", ("resident_id.other_document",)),
        ("946840198506150011", ("resident_id.other_document",)),
        (complete("46019918491231001"), ("resident_id.too_early",)),
        (complete("46019920260102001"), ("resident_id.future",)),
        ("460199000000001", ("resident_id.birth_date",)),
    ],
)
def test_wrong_numbers_are_refused_for_their_reason(typed: str, codes: tuple[str, ...]) -> None:
    assert codes_of(typed, on=TODAY) == codes


def test_without_a_day_the_future_is_not_known() -> None:
    assert parse(complete("46019920990101001")).birth_date == date(2099, 1, 1)


def test_letters_that_look_like_digits_are_suggested_as_digits_and_not_applied() -> None:
    with pytest.raises(Refused) as refused:
        parse("46O1991990O10IOO10")

    (refusal,) = refused.value.refusals
    assert refusal.suggestion == "460199199001010010"
    assert (
        refusal.message
        == "身份证号码“46O199********OO10”第3位“O”不是数字，疑为形近的数字误写，请照证件改正。"
    )


def test_no_suggestion_where_the_digits_would_be_wrong_too() -> None:
    with pytest.raises(Refused) as refused:
        parse("46O199199001010011")

    assert refused.value.refusals[0].suggestion == ""


def test_excel_sentence_says_what_happened_and_how_to_type_it_again() -> None:
    with pytest.raises(Refused) as refused:
        parse("4.60199E+17")

    assert str(refused.value) == (
        "身份证号码被 Excel 当作数值保存，末尾几位已丢失且无法恢复，"
        "请先把该列单元格格式设为“文本”，再照证件重新录入整个号码。"
    )


@pytest.mark.parametrize(
    "typed", ["460199199001010011", "46019919900101001", "46019919900101001O", "810000190001010018"]
)
def test_refusals_never_quote_the_whole_number(typed: str) -> None:
    with pytest.raises(Refused) as refused:
        parse(typed)

    assert typed[6:14] not in str(refused.value)


def test_the_number_hides_itself() -> None:
    found = parse("460199199001010010")

    assert found.masked == "460199********0010"
    assert f"{found} {found!r}" == "ResidentId(460199********0010) ResidentId(460199********0010)"


_valid = st.builds(
    lambda area, born, sequence: complete(f"{area}{born:%Y%m%d}{sequence:03d}"),
    st.sampled_from(["460199", "460106", "110105"]),
    st.dates(date(1850, 1, 1), date(2030, 12, 31)),
    st.integers(0, 999),
)
_noise = st.sampled_from(list("0123456789XxOIlZ×－-'　 .E+\x00\ufeffａ٤号"))


@st.composite
def typed_numbers(draw: st.DrawFn) -> str:
    """Valid numbers, short ones, and both after a few careless keystrokes."""
    number = draw(st.one_of(_valid, _valid.map(lambda text: text[:6] + text[8:17])))
    for _ in range(draw(st.integers(0, 3))):
        place = draw(st.integers(0, len(number)))
        number = number[:place] + draw(_noise) + number[place + draw(st.integers(0, 1)) :]
    widened = "".join(chr(ord(char) + 0xFEE0) if "!" <= char <= "~" else char for char in number)
    return draw(st.sampled_from([number, number.lower(), widened, f" {number}\u3000", "", "4.6E+17"]))


@given(st.lists(st.one_of(st.text(), typed_numbers()), max_size=12), st.sampled_from([None, TODAY]))
def test_column_and_single_number_agree(texts: list[str], on: date | None) -> None:
    check = check_column(texts, on=on)

    assert len(check.values) == len(check.valid) == len(texts)
    for row, text in enumerate(texts):
        try:
            found = parse(text, on=on)
        except Refused:
            assert not check.valid[row]
            assert np.isnat(check.extra["birth_date"][row])
            continue
        assert check.valid[row]
        assert check.values[row] == found.number
        assert check.extra["birth_date"][row].item() == found.birth_date
        assert check.extra["sex"][row] == found.sex
        assert check.extra["area_known"][row] == found.area_known
        assert check.extra["converted"][row] == found.converted


def test_column_longer_than_a_chunk_keeps_its_order() -> None:
    texts = ["460199199001010010", "", "460199199512300028"] * 30_000
    check = check_column(texts)

    assert check.values.tolist() == texts
    assert check.valid.tolist() == [True, False, True] * 30_000
