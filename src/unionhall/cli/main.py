"""The group of all commands. Each is loaded only when it is called: `check` must not wait for Django."""

from __future__ import annotations

import importlib
from typing import NoReturn

import click

from unionhall import __version__
from unionhall.foundation.postgres.refusals import DatabaseUnfit
from unionhall.standards.refusal import Refused

# Command, module, first line of its help: listing the commands loads none of them.
COMMANDS = {
    "demo": ("demo", "演示：用模拟数据走完从采集表到结算的全过程，然后打开网页"),
    "test": ("test", "运行全部检查与测试"),
    "serve": ("serve", "启动网站与后台任务"),
    "worker": ("worker", "只启动后台任务"),
    "migrate": ("migrate", "建立或升级数据库"),
    "templates": ("templates", "导出采集表模板（Excel）"),
    "check": ("check", "校验一份采集表，不需要数据库"),
    "import": ("import_", "导入一份采集表，生成待审批次"),
    "audit": ("audit", "审计：校验审计链是否被改动（audit verify）"),
    "accounts": ("accounts", "账号：建立账号（accounts create）"),
}

EPILOG = """\b
例子：
  ./hall demo                       看一遍完整业务，然后访问 http://127.0.0.1:8000
  ./hall templates ./模板           导出两张采集表的空白模板
  ./hall check 会员信息采集表.xlsx   校验一份采集表
  ./hall COMMAND --help             查看某个命令的用法

\b
退出码：
  0  成功          1  发现问题（校验有错误、测试未通过、审计链被改动）
  2  用法不对，或文件无法读取
  69 运行环境或数据库不可用    130 被中断
"""

UNAVAILABLE = 69
INTERRUPTED = 130


class Commands(click.Group):
    """Commands by name, in the order of the table above."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names in the order of a newcomer's questions."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Load one command, or answer None, which click reports as unknown."""
        if cmd_name not in COMMANDS:
            return None
        module = importlib.import_module(f"unionhall.cli.{COMMANDS[cmd_name][0]}")
        command = module.command
        if not isinstance(command, click.Command):
            raise TypeError(f"unionhall.cli.{COMMANDS[cmd_name][0]}:command is no click command")
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the list of commands without loading them."""
        with formatter.section("命令"):
            formatter.write_dl([(name, line) for name, (_, line) in COMMANDS.items()])

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Refuse an unknown command in Chinese and name the list."""
        if args and args[0] not in COMMANDS and not args[0].startswith("-"):
            ctx.fail(f"没有「{args[0]}」这个命令，运行 ./hall --help 查看全部命令。")
        return super().resolve_command(ctx, args)


@click.group(
    cls=Commands,
    epilog=EPILOG,
    help="工会实名制管理平台：从 Excel 采集表到会员名册、补助结算。",
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
@click.version_option(
    __version__, "--version", prog_name="unionhall", message="工会实名制管理平台 %(version)s"
)
def command() -> None:
    """Hold the commands together."""


def main() -> NoReturn:
    """Run the command line; refusals become a sentence and an exit code, everything else is a bug."""
    try:
        command(prog_name="./hall", standalone_mode=True)
    except DatabaseUnfit as unfit:
        click.echo(f"数据库不可用：{unfit}", err=True)
        raise SystemExit(UNAVAILABLE) from None
    except Refused as refused:
        for refusal in refused.refusals:
            click.echo(refusal.message, err=True)
        raise SystemExit(1) from None
    except KeyboardInterrupt:
        raise SystemExit(INTERRUPTED) from None
    raise SystemExit(0)
