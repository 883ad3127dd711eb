"""`accounts`: open accounts, help in who forgot the password or lost the phone, shut out who left.

`create` gives the first grant too, and in an empty registry founds the city union first.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime
from typing import TYPE_CHECKING

import click
from django.db import transaction
from django.utils import timezone

from unionhall.accounts import actions as accounts
from unionhall.accounts import queries as account_queries
from unionhall.accounts.actions import Opened
from unionhall.accounts.choices import Role
from unionhall.cli.boot import boot
from unionhall.cli.naming import union_named
from unionhall.cli.refusing import refusing
from unionhall.foundation import scoping
from unionhall.foundation.actor import Actor, system
from unionhall.foundation.capabilities import Capability
from unionhall.standards import dates
from unionhall.standards.refusal import Refusal, Refused
from unionhall.standards.text import name_key
from unionhall.unions import actions as unions
from unionhall.unions import queries
from unionhall.unions.actions import UnionFacts
from unionhall.unions.choices import UnionKind

if TYPE_CHECKING:
    from unionhall.accounts.models import User

OPERATOR = system("运维人员", Capability.ACCOUNT_CREATE, Capability.GRANT_GIVE, Capability.UNION_ESTABLISH)
ROLES = "、".join(f"{role.value} {role.label}" for role in Role)


@click.group(
    epilog="""\b
例子：
  ./hall accounts create linmin --name 林示范 --role clerk --branch 龙华区中山街道总工会
  ./hall accounts create --help      角色说明，以及空数据库的第一次使用
  ./hall accounts reset-password linmin
  ./hall accounts disable linmin --reason 已调离

\b
退出码：0 已办理，2 拒绝（原因见提示），69 数据库不可用
"""
)
def command() -> None:
    """账号：开通账号并授权，重置密码，停用与启用。"""


@command.command(
    epilog=f"""\b
角色：
  {ROLES}
  三类管理员须由三个人分别担任，且不能兼任业务角色。

\b
第一次使用（空的数据库）：先登记市总工会，再开通三类管理员，之后的账号在网页中办理
  ./hall accounts create xitong --name 王示范 --role system --found-city 海口市总工会
  ./hall accounts create anquan --name 李示范 --role security --branch 海口市总工会
  ./hall accounts create shenji --name 张示范 --role audit --branch 海口市总工会

\b
例子：
  ./hall accounts create linmin --name 林示范 --role clerk --branch 龙华区中山街道总工会
  ./hall accounts create chenhai --name 陈示范 --role reviewer --branch 海口市总工会 --until 2027-01-01

\b
口令只显示这一次，本人首次登录时必须更改。
退出码：0 已开通，2 拒绝（原因见提示），69 数据库不可用
"""
)
@click.argument("username", metavar="账号")
@click.option("--name", required=True, metavar="姓名", help="使用人姓名；一人一号，不得共用。")
@click.option(
    "--role", required=True, type=click.Choice([role.value for role in Role]), metavar="角色", help="见下。"
)
@click.option("--branch", metavar="工会", help="管理哪个工会及其下级：工会全称，或它在组织树中的位置。")
@click.option("--until", metavar="日期", help="授权到哪一天为止（当天起失效）；不填则长期有效。")
@click.option("--found-city", metavar="名称", help="数据库为空时，先登记这个市总工会。")
def create(
    username: str, name: str, role: str, branch: str | None, until: str | None, found_city: str | None
) -> None:
    """开通一个账号并授权，显示一次随机口令。"""
    with refusing():
        place = branch or found_city
        if place is None:
            message = "请用 --branch 指明管理哪个工会；数据库还是空的，请用 --found-city 登记市总工会。"
            raise Refused(Refusal("cli.no_branch", message))
        last_day = _day(until)
        boot()
        at = timezone.localtime()
        with scoping.acting(OPERATOR) as by:
            if found_city:
                _found(found_city, by, at)
            opened = _open(username, name, role, place, last_day, by, at)
    click.echo(f"已开通：{opened.user.name}，{Role(role).label}，{place}。")
    click.echo(f"账号：{opened.user.username}")
    click.echo(f"口令：{opened.password}　（只显示这一次，首次登录时须更改）")


DONE = "退出码：0 已办理，2 拒绝（原因见提示），69 数据库不可用"


@command.command(
    "reset-password",
    epilog=f"""\b
