"""`migrate`: make the tables, or bring them up to date."""

from __future__ import annotations

import click

from unionhall.cli.boot import boot, bring_up_to_date, grant


@click.command(
    epilog="""\b
例子：
  ./hall migrate                                   升级内置数据库
  DATABASE_URL=postgresql://… ./hall migrate       升级指定的数据库（PostgreSQL 15 或更高版本）

\b
退出码：0 成功，69 数据库不可用
"""
)
def command() -> None:
    """建立或升级数据库。

    以属主身份执行全部迁移，再授予应用用户所需权限。可以反复执行；正在运行的网站请先停止。
    """
    boot(migrated=False)
    done = bring_up_to_date()
    grant()
    for name in done:
        click.echo(f"已执行 {name}")
    click.echo(f"数据库已是最新，本次执行 {len(done)} 项迁移。" if done else "数据库已是最新，无需迁移。")
