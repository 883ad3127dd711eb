"""A job whose worker died is begun again."""

from __future__ import annotations

import asyncio
from typing import cast

import pytest
from django.db import connection
from procrastinate.contrib.django import app
from procrastinate.contrib.django.django_connector import DjangoConnector

from unionhall.foundation import jobs
from unionhall.foundation.queue import later

pytestmark = pytest.mark.django_db(transaction=True)


def states() -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT status FROM procrastinate_jobs ORDER BY id")
        return [status for (status,) in cursor.fetchall()]


async def retry() -> None:
    connector = cast(DjangoConnector, app.connector).get_worker_connector()
    with app.replace_connector(connector) as working:
        async with working.open_async():
            await jobs.put_back_stalled(working)


def test_a_job_whose_worker_died_waits_again() -> None:
    later("collection.judge", batch_id=1)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE procrastinate_jobs SET status = 'doing', worker_id = NULL")

    asyncio.run(retry())

    assert states() == ["todo"]


def test_a_job_that_nobody_took_is_left_alone() -> None:
    later("collection.judge", batch_id=1)

    asyncio.run(retry())

    assert states() == ["todo"]
