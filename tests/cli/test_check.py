"""The command `check`: what it prints, what it writes, how it ends."""

import json
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from openpyxl import load_workbook

from tests.collection.sheets import sheets
from tests.collection.sheets.sheets import Value, lines_of, member_row, sheet_xlsx, union_row, xlsx
from unionhall.cli.check import command
from unionhall.collection.sheets.columns import SheetKind

MEMBERS, UNIONS = SheetKind.MEMBERS, SheetKind.UNIONS


def check(*arguments: str | Path) -> Result:
    return CliRunner().invoke(command, [str(argument) for argument in arguments])


def answer(result: Result) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(result.stdout)
    return found


@pytest.fixture
def clean(tmp_path: Path) -> Path:
    path = tmp_path / "会员.xlsx"
    path.write_bytes(sheet_xlsx(MEMBERS, [member_row(1), member_row(2)], name="会员"))
    return path


@pytest.fixture
def dirty(tmp_path: Path) -> Path:
    path = tmp_path / "会员有错.xlsx"
    path.write_bytes(sheet_xlsx(MEMBERS, [member_row(1), member_row(2, sex="女")], name="会员"))
    return path


def test_sheet_without_errors_ends_with_0(clean: Path) -> None:
    result = check(clean)
    assert result.exit_code == 0
    assert "共 2 行数据" in result.stdout
    assert "没有错误，可以提交。" in result.stdout


def test_sheet_with_errors_ends_with_1_and_names_the_cell(dirty: Path) -> None:
    result = check(dirty)
    assert result.exit_code == 1
    assert "错误 1 个" in result.stdout
    assert "第4行" in result.stdout
    assert "有错误，请改正后重新校验。" in result.stdout
    assert "…" not in result.stdout  # no sentence is cut


def test_json_is_one_object_of_the_promised_shape(dirty: Path) -> None:
    result = check(dirty, "--json")
    found = answer(result)
    assert result.exit_code == 1
    assert list(found) == ["kind", "rows", "errors", "warnings", "findings"]
    assert (found["kind"], found["rows"], found["errors"], found["warnings"]) == ("members", 2, 1, 2)
    (error,) = [finding for finding in found["findings"] if finding["severity"] == "error"]
    assert error == {
        "sheet": "会员",
        "row": 4,
        "column": "性别",
        "code": "member.sex.sex_differs",
        "severity": "error",
        "message": "性别填的是“女”，但证件号码第17位表示“男”，请核对证件后改正性别或证件号码。",
        "suggestion": "男",
    }


FORMS: Mapping[str, Callable[[Sequence[Sequence[Value]]], bytes]] = {
    "表.xlsx": lambda lines: xlsx({"Sheet1": lines}),
    "表.xls": sheets.xls,
    "旧.et": sheets.xls,
    "新.et": lambda lines: xlsx({"Sheet1": lines}),
    "表.ods": sheets.ods,
    "国标.csv": lambda lines: sheets.text_file(lines, encoding="gb18030"),
    "万国码.csv": lambda lines: sheets.text_file(lines, encoding="utf-8-sig"),
}


@pytest.mark.parametrize("name", FORMS)
@pytest.mark.parametrize("kind", list(SheetKind))
def test_every_format_of_both_kinds_clean_and_dirty(tmp_path: Path, name: str, kind: SheetKind) -> None:
    make = member_row if kind == MEMBERS else union_row
    fault = {"sex": "雄"} if kind == MEMBERS else {"member_count": "五十"}
    for rows, code in (([make(1), make(2)], 0), ([make(1), make(2, **fault)], 1)):
        path = tmp_path / name
        path.write_bytes(FORMS[name](lines_of(kind, rows)))
        result = check(path, "--json")
        found = answer(result)
        assert (result.exit_code, found["kind"], found["rows"], found["errors"]) == (
            code,
            kind.value,
            2,
            code,
        )


def test_unreadable_file_ends_with_2_and_says_why_in_chinese(tmp_path: Path) -> None:
    path = tmp_path / "表.xlsx"
    path.write_bytes(b"%PDF-1.7")
    result = check(path, "--json")
    assert result.exit_code == 2
    assert (
        result.stderr == "这不是表格文件（内容是PDF 文档），请选择用 Excel 或 WPS 填写的采集表（.xlsx）。\n"
    )
    assert answer(result)["error"]["code"] == "sheets.file.not_workbook"


def test_other_kind_than_asked_ends_with_2_and_names_it(clean: Path) -> None:
    result = check(clean, "--kind", "unions")
    assert result.exit_code == 2
    assert result.stdout == ""
    assert result.stderr.startswith("这是《海南省工会会员信息采集表》，不是《海南省工会组织信息采集表》")


def test_both_forms_in_one_file_are_judged_together(tmp_path: Path) -> None:
    path = tmp_path / "两表.xlsx"
    path.write_bytes(
        xlsx({"组织": lines_of(UNIONS, [union_row(1)]), "会员": lines_of(MEMBERS, [member_row(1)])})
    )
    found = answer(check(path, "--json"))
    assert (found["kind"], found["rows"]) == ("unions", 2)
    assert {finding["sheet"] for finding in found["findings"]} == {"组织", "会员"}
    only = answer(check(path, "--json", "--kind", "members"))
    assert (only["kind"], only["rows"]) == ("members", 1)
    assert {finding["sheet"] for finding in only["findings"]} == {"会员"}


def test_return_writes_the_marked_workbook(dirty: Path, tmp_path: Path) -> None:
    target = tmp_path / "结果.xlsx"
    result = check(dirty, "--return", target)
    assert result.exit_code == 1
    assert f"已写回：{target}" in result.stdout.replace("\n", "")
    assert load_workbook(target)["会员"]["U2"].value == "错误原因"


@pytest.mark.parametrize("target", ["会员有错.xlsx", "没有的目录/结果.xlsx"])
def test_return_that_cannot_be_written_ends_with_2(dirty: Path, tmp_path: Path, target: str) -> None:
    before = dirty.read_bytes()
    result = check(dirty, "--return", tmp_path / target)
    assert result.exit_code == 2
    assert "请" in result.stderr
    assert dirty.read_bytes() == before


def test_check_loads_no_django() -> None:
    script = (
        "import sys; import unionhall.cli.check; print(sorted({'django', 'openpyxl'} & sys.modules.keys()))"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"


def test_help_tells_formats_and_exit_codes() -> None:
    text = check("--help").stdout
    assert all(word in text for word in (".et", "GB 18030", "--kind", "--json", "--return", "退出码", "例子"))
