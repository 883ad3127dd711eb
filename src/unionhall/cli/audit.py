"""`audit verify`: prove that nobody changed the memory of the house, or name the first broken entry."""

from __future__ import annotations

import sys

import click
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from unionhall.audit import queries as audit
from unionhall.cli.boot import boot
from unionhall.foundation import scoping
from unionhall.foundation.actor import system
from unionhall.foundation.capabilities import Capability

BROKEN = 1
READER = system("审计校验", Capability.AUDIT_VIEW)


@click.group(
    epilog="""\b
例子：
  ./hall audit verify

\b
退出码：0 完整，1 被改动（指出第一条），69 数据库不可用
"""
)
def command() -> None:
    """审计：校验审计链是否被改动。"""


@command.command(
    epilog="""\b
每一条审计记录都含有前一条的摘要，摘要的密钥在数据库之外：
改动、删除或插入任何一条（即使用数据库超级用户），从那一条起就对不上。
数据备份恢复之后、移交之前、检查之时，都应校验一次。

\b
例子：
  ./hall audit verify

\b
退出码：0 完整，1 被改动（指出第一条），69 数据库不可用
"""
)
def verify() -> None:
    """从第一条起逐条校验整条审计链，指出第一条被改动、删除或插入的记录。"""
    boot()
    with _progress() as progress, scoping.acting(READER) as by:
        total = audit.trail(by.scope).count()
        task = progress.add_task("核验审计链", total=total)
        verdict = audit.verify(lambda count: progress.update(task, completed=count))
    if verdict.broken_at is None:
        click.echo(f"审计链完整，共 {verdict.entries} 条。")
        return
    click.echo(f"审计链已被改动：{verdict.why}。之前的 {verdict.broken_at - 1} 条完整。", err=True)
    click.echo("请保留数据库现状，不要继续写入，并与最近的备份比对。", err=True)
    sys.exit(BROKEN)


def _progress() -> Progress:
    """Return a bar on the error stream, so that the answer alone stands on the other."""
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    return Progress(*columns, console=Console(stderr=True), transient=True)
