"""The command `templates`."""

from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from openpyxl import load_workbook

from unionhall.cli.templates import command

UNIONS, MEMBERS = "海南省工会组织信息采集表", "海南省工会会员信息采集表"


def templates(*arguments: str | Path) -> Result:
    return CliRunner().invoke(command, [str(argument) for argument in arguments])


@pytest.mark.parametrize("arguments", [[], ["--output"]])
def test_both_templates_are_written_to_a_new_directory(tmp_path: Path, arguments: list[str]) -> None:
    target = tmp_path / "模板"
    result = templates(*arguments, target)
    assert result.exit_code == 0
    assert sorted(path.name for path in target.iterdir()) == [f"{MEMBERS}.xlsx", f"{UNIONS}.xlsx"]
    assert result.stdout == "".join(f"已写出：{target}/{name}.xlsx\n" for name in (UNIONS, MEMBERS))


def test_one_kind_without_its_sample(tmp_path: Path) -> None:
    assert templates("--kind", "members", "--empty", "--output", tmp_path).exit_code == 0
    (path,) = tmp_path.iterdir()
    sheet = load_workbook(path)[MEMBERS]
    assert path.name == f"{MEMBERS}.xlsx"
    assert sheet["A5"].value is None


def test_sample_row_is_marked_as_one(tmp_path: Path) -> None:
    templates("--kind", "unions", "--output", tmp_path)
    assert load_workbook(tmp_path / f"{UNIONS}.xlsx")[UNIONS]["A5"].value == "示例"


def test_directory_that_cannot_be_made_ends_with_2(tmp_path: Path) -> None:
    (tmp_path / "文件").write_text("x")
    result = templates("--output", tmp_path / "文件" / "下面")
    assert result.exit_code == 2
    assert result.stderr.startswith("无法写入「")