例子：
  ./hall accounts reset-password anquan
  ./hall accounts reset-password anquan --second-factor      手机也丢失的，一并作废动态口令

\b
原密码立即失效，所有设备退出。新密码只显示这一次，本人登录后须改密码。
因多次输错被锁定的账号，15 分钟后才能登录。
{DONE}
""",
)
@click.argument("username", metavar="账号")
@click.option("--second-factor", is_flag=True, help="同时作废动态口令和恢复码。")
def reset_password(username: str, *, second_factor: bool) -> None:
    """给忘记密码的人（包括管理员）生成一个新密码。"""
    with _dealing_with(username) as (user, by, at):
        if second_factor:
            accounts.reset_second_factor(user, by=by, at=at)
        opened = accounts.reset_password(user, by=by, at=at)
    click.echo(f"已重置：{opened.user.name}{'，动态口令已作废' if second_factor else ''}。")
    click.echo(f"账号：{opened.user.username}")
    click.echo(f"密码：{opened.password}　（只显示这一次，登录后须更改）")


@command.command(
    epilog=f"""\b
例子：
  ./hall accounts disable linmin --reason 已调离

\b
账号、授权和办过的事都保留；在网页的账号页可以再启用。
{DONE}
"""
)
@click.argument("username", metavar="账号")
@click.option("--reason", required=True, metavar="原因", help="停用原因，留在审计记录里。")
def disable(username: str, reason: str) -> None:
    """停用一个账号：立即不能登录，所有设备退出。"""
    with _dealing_with(username) as (user, by, at):
        accounts.disable(user, reason=reason, by=by, at=at)
    click.echo(f"已停用：{user.name}（{user.username}），所有设备已退出。")


@command.command(
    epilog=f"""\b
例子：
  ./hall accounts enable linmin

\b
{DONE}
"""
)
@click.argument("username", metavar="账号")
def enable(username: str) -> None:
    """启用一个停用的账号，密码和仍有效的授权照旧。"""
    with _dealing_with(username) as (user, by, at):
        accounts.enable(user, by=by, at=at)
    click.echo(f"已启用：{user.name}（{user.username}）。")


@contextmanager
def _dealing_with(username: str) -> Iterator[tuple[User, Actor, datetime]]:
    """Find an account and act on it as the operator, whole or not at all.

    :raises Refused: if there is no such account
    """
    with refusing():
        boot()
        with scoping.acting(OPERATOR) as by:
            user = account_queries.find_by_username(by.scope, username)
            if user is None:
                raise Refused(Refusal("cli.no_account", f"没有账号「{username}」，请核对。", "username"))
            yield user, by, timezone.localtime()


@transaction.atomic
def _open(
    username: str, name: str, role: str, place: str, until: date | None, by: Actor, at: datetime
) -> Opened:
    union = union_named(by.scope, place)
    opened = accounts.create(username=username, name=name, by=by, at=at)
    accounts.grant(opened.user, role=role, branch=union, valid_until=until, by=by, at=at)
    return opened


def _found(name: str, by: Actor, at: datetime) -> None:
    """Establish the city union unless it stands already.

    :raises Refused: if another union is the root of this registry
    """
    if not queries.tree(by.scope).filter(name_key=name_key(name)).exists():
        unions.establish_root(UnionFacts(name=name, kind=UnionKind.FEDERATION), by=by, at=at)


def _day(text: str | None) -> date | None:
    """Read the day a grant ends.

    :raises Refused: if it is no day, or not after today
    """
    if text is None:
        return None
    day = dates.parse_date(text)
    if day <= timezone.localdate():
        raise Refused(Refusal("cli.past", f"截止日期 {day} 不晚于今天，请核对。", "until"))
    return day
