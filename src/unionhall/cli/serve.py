"""`serve`: the web site and its worker, two processes under one command."""

from __future__ import annotations

import errno
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

import click
from django.conf import settings

from unionhall.cli.boot import boot
from unionhall.ui import icons

THREADS = 8
PATIENCE_SECONDS = 30


@click.command(
    epilog="""\b
例子：
  ./hall serve                                  访问 http://127.0.0.1:8000
  ./hall serve --host 0.0.0.0 --port 80         对外服务（请先设置 UNIONHALL_HOSTS）
  ./hall serve --no-worker                      后台任务由另一台机器的 ./hall worker 处理

\b
退出码：0 正常停止，1 网站意外退出，69 数据库或端口不可用
"""
)
@click.option("--host", default="127.0.0.1", show_default=True, help="监听地址。")
@click.option("--port", type=click.IntRange(1, 65535), default=8000, show_default=True, help="监听端口。")
@click.option("--workers", type=click.IntRange(1, 64), default=2, show_default=True, help="网站进程数。")
@click.option("--worker/--no-worker", "background", default=True, help="是否同时启动后台任务（默认启动）。")
def command(host: str, port: int, workers: int, background: bool) -> None:
    """启动网站与后台任务，Ctrl+C 停止。"""
    refuse_taken_port(host, port)
    boot()
    sys.exit(run_site(host=host, port=port, workers=workers, background=background))


def refuse_taken_port(host: str, port: int) -> None:
    """Say so before anything is started, if the address cannot be had.

    :raises SystemExit: 69, with a sentence
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            click.echo(_why_not(error, host, port), err=True)
            sys.exit(69)


def run_site(*, host: str, port: int, workers: int = 2, background: bool = True) -> int:
    """Serve until told to stop (SIGINT, SIGTERM) or until a part ends by itself, and stop all parts.

    :returns: 0 if it was told to stop, 1 if a part ended by itself
    """
    icons.write_sprite(node_modules=settings.NODE, into=settings.DATA / "made")
    commands = [_web(host, port, workers)] + (
        [[sys.executable, "-m", "unionhall", "worker"]] if background else []
    )
    with _told_to_stop() as stopping:
        # Sessions of their own: Ctrl+C reaches us alone, and we stop the parts in order.
        parts = [subprocess.Popen(part, start_new_session=True) for part in commands]
        try:
            while not stopping and all(part.poll() is None for part in parts):
                time.sleep(0.2)
        finally:
            _stop(parts)
    if not stopping:
        click.echo("网站或后台任务意外退出，请查看上面的日志。", err=True)
    return 0 if stopping else 1


def _web(host: str, port: int, workers: int) -> list[str]:
    address = f"[{host}]:{port}" if ":" in host else f"{host}:{port}"
    return [
        *(sys.executable, "-m", "gunicorn", "unionhall.config.wsgi:application"),
        *(
            "--bind",
            address,
            "--workers",
            str(workers),
            "--worker-class",
            "gthread",
            "--threads",
            str(THREADS),
        ),
        *(
            "--timeout",
            "120",
            "--graceful-timeout",
            "20",
            "--max-requests",
            "5000",
            "--max-requests-jitter",
            "500",
        ),
        *("--log-level", "warning", "--no-control-socket"),
    ]


@contextmanager
def _told_to_stop() -> Iterator[list[int]]:
    """Give a list that stays empty until a signal asks us to stop."""
    heard: list[int] = []

    def hear(number: int, frame: FrameType | None) -> None:
        heard.append(number)

    before = {number: signal.signal(number, hear) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield heard
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _stop(parts: list[subprocess.Popen[bytes]]) -> None:
    for part in parts:
        if part.poll() is None:
            part.terminate()
    deadline = time.monotonic() + PATIENCE_SECONDS
    for part in parts:
        try:
            part.wait(max(0.1, deadline - time.monotonic()))
        except subprocess.TimeoutExpired:
            part.kill()
            part.wait()


def _why_not(error: OSError, host: str, port: int) -> str:
    if error.errno == errno.EADDRINUSE:
        return f"端口 {port} 已被其他程序占用，请停止该程序，或用 --port 换一个端口。"
    if error.errno == errno.EACCES:
        return f"没有权限使用端口 {port}，请换用 1024 以上的端口。"
    return f"地址 {host} 不是本机地址，请用 --host 改为 127.0.0.1 或 0.0.0.0。"
