"""The command itself: options, the database, the story, the site."""

from __future__ import annotations

import sys

import click
from django.conf import settings
from rich.console import Console

from unionhall.cli.boot import boot
from unionhall.cli.demo import clearing, printing
from unionhall.cli.demo.planning import FEWEST, MOST, USUAL
from unionhall.cli.demo.telling import tell
from unionhall.cli.refusing import refusing
from unionhall.cli.serve import refuse_taken_port, run_site
from unionhall.foundation import postgres

NARROWEST = 110


@click.command(
    epilog="""\b
例子：
  ./hall demo                          约 3000 名会员，完成后打开 http://127.0.0.1:8000
  ./hall demo --no-serve               只演示业务，不启动网站
  ./hall demo --members 100000         十万名会员（约需数分钟）
  ./hall demo --fresh                  清空上一次的演示，从头再来
  UNIONHALL_DATA=/tmp/演示 ./hall demo  数据放在另一个目录，用完删除即可

\b
全部人员、单位和号码都是虚构的：身份证号的地区码 460199 不属于任何地方。
采集表写在 数据目录/demo/sheets，可以用 Excel 打开，也可以用 ./hall check 校验。
再次运行会接着上一次继续；已经完成的只再次显示结果并启动网站。
数据库中如有正式数据，演示不会写入，也不会清空。

\b
退出码：0 完成，1 审计链未通过核验，2 拒绝运行，69 数据库或端口不可用
"""
)
@click.option(
    "--members",
    type=click.IntRange(FEWEST, MOST),
    metavar="人数",
    help=f"大约多少名会员（默认 {USUAL}，最多 {MOST:,}）。",
)
@click.option("--fresh", is_flag=True, help="先清空上一次的演示（数据表和文件）。")
@click.option("--serve/--no-serve", "serving", default=True, help="完成后是否启动网站（默认启动）。")
@click.option("--host", default="127.0.0.1", metavar="地址", show_default=True, help="网站的监听地址。")
@click.option(
    "--port", type=click.IntRange(1, 65535), default=8000, show_default=True, help="网站的监听端口。"
)
def command(members: int | None, fresh: bool, serving: bool, host: str, port: int) -> None:
    """演示：用虚构数据走完从采集表到结算的全过程，然后打开网站。

    建立海口市的工会组织树，写出各街道、基层工会报送的采集表（有的填错），
    经接收、核对、更正、提交、逐级审核，由市总工会批准入库，计算补助。
    """
    if serving:
        refuse_taken_port(host, port)
    console = _console()
    postgres.prepare_roles(settings.DATABASES, settings.DATA)
    folder = settings.DATA / "demo"
    with refusing():
        if fresh:
            clearing.clear(folder)
        clearing.refuse_real()
        boot()
        outcome = tell(members, folder, console=console)
    printing.show(outcome, console)
    printing.show_accounts(outcome.accounts, console)
    if outcome.standing.verdict.broken_at is not None:
        sys.exit(1)
    if serving:
        console.print(f"网站已启动：[bold]http://{host}:{port}[/]　按 Ctrl+C 停止。")
        sys.exit(run_site(host=host, port=port))


def _console() -> Console:
    """Return the console; into a file or a pipe the tables keep a width that can be read."""
    console = Console()
    return console if console.is_terminal else Console(width=max(NARROWEST, console.width))
