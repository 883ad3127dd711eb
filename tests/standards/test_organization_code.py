"""Organization codes: the vectors of the field, and one law for one code and for a column."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from unionhall.standards.checksums import ORGANIZATION
from unionhall.standards.identifiers.organization_code import check_column, parse
from unionhall.standards.refusal import Refused


@pytest.mark.parametrize(
    "written", ["D2143569-X", "00000001-9", "99999999-8", "12345678-8", "MA00TE5T-2", "MJ000012-2"]
)
def test_right_codes_are_read_and_written(written: str) -> None:
    assert str(parse(written)) == written
    assert parse(f" {written.lower().replace('-', '')} ").written == written


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("", "organization_code.blank"),
        ("-", "organization_code.blank"),
        ("00000001-8", "organization_code.check"),
        ("0000001-9", "organization_code.length"),
        ("0000000一-9", "organization_code.alphabet"),
    ],
)
def test_wrong_codes_are_refused_for_their_reason(typed: str, code: str) -> None:
    with pytest.raises(Refused) as refused:
        parse(typed)

    assert refused.value.codes == (code,)


_bodies = st.text(ORGANIZATION.alphabet, min_size=8, max_size=8)
_right = _bodies.map(lambda body: body + ORGANIZATION.character(body))
_typed = st.one_of(
    _right, _right.map(str.lower), _right.map(lambda code: code[:8] + "-" + code[8:]), st.text()
)


@given(st.lists(st.one_of(_typed, _bodies.map(lambda body: body + "1")), max_size=12))
def test_column_and_single_code_agree(texts: list[str]) -> None:
    check = check_column(texts)

    for row, text in enumerate(texts):
        try:
            found = parse(text)
        except Refused:
            assert not check.valid[row]
        else:
            assert check.valid[row]
            assert check.values[row] == found.code
