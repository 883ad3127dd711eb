"""The group of all commands. Each is loaded only when it is called: `check` must not wait for Django."""

from __future__ import annotations

import importlib
import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NoReturn

import click

from unionhall import __version__
from unionhall.cli.wording import speak_chinese
from unionhall.foundation.postgres.refusals import DatabaseUnfit
from unionhall.standards.refusal import Refused


@dataclass(frozen=True, slots=True)
class Entry:
    """A command in the list: its module, what it does, and whether the module needs Django set up first,
    and settings that it brings along."""

    module: str
    line: str
    django: bool = True
    environment: Mapping[str, str] = field(default_factory=dict)


COMMANDS = {
    "demo": Entry(
        "demo",
        "演示：用虚构数据走完从采集表到结算的全过程，然后打开网页",
        # The people of the demo live in an area that no place has.
        environment={"UNIONHALL_KNOWN_AREAS": "460199"},
    ),
    "test": Entry("test", "运行全部检查与测试", django=False),
    "serve": Entry("serve", "启动网站与后台任务", django=False),
    "worker": Entry("worker", "只启动后台任务", django=False),
    "migrate": Entry("migrate", "建立或升级数据库", django=False),
    "templates": Entry("templates", "导出采集表模板（Excel）", django=False),
    "check": Entry("check", "校验一份采集表，不需要数据库", django=False),
    "import": Entry("import_", "导入一份采集表，生成待审批次"),
    "audit": Entry("audit", "审计：校验审计链是否被改动（audit verify）"),
    "accounts": Entry("accounts", "账号：建立账号、重置密码、停用（accounts create）"),
}

EPILOG = """\b
例子：
  ./hall demo                        看一遍完整业务，然后访问 http://127.0.0.1:8000
  ./hall templates ./模板            导出两张采集表的空白模板
  ./hall check 会员信息采集表.xlsx   校验一份采集表
  ./hall check --help                查看某个命令的用法

\b
退出码：
  0    成功
  1    发现问题：校验有错误、测试未通过、审计链被改动
  2    用法不对，或文件无法读取
  69   运行环境、数据库或端口不可用
  130  被中断
"""

UNAVAILABLE = 69
INTERRUPTED = 130


class Commands(click.Group):
    """Commands by name, in the order of the table above."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names in the order of a newcomer's questions."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Load one command, or answer None, which Click reports as unknown."""
        if cmd_name not in COMMANDS:
            return None
        entry = COMMANDS[cmd_name]
        for name, value in entry.environment.items():
            os.environ[name] = value
        if entry.django:
            importlib.import_module("unionhall.cli.boot").boot(database=False)
        command: click.Command = importlib.import_module(f"unionhall.cli.{entry.module}").command
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the list of commands without loading them."""
        with formatter.section("命令"):
            formatter.write_dl([(name, entry.line) for name, entry in COMMANDS.items()])


@click.group(
    cls=Commands,
    epilog=EPILOG,
    help="工会实名制管理平台：从 Excel 采集表到会员名册、补助结算。",
    options_metavar="[选项]",
    subcommand_metavar="命令 …",
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
@click.version_option(
    __version__, prog_name="unionhall", message="工会实名制管理平台 %(version)s", help="显示版本。"
)
def command() -> None:
    """Hold the commands together."""


def main() -> NoReturn:
    """Run the command line; a refusal becomes a sentence and an exit code, anything else is a bug."""
    speak_chinese()
    try:
        code = command.main(prog_name="./hall", standalone_mode=False)
    except click.ClickException as wrong:
        wrong.show()
        code = wrong.exit_code
    except DatabaseUnfit as unfit:
        click.echo(f"数据库不可用：{unfit}", err=True)
        code = UNAVAILABLE
    except Refused as refused:
        for refusal in refused.refusals:
            click.echo(refusal.message, err=True)
        code = 1
    except (KeyboardInterrupt, click.Abort):
        click.echo("已中断。", err=True)
        code = INTERRUPTED
    raise SystemExit(code if isinstance(code, int) else 0)
