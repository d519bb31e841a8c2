"""Having the golden set asked from a page: a job, and how far it is."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Count

from careerforge.assistant.golden import queueing
from careerforge.assistant.models import GoldenRun, PromptVersion
from careerforge.governance import audit
from careerforge.jobs.models import JobRun
from careerforge.people.models import User


@dataclass(frozen=True)
class Waits:
    """A run that is at work, or waits to be.

    Attributes:
        done, planned: questions; 0 of 0 while it has not begun.
        until: a limit is reached, and it goes on then.
    """

    stage: str
    is_queued: bool
    done: int = 0
    planned: int = 0
    until: datetime | None = None


def ask(by: User, *, version: PromptVersion | None = None, **about: Any) -> JobRun:
    """Ask about one change; the same request twice is one job.

    Args:
        about: ``generation`` or ``models``, as for the job.
    """
    with transaction.atomic():
        audit.record(by, "golden.asked", target=version, **about)
        of = {"version": str(version.pk)} if version else {}
        return queueing.queue(by.pk, by.pk, **of, **about)


def open_run() -> Waits | None:
    """What is asked at the moment, or waits to be: two queries."""
    job = JobRun.objects.filter(job=queueing.JOB, state__in=queueing.OPEN).order_by("created_at").first()
    if job is None:
        return None
    run = GoldenRun.objects.filter(open=True).annotate(done=Count("results")).first()
    queued = job.state == JobRun.State.QUEUED
    return (
        Waits(job.stage, queued, run.done, run.planned, run.waits_until) if run else Waits(job.stage, queued)
    )
