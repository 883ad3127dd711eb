"""Work begun by a worker that died is begun again: every job may be killed at any moment and run twice."""

from __future__ import annotations

from procrastinate import App, JobContext
from procrastinate.contrib.django import app


@app.periodic(cron="* * * * *")
@app.task(name="foundation.retry_stalled", queueing_lock="foundation.retry_stalled", pass_context=True)
async def retry_stalled(context: JobContext, timestamp: int) -> None:
    """Look every minute for jobs whose worker died."""
    await put_back_stalled(context.app)


async def put_back_stalled(queue: App) -> None:
    """Put every job back whose worker no longer gives a sign of life."""
    for job in await queue.job_manager.get_stalled_jobs():
        await queue.job_manager.retry_job(job)
