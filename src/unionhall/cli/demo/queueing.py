"""Let a real worker do what waits in the queue, and watch how far it has come."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable
from typing import cast

from django.db import connections
from procrastinate.contrib.django import app
from procrastinate.contrib.django.django_connector import DjangoConnector

MOST_AT_ONCE = 4
LOOK_EVERY_SECONDS = 0.3


def work_until_idle(watch: Callable[[], None]) -> None:
    """Run a worker until the queue is empty; `watch` is called now and then meanwhile."""
    failures: list[BaseException] = []
    # A daemon: Ctrl+C ends the demo at once, and the next run goes on with what was left.
    worker = threading.Thread(target=_work, args=(failures,), daemon=True)
    worker.start()
    while worker.is_alive():
        worker.join(LOOK_EVERY_SECONDS)
        watch()
    watch()
    if failures:
        raise failures[0]


def _work(failures: list[BaseException]) -> None:
    connector = cast(DjangoConnector, app.connector).get_worker_connector()
    at_once = min(MOST_AT_ONCE, os.cpu_count() or 1)
    try:
        with app.replace_connector(connector) as working:
            working.run_worker(concurrency=at_once, wait=False, install_signal_handlers=False)
    except BaseException as error:
        failures.append(error)
    finally:
        connections.close_all()
