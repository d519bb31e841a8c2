"""Having the golden set asked from a page: a job, and whether one is at work."""

from django.db import transaction

from careerforge.assistant.models import PromptVersion
from careerforge.governance import audit
from careerforge.jobs.models import JobRun
from careerforge.jobs.queue import enqueue
from careerforge.people.models import User

JOB = "assistant.ask_golden"


def ask(by: User, *, version: PromptVersion | None = None, generation: int | None = None) -> JobRun:
    """Ask about one change; the same request twice is one job."""
    with transaction.atomic():
        audit.record(by, "golden.asked", target=version, generation=generation)
        return enqueue(
            JOB,
            key=f"{version.pk if version else ''}:{generation or ''}",
            asked_by=by.pk,
            by=str(by.pk),
            version=str(version.pk) if version else "",
            generation=generation,
        )


def open_run() -> JobRun | None:
    """The job that asks at the moment, or waits to."""
    open_states = (JobRun.State.QUEUED, JobRun.State.RUNNING)
    return JobRun.objects.filter(job=JOB, state__in=open_states).order_by("created_at").first()
