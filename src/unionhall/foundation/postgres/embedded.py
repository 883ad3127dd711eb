"""The server from the wheel: made, started and stopped in the data directory, shared by all our processes.

PostgreSQL refuses to run as root; there it runs as a system user of its own. Every process that uses the
server holds a shared lock; the last one to let go stops the server. A killed process loses its lock by
itself, so nothing has to be cleaned up. The superuser enters over the socket only, and only as the operating
system's user who runs the server, or root.
"""

from __future__ import annotations

import atexit
import fcntl
import os
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import psycopg
from psycopg.conninfo import make_conninfo

from unionhall.foundation.postgres import cluster
from unionhall.foundation.postgres.addresses import PORT, server_directory, socket_directory
from unionhall.foundation.postgres.refusals import DatabaseUnfit

RECOVERY_SECONDS = 120

_held: dict[Path, int] = {}


def admin_conninfo(data: Path) -> str:
    """Return how the superuser of the embedded server enters (to make roles; for tests that tamper)."""
    host = str(socket_directory(data))
    return make_conninfo("", host=host, port=PORT, user=cluster.SUPERUSER, dbname=cluster.SUPERUSER)


def ensure_running(data: Path, *, durable: bool = True) -> str:
    """Make the server if it is not there, start it if it does not run, and hold it until this process ends.

    :param durable: False turns fsync off, for tests; it holds for a server that this call starts
    :returns: the superuser's conninfo
    :raises DatabaseUnfit: if it cannot be made or started; the sentence names the log
    """
    data.mkdir(parents=True, exist_ok=True)
    with _starting(data):
        _hold(data)
        if not _answers(data):
            _start(data, durable=durable)
    return admin_conninfo(data)


def let_go(data: Path) -> None:
    """Release the server; if nobody else uses it, stop it."""
    holder = _held.pop(data, None)
    if holder is None:
        return
    if not data.exists():
        os.close(holder)
        return
    with _starting(data):
        fcntl.flock(holder, fcntl.LOCK_UN)
        with suppress(BlockingIOError):
            fcntl.flock(holder, fcntl.LOCK_EX | fcntl.LOCK_NB)
            _stop(data)
        os.close(holder)


def _hold(data: Path) -> None:
    if data in _held:
        return
    holder = os.open(data / "postgres.users", os.O_RDWR | os.O_CREAT, 0o600)
    fcntl.flock(holder, fcntl.LOCK_SH)
    _held[data] = holder
    pid = os.getpid()
    # A forked child inherits the handler; only the process that took hold may let go.
    atexit.register(lambda: let_go(data) if os.getpid() == pid else None)


@contextmanager
def _starting(data: Path) -> Iterator[None]:
    """One at a time: making, starting and stopping the server."""
    lock = os.open(data / "postgres.lock", os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
    finally:
        os.close(lock)


def _answers(data: Path) -> bool:
    """Return whether the server lets us in; one that recovers from a crash is waited for."""
    for _ in range(RECOVERY_SECONDS):
        try:
            psycopg.connect(admin_conninfo(data), connect_timeout=10).close()
        except psycopg.OperationalError as error:
            if "the database system is" not in str(error):
                return False
            time.sleep(1)
        else:
            return True
    return False


def _start(data: Path, *, durable: bool) -> None:
    directory = server_directory(data)
    runner = cluster.runner_for(directory)
    cluster.make(directory, runner)
    cluster.own_socket_directory(socket_directory(data), runner)
    cluster.configure(directory, socket_directory(data), runner, durable=durable)
    cluster.forget_dead_server(directory)
    log = directory / "server.log"
    arguments = ("start", "-w", "-t", str(RECOVERY_SECONDS), "-l", str(log))
    try:
        cluster.control(directory, runner, *arguments)
    except subprocess.CalledProcessError:
        # What a killed server left running notices within moments, and lets go of the files.
        time.sleep(2)
        try:
            cluster.control(directory, runner, *arguments)
        except subprocess.CalledProcessError as error:
            raise DatabaseUnfit(f"内置数据库启动失败，请查看日志 {log} 的最后几行。") from error


def _stop(data: Path) -> None:
    directory = server_directory(data)
    if (directory / "postmaster.pid").exists():
        with suppress(subprocess.CalledProcessError):
            cluster.control(directory, cluster.runner_for(directory), "stop", "-w", "-m", "fast")
