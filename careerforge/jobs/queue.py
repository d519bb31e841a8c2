"""Asking for work: the only caller of django-q2."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from django.db import connection
from django.utils import timezone
from django_q.tasks import async_task

from careerforge.jobs import registry
from careerforge.jobs.models import JobRun
from careerforge.tenancy import context

# How long a queued run may wait for a worker before it is queued again.
QUEUE_PATIENCE = timedelta(minutes=10)


def enqueue(
    name: str, *, key: str, asked_by: UUID | None = None, run_after: datetime | None = None, **arguments: Any
) -> JobRun:
    """Queue a job inside the act's transaction, or give back the open run with the same key.

    Args:
        key: what makes two requests the same one, such as ``"path:<user id>"``.
        arguments: ids and numbers only.
    """
    if not connection.in_atomic_block:
        raise RuntimeError("A job is queued in the transaction of the act that needs it.")
    job = registry.find(name)
    if job is None:
        raise LookupError(f"There is no job called {name}.")
    run = JobRun(
        id=uuid4(),
        job=name,
        dedup_key=f"{name}:{key}",
        arguments=arguments,
        asked_by=asked_by,
        run_after=run_after,
        lease_until=(run_after or timezone.now()) + QUEUE_PATIENCE,
        stage=job.stages[0],
    )
    # A clash with an open run is decided by the database's own constraint, without aborting the act.
    JobRun.objects.bulk_create([run], ignore_conflicts=True)
    open_run = JobRun.objects.filter(dedup_key=run.dedup_key, state__in=["queued", "running"]).first()
    if open_run is None:
        # It ended between the two statements: ask once more.
        return enqueue(name, key=key, asked_by=asked_by, run_after=run_after, **arguments)
    if open_run.id == run.id and run_after is None:
        hand_over(run)
    return open_run


def hand_over(run: JobRun) -> None:
    """Put a run's id, and nothing else, on the queue."""
    async_task("careerforge.jobs.running.run", str(run.id), str(run.organisation_id or context.current_id()))
