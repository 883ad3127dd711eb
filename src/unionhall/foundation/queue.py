"""Put work off: a row in the queue, written in the deed's transaction, taken by a worker after commit."""

from __future__ import annotations

from procrastinate.contrib.django import app


def later(job: str, **ids: int) -> None:
    """Put a job off by its name, with nothing but ids; see each room's `jobs.py`."""
    app.configure_task(job).defer(**ids)
