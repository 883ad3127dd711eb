"""Lay the outcome out for somebody who sees it for the first time."""

from __future__ import annotations

from rich import box
from rich.console import Console
from rich.markup import escape
from rich.panel import Panel
from rich.table import Table

from unionhall.cli.demo.figures import Intake, Refused, Stage, Standing
from unionhall.cli.demo.officers import Shown
from unionhall.cli.demo.telling import Outcome
from unionhall.standards.money import yuan
from unionhall.ui.writing import write_percent

SEVERITIES = {"error": "[red]错误[/]", "warning": "[yellow]警告[/]", "info": "提示"}
KINDS_SHOWN = 14
MEGABYTE = 1024 * 1024


def show(outcome: Outcome, console: Console) -> None:
    """Print the account of the job."""
    console.print()
    _show_intake(outcome.intake, console)
    _show_refused(outcome.intake.refused, console)
    _show_standing(outcome.standing, console)
    _show_stages(outcome.stages, console)


def show_accounts(accounts: list[Shown], console: Console) -> None:
    """Print the accounts to sign in with."""
    if not accounts:
        console.print("账号口令文件已被删除，无法再次显示；需要时请用 ./hall demo --fresh 重新开始。")
        return
    table = _table(
        "可以登录的账号（口令随机生成，只用于演示）", "角色", "账号", "密码", "所在工会", "能做什么"
    )
    for account in accounts:
        table.add_row(account.role, account.username, account.password, account.union, account.ability)
    console.print(table)
    console.print("三类管理员首次登录须绑定动态口令（第二因素）。\n", style="dim")


def _show_intake(intake: Intake, console: Console) -> None:
    size = f"{intake.bytes / MEGABYTE:,.1f} MB"
    lines = [
        f"收到 [bold]{intake.batches:,}[/] 份报送，{intake.files:,} 个文件（{size}）：",
        f"组织信息 [bold]{intake.union_rows:,}[/] 行，会员信息 [bold]{intake.member_rows:,}[/] 行；",
        f"核对后有错误的 [bold red]{intake.faulty_rows:,}[/] 行，逐格指出，不予入库。",
    ]
    lines += [f"无法读取：{why}" for why in intake.unreadable]
    console.print(Panel("\n".join(lines), title="收到了什么", title_align="left"))


def _show_refused(refused: list[Refused], console: Console) -> None:
    order = list(SEVERITIES)
    found = sorted(refused, key=lambda each: (order.index(each.severity), -each.count))
    if not found:
        return
    table = _table("退回更正的原因（行数最多的在前）", "程度", "列", "行数", "例如")
    table.columns[2].justify = "right"
    for each in found[:KINDS_SHOWN]:
        table.add_row(SEVERITIES[each.severity], escape(each.column), f"{each.count:,}", escape(each.sample))
    console.print(table)
    if len(found) > KINDS_SHOWN:
        rest = found[KINDS_SHOWN:]
        console.print(f"另有 {len(rest)} 种，共 {sum(each.count for each in rest):,} 行。\n", style="dim")


def _show_standing(standing: Standing, console: Console) -> None:
    verdict = standing.verdict
    chain = (
        f"[green]审计链完整[/]，共 {verdict.entries:,} 条"
        if verdict.broken_at is None
        else f"[red]审计链被改动[/]：{verdict.why}"
    )
    lines = [
        f"市总工会审核通过并入库：工会 [bold]{standing.unions:,}[/] 个，"
        f"单位 [bold]{standing.employers:,}[/] 个，会员 [bold]{standing.members:,}[/] 人；",
        f"按每人 7.00 元计，{standing.counted:,} 人应拨补助 [bold]{yuan(standing.owed_fen, grouped=True)}[/] 元"
        f"（保留会籍的 {standing.members - standing.counted:,} 人不计补助）。",
        chain,
    ]
    console.print(Panel("\n".join(lines), title="批准了什么", title_align="left"))
    _show_owed(standing, console)
    _show_progress(standing, console)


def _show_owed(standing: Standing, console: Console) -> None:
    table = _table("补助结算：各填报单位应得", "填报单位", "会员（人）", "金额（元）")
    for column in table.columns[1:]:
        column.justify = "right"
    for each in standing.owed:
        table.add_row(each.union_name, f"{each.count:,}", yuan(each.amount_fen, grouped=True))
    table.add_row("合计", f"{standing.counted:,}", yuan(standing.owed_fen, grouped=True), style="bold")
    console.print(table)


def _show_progress(standing: Standing, console: Console) -> None:
    table = _table("采集进度（人）", "填报单位", "应采", "已采", "审核中", "退回", "已通过", "完成率")
    for column in table.columns[1:]:
        column.justify = "right"
    lines = [*standing.progress, *([standing.total] if standing.total else [])]
    for line in lines:
        numbers = (line.declared, line.collected, line.pending, line.returned, line.approved)
        is_total = line is standing.total
        name = "合计" if is_total else f"{line.name}（本级）" if line.own else line.name
        table.add_row(
            name,
            *(f"{number:,}" for number in numbers),
            write_percent(line.approved, line.declared),
            style="bold" if is_total else "",
        )
    console.print(table)


def _show_stages(stages: list[Stage], console: Console) -> None:
    table = _table("用时", "阶段", "数量", "秒", "每秒")
    for column in table.columns[1:]:
        column.justify = "right"
    for stage in stages:
        speed = f"{stage.count / stage.seconds:,.0f}" if stage.seconds else ""
        table.add_row(stage.title, f"{stage.count:,} {stage.unit}", f"{stage.seconds:,.1f}", speed)
    table.add_row("合计", "", f"{sum(stage.seconds for stage in stages):,.1f}", "", style="bold")
    console.print(table)


def _table(title: str, *headers: str) -> Table:
    table = Table(title=title, title_justify="left", title_style="bold", box=box.SIMPLE_HEAD, pad_edge=False)
    for header in headers:
        table.add_column(header, overflow="fold")
    return table
