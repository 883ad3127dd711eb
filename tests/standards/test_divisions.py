"""Divisions: what is, what was, and Haikou in detail."""

import numpy as np
import pytest

from unionhall.standards.divisions import (
    are_known_areas,
    full_name,
    haikou_districts,
    history,
    is_known_area,
    known_areas,
    name_of,
    towns_of,
)


@pytest.mark.parametrize(
    ("code", "known"),
    [
        ("460106", True),
        ("460103", True),
        ("460321", True),
        ("469033", True),
        ("460001", True),
        ("460199", False),
        ("460490", False),
        ("999999", False),
        ("000000", False),
    ],
)
def test_an_area_is_known_if_it_is_or_ever_was(code: str, known: bool) -> None:
    assert is_known_area(code) == known
    assert are_known_areas(np.array([int(code)], dtype=np.int32)).tolist() == [known]


def test_known_areas_are_sorted_and_once_each() -> None:
    areas = known_areas()

    assert (np.diff(areas) > 0).all()
    assert len(areas) == 7185 + 144


def test_a_code_may_have_borne_two_names() -> None:
    assert [(spell.name, spell.start_year, spell.end_year) for spell in history("460001")] == [
        ("通什市", 1988, 2000),
        ("五指山市", 2001, 2002),
    ]
    assert name_of("460001", year=1995) == "通什市"
    assert name_of("460001", year=2002) == "五指山市"
    assert name_of("460001") == "五指山市"
    assert name_of("460199") is None
    assert history("460199") == ()
    assert [spell.name for spell in history("460321")] == ["西沙群岛"]


def test_full_names_go_down_from_the_province() -> None:
    assert full_name("460106") == "海南省海口市龙华区"
    assert full_name("460100") == "海南省海口市"
    assert full_name("460000") == "海南省"
    assert full_name("110105") == "北京市朝阳区"
    assert full_name("469025") == "海南省白沙黎族自治县"
    assert full_name("460199") is None


def test_haikou_has_four_districts_and_their_towns() -> None:
    assert [(district.code, district.name) for district in haikou_districts()] == [
        ("460105", "秀英区"),
        ("460106", "龙华区"),
        ("460107", "琼山区"),
        ("460108", "美兰区"),
    ]
    assert [len(towns_of(district.code)) for district in haikou_districts()] == [8, 11, 13, 15]
    assert towns_of("460106")[0].name == "中山街道"
