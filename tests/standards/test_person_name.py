"""Names as identity cards print them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from unionhall.standards.identifiers.person_name import check_column, parse
from unionhall.standards.refusal import Refused


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("张三", "张三"),
        ("张　三", "张三"),
        (" 欧阳娜娜 ", "欧阳娜娜"),
        ("阿依古丽·买买提", "阿依古丽·买买提"),
        ("阿依古丽•买买提", "阿依古丽·买买提"),
        ("阿依古丽．买买提", "阿依古丽·买买提"),
        ("阿依古丽.买买提", "阿依古丽·买买提"),
        ("阿依古丽・ 买买提", "阿依古丽·买买提"),
        ("㑇𠮷", "㑇𠮷"),
        ("李〇", "李〇"),
        ("JOHN A. SMITH", "JOHN A. SMITH"),
        ("Anne-Marie O’Neill", "Anne-Marie O'Neill"),
    ],
)
def test_names_are_read(typed: str, name: str) -> None:
    assert str(parse(typed)) == name


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("", "person_name.blank"),
        ("张三2", "person_name.digits"),
        ("张三（大）", "person_name.alphabet"),
        ("张三A", "person_name.alphabet"),
        ("张*", "person_name.alphabet"),
        ("张", "person_name.length"),
        ("张" * 51, "person_name.length"),
        ("·张三", "person_name.dot"),
        ("张··三", "person_name.dot"),
        ("-", "person_name.dot"),
    ],
)
def test_wrong_names_are_refused_for_their_reason(typed: str, code: str) -> None:
    with pytest.raises(Refused) as refused:
        parse(typed)

    assert refused.value.codes == (code,)


def test_names_hide_themselves() -> None:
    assert parse("张三").masked == "张*"
    assert repr(parse("欧阳娜娜")) == "PersonName(欧***)"


_names = st.text(st.sampled_from(list("张三李四阿㑇𠮷〇﨎·•. 　Aa2（\x00\u200b'-")), max_size=54)


@given(st.lists(st.one_of(_names, st.text(), st.text("王五", max_size=54)), max_size=12))
def test_column_and_single_name_agree(texts: list[str]) -> None:
    check = check_column(texts)

    for row, text in enumerate(texts):
        try:
            name = parse(text).name
        except Refused:
            assert not check.valid[row]
        else:
            assert check.valid[row]
            assert check.values[row] == name
