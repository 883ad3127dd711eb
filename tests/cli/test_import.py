"""`import`: the web's upload at the command line, with exit codes that a script can use."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from tests.builders import Cast
from unionhall.cli.demo import numbers, people, sheets
from unionhall.cli.demo.faults import Sheet
from unionhall.cli.demo.sheets import Layout
from unionhall.cli.import_ import command
from unionhall.collection import queries as batches
from unionhall.collection.sheets.columns import SheetKind
from unionhall.foundation import scoping
from unionhall.foundation.actor import system
from unionhall.foundation.capabilities import Capability
from unionhall.reviews import queries as reviews

READER = system("测试", *Capability)
BOTH = pytest.mark.django_db(transaction=True, databases=["default", "owner"])
FACTORY = "海口示范机械厂工会委员会"
EMPLOYER = "海口示范机械厂"


def member_sheet(folder: Path, *, faulty: bool = False) -> str:
    """Write a sheet with three members of the factory, one of them with a wrong number if asked for."""
    rows = [people.member(serial, employer=EMPLOYER, rural=False) for serial in range(1, 4)]
    if faulty:
        rows[1]["document_number"] = numbers.resident_id(2, male=True)[:17] + "?"
    path = folder / "会员信息采集表.xlsx"
    sheets.write(path, SheetKind.MEMBERS, Sheet(rows), layout=Layout.PROVINCE, sender=FACTORY)
    return str(path)


def hand_in(*arguments: str, union: str = FACTORY, username: str = "factory_clerk") -> Result:
    return CliRunner().invoke(command, [*arguments, "--union", union, "--as", username])


def received() -> int:
    with scoping.acting(READER) as by:
        return batches.batches(by.scope).count()


def submitted() -> list[int]:
    with scoping.acting(READER) as by:
        return list(reviews.cases(by.scope).values_list("row_count", flat=True))


@BOTH
def test_right_sheet_is_taken_in_and_submitted(cast: Cast, tmp_path: Path) -> None:
    answer = hand_in(member_sheet(tmp_path), "--submit")

    assert answer.exit_code == 0, answer.output
    assert "会员信息 3 行；可提交 3 行，有错误 0 行" in answer.stdout
    assert "已提交审核：办件 CJ" in answer.stdout
    assert submitted() == [3]


@BOTH
def test_wrong_rows_stay_behind_and_are_told(cast: Cast, tmp_path: Path) -> None:
    answer = hand_in(member_sheet(tmp_path, faulty=True), "--submit")

    assert answer.exit_code == 1
    assert "可提交 2 行，有错误 1 行" in answer.stdout
    assert "证件号码" in answer.stdout
    assert submitted() == [2]


@BOTH
def test_nothing_is_submitted_unless_asked_for(cast: Cast, tmp_path: Path) -> None:
    answer = hand_in(member_sheet(tmp_path), union=cast.factory.path)

    assert answer.exit_code == 0, answer.output
    assert (received(), submitted()) == (1, [])


@BOTH
def test_outsider_and_stranger_are_refused_and_nothing_is_kept(cast: Cast, tmp_path: Path) -> None:
    sheet = member_sheet(tmp_path)

    outsider = hand_in(sheet, username="outsider")
    reviewer = hand_in(sheet, username="city_reviewer")
    nobody = hand_in(sheet, username="nobody")

    assert [each.exit_code for each in (outsider, reviewer, nobody)] == [2, 2, 2]
    assert outsider.stderr == f"账号「outsider」不是「{FACTORY}」的填报员，请换一个账号。\n"
    assert nobody.stderr == "没有账号「nobody」，或它没有有效的授权。\n"
    assert received() == 0


@BOTH
def test_unreadable_file_is_refused_with_its_reason(cast: Cast, tmp_path: Path) -> None:
    path = tmp_path / "会员.xlsx"
    path.write_bytes(b"%PDF-1.4 no table")

    answer = hand_in(str(path))

    assert answer.exit_code == 2
    assert "文件无法读取：「会员.xlsx」：这不是表格文件" in answer.stderr


def test_help_shows_examples() -> None:
    answer = CliRunner().invoke(command, ["--help"])

    assert answer.exit_code == 0
    assert "--submit" in answer.output
    assert "./hall check" in answer.output
