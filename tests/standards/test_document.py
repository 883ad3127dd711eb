"""Documents other than the resident id, and the way from a kind to its rules."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from unionhall.standards import codes
from unionhall.standards.checksums import RESIDENT
from unionhall.standards.identifiers import (
    passport,
    permanent_residence,
    residence_permit,
    service_card,
    travel_permit,
)
from unionhall.standards.identifiers.document import parse_document
from unionhall.standards.identifiers.paper import PaperKind
from unionhall.standards.refusal import Refused

TODAY = date(2026, 1, 1)


@pytest.mark.parametrize(
    ("document_type", "typed", "number"),
    [
        ("111", "460199199001010010", "460199199001010010"),
        ("112", "46019919880808039x", "46019919880808039X"),
        ("113", "460199199512300028", "460199199512300028"),
        ("X81", "810000190001010018", "810000190001010018"),
        ("X81", "82000019000101001x", "82000019000101001X"),
        ("X83", "830000190001010011", "830000190001010011"),
        ("553", "946840198506150011", "946840198506150011"),
        ("553", "946276199202290021", "946276199202290021"),
        ("553", "911156199001010010", "911156199001010010"),
        ("553", "usa460185061500", "USA460185061500"),
        ("516", "h12345678", "H12345678"),
        ("516", "M1234567890", "M1234567890"),
        ("511", "12345678", "12345678"),
        ("511", "1234567890", "1234567890"),
        ("511", "1234567890（B）", "1234567890B"),
        ("414", "E12345678", "E12345678"),
        ("414", "ea 1234567", "EA1234567"),
        ("420", "K12345678", "K12345678"),
        ("421", "MA1234567", "MA1234567"),
        ("114", "某字第 12345678 号", "某字第12345678号"),
        ("115", "12345678", "12345678"),
        ("990", "A-1", "A-1"),
    ],
)
def test_documents_are_read_by_the_rules_of_their_kind(document_type: str, typed: str, number: str) -> None:
    document = parse_document(document_type, typed, on=TODAY)

    assert document.number == number
    assert document.masked != number
    assert number not in repr(document)


def test_every_kind_of_the_table_has_a_reader() -> None:
    for document_type in codes.table("id_document_type").codes:
        with pytest.raises(Refused) as refused:
            parse_document(document_type, " ")
        assert refused.value.codes[0].endswith(".blank")


@pytest.mark.parametrize(
    ("document_type", "typed", "code"),
    [
        ("111", "830000190001010011", "resident_id.other_document"),
        ("X81", "830000190001010011", "residence_permit.area"),
        ("X83", "810000190001010018", "residence_permit.area"),
        ("X83", "460199199001010010", "residence_permit.area"),
        ("X83", "830000190001010012", "residence_permit.check"),
        ("X83", "83000019000101", "residence_permit.length"),
        ("X83", "83000019000101001A", "residence_permit.alphabet"),
        ("X83", "8.3E+17", "residence_permit.excel"),
        ("553", "846840198506150011", "permanent_residence.area"),
        ("553", "946840198506150012", "permanent_residence.check"),
        ("553", "94684019850615001A", "permanent_residence.alphabet"),
        ("553", "USA46018506150", "permanent_residence.length"),
        ("553", "US4460185061500", "permanent_residence.format"),
        ("553", "USA460185023000", "permanent_residence.birth_date"),
        ("516", "A12345678", "travel_permit.format"),
        ("511", "123456789", "travel_permit.format"),
        ("511", "12345678B", "travel_permit.format"),
        ("414", "E123", "passport.format"),
        ("414", "ABCDEFG", "passport.format"),
        ("114", "无", "service_card.format"),
        ("990", "1", "document.format"),
    ],
)
def test_wrong_documents_are_refused_for_their_reason(document_type: str, typed: str, code: str) -> None:
    with pytest.raises(Refused) as refused:
        parse_document(document_type, typed)

    assert refused.value.codes == (code,)


def test_cards_tell_what_they_know() -> None:
    permit = residence_permit.parse("830000190001010011")
    card = permanent_residence.parse("946840198506150011")

    assert (permit.document_type, permit.birth_date, permit.sex) == ("X83", date(1900, 1, 1), 1)
    assert (card.birth_date, card.nationality) == (date(1985, 6, 15), "840")
    assert permanent_residence.parse("USA460185061500").nationality == "USA"
    assert permanent_residence.parse("USA460185061500").birth_date is None


_permits = st.builds(
    lambda area, born, sequence: (body := f"{area}{born:%Y%m%d}{sequence:03d}") + RESIDENT.character(body),
    st.sampled_from(["810000", "820000", "830000", "460199"]),
    st.dates(date(1800, 1, 1), date(2030, 1, 1)),
    st.integers(0, 999),
)


@given(
    st.lists(st.one_of(_permits, _permits.map(str.lower), _permits.map(lambda n: n[:-1] + "1"), st.text()))
)
def test_column_of_permits_and_single_permit_agree(texts: list[str]) -> None:
    check = residence_permit.check_column(texts, on=TODAY)

    for row, text in enumerate(texts):
        try:
            permit = residence_permit.parse(text, on=TODAY)
        except Refused:
            assert not check.valid[row]
        else:
            assert check.valid[row]
            assert check.values[row] == permit.number
            assert check.extra["birth_date"][row].item() == permit.birth_date
            assert check.extra["sex"][row] == permit.sex


@pytest.mark.parametrize(
    ("kind", "right", "wrong"),
    [
        (passport.ORDINARY, "E12345678", "E1"),
        (travel_permit.TAIWAN, "12345678", "1"),
        (travel_permit.HONG_KONG_MACAO, "h12345678", "1"),
        (service_card.ARMY, "某字第12345678号", "某"),
    ],
)
def test_columns_of_papers_follow_the_same_form(kind: PaperKind, right: str, wrong: str) -> None:
    check = kind.check_column([right, wrong, "", right])

    assert check.valid.tolist() == [True, False, False, True]
    assert check.values[0] == kind.parse(right).number


def test_column_of_permanent_residents() -> None:
    check = permanent_residence.check_column(["946840198506150011", "946840198506150012", "usa460185061500"])

    assert check.valid.tolist() == [True, False, True]
    assert check.values[2] == "USA460185061500"
