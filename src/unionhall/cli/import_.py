"""`import`: hand in sheets for a union as one of its clerks, and hear at once what is wrong with them."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click
from django.utils import timezone
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from unionhall.accounts import queries as accounts
from unionhall.cli.boot import boot
from unionhall.cli.naming import union_named
from unionhall.cli.refusing import refusing
from unionhall.collection import actions as collection
from unionhall.collection import queries as batches
from unionhall.collection.actions import Upload
from unionhall.collection.choices import BatchState, Severity
from unionhall.foundation import scoping
from unionhall.foundation.actor import Actor, Scope, system
from unionhall.foundation.capabilities import Capability
from unionhall.standards.refusal import Refusal, Refused
from unionhall.workflows import collecting

if TYPE_CHECKING:
    from unionhall.collection.models import Batch
    from unionhall.unions.models import Union

FAULTY = 1
NARROWEST = 110
JUDGE = system("核对程序", Capability.COLLECTION_FILL)
LOOKING = system("运维人员", Capability.ACCOUNT_VIEW)
STYLES = {Severity.ERROR: "red", Severity.WARNING: "yellow", Severity.INFO: "dim"}


@click.command(
    epilog="""\b
与网页上传完全相同：组织表和会员表一并交来，逐格核对，再与登记库比对；
有错误的行留在批次中，可以在网页里更正；没有错误的行可用 --submit 提交上级审核。
只想校验文件、不保存任何内容时，请用 ./hall check。

\b
例子：
  ./hall import 组织信息.xlsx 会员信息.xlsx --union 龙华区中山街道总工会 --as tianbao001
  ./hall import 会员信息.csv --union 龙华区中山街道总工会 --as tianbao001 --submit

\b
退出码：0 没有错误，1 有错误的行，2 拒绝或文件无法读取，69 数据库不可用
"""
)
@click.argument(
    "files",
    nargs=-1,
    required=True,
    metavar="文件…",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
)
@click.option(
    "--union", "union_name", required=True, metavar="工会", help="填报工会：全称，或它在组织树中的位置。"
)
@click.option("--as", "username", required=True, metavar="账号", help="以哪个填报员的名义办理。")
@click.option("--submit", "submitting", is_flag=True, help="核对后把没有错误的行提交上级审核。")
def command(files: tuple[Path, ...], union_name: str, username: str, submitting: bool) -> None:
    """导入采集表：以填报员的名义交来一个工会的采集表，核对后显示结果。"""
    with refusing():
        boot()
        console = Console()
        console = console if console.is_terminal else Console(width=max(NARROWEST, console.width))
        by, union = _clerk_of(username, union_name)
        with console.status("正在核对……"):
            batch = _take_in(files, union, by)
        if batch.state == BatchState.UNREADABLE:
            raise Refused(Refusal("cli.unreadable", f"文件无法读取：{batch.problem}"))
        faulty = _show(batch, by, console)
        if submitting:
            _submit(batch, by, console)
    sys.exit(FAULTY if faulty else 0)


def _clerk_of(username: str, union_name: str) -> tuple[Actor, Union]:
    """Return the account acting for the branch through which it may fill in for the union, and the union.

    :raises Refused: if there is no such account, no such union in its reach, or it is no clerk there
    """
    today = timezone.localdate()
    with scoping.acting(LOOKING) as by:
        user = accounts.accounts(by.scope).filter(username__iexact=username, is_active=True).first()
        union = union_named(Scope.everything(), union_name)
    choices = accounts.acting_choices(user, on=today) if user else []
    actors = [accounts.actor_of(user, choice) for choice in choices] if user else []
    fit = next((actor for actor in actors if actor.may(Capability.COLLECTION_FILL, union.path)), None)
    if not actors:
        raise Refused(Refusal("cli.no_account", f"没有账号「{username}」，或它没有有效的授权。"))
    if fit is None:
        message = f"账号「{username}」不是「{union.name}」的填报员，请换一个账号。"
        raise Refused(Refusal("cli.not_clerk", message))
    return fit, union


def _take_in(files: tuple[Path, ...], union: Union, by: Actor) -> Batch:
    """Receive the files and judge them here; the worker then finds the batch judged."""
    uploads = [Upload(path.name, path.read_bytes()) for path in files]
    with scoping.acting(by):
        batch_id = collection.receive(union, uploads, by=by, at=timezone.localtime()).pk
    collection.judge(batch_id, by=JUDGE, at=timezone.localtime())
    with scoping.acting(by):
        return batches.batches(by.scope).get(pk=batch_id)


def _show(batch: Batch, by: Actor, console: Console) -> int:
    """Print how the rows stand and what was found, kind by kind; return how many rows are faulty."""
    with scoping.acting(by):
        summary = batches.summary(batch)
        kinds = batches.kinds_of_finding(batch)
    console.print(
        f"批次 {batch.pk}：组织信息 {summary.unions} 行，会员信息 {summary.members} 行；"
        f"可提交 {summary.ready} 行，有错误 {summary.faulty} 行，已在册 {summary.known} 行。"
    )
    if kinds:
        table = Table("程度", "列", "行数", "例如", box=None, pad_edge=False, header_style="bold")
        for kind in kinds:
            severity = Severity(kind.severity)
            table.add_row(
                f"[{STYLES[severity]}]{severity.label}[/]",
                escape(kind.column),
                str(kind.count),
                escape(kind.message),
            )
        console.print(table)
    return summary.faulty


def _submit(batch: Batch, by: Actor, console: Console) -> None:
    with scoping.acting(by):
        case = collecting.submit(batch, by=by, at=timezone.localtime())
    console.print(f"已提交审核：办件 {case.number}，共 {case.row_count} 行。")
