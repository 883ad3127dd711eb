"""`worker`: do what waits in the queue."""

from __future__ import annotations

from typing import cast

import click
from procrastinate.contrib.django import app
from procrastinate.contrib.django.django_connector import DjangoConnector

from unionhall.cli.boot import boot


@click.command(
    epilog="""\b
例子：
  ./hall worker                     一直运行，Ctrl+C 停止（先做完手头的任务）
  ./hall worker --until-empty       做完排队的任务就退出

\b
退出码：0 正常停止，69 数据库不可用
"""
)
@click.option(
    "--concurrency", type=click.IntRange(1, 32), default=2, show_default=True, help="同时处理的任务数。"
)
@click.option("--until-empty", is_flag=True, help="队列空了就退出。")
def command(concurrency: int, until_empty: bool) -> None:
    """启动后台任务：大批量校验、生效与每日定时任务。"""
    boot()
    click.echo("后台任务已启动。", err=True)
    # Django's connector waits in threads; the worker's listens for new jobs on a connection of its own.
    connector = cast(DjangoConnector, app.connector).get_worker_connector()
    with app.replace_connector(connector) as working:
        working.run_worker(concurrency=concurrency, wait=not until_empty)
