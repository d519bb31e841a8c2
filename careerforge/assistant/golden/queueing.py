"""The job that asks the golden set: queued once for a change, in slices, and what it is about."""

from datetime import datetime
from typing import Any
from uuid import UUID

from careerforge.assistant.golden.changing import Change
from careerforge.assistant.golden.pending import models_of
from careerforge.assistant.models import ModelChange, PromptVersion
from careerforge.jobs.models import JobRun
from careerforge.jobs.queue import enqueue
from careerforge.people.models import Grant, User

JOB = "assistant.ask_golden"
OPEN = (JobRun.State.QUEUED, JobRun.State.RUNNING)
WRITERS = (Grant.Kind.ADMIN_LND, Grant.Kind.ADMIN_PLATFORM, Grant.Kind.COACH)


def queue(by: UUID, asked_by: UUID | None = None, **about: Any) -> JobRun:
    """Queue a run; the same request twice is one job.

    Args:
        by: for whom it is asked where whoever marked a question has left.
        asked_by: who is told of its end; None for nobody.
        about: ``version``, ``generation`` or ``models``: ids.
    """
    key = key_of(about)
    # Its next slice has a key of its own.
    begun = JobRun.objects.filter(dedup_key__startswith=f"{JOB}:{key}", state__in=OPEN).first()
    return begun or enqueue(JOB, key=key, asked_by=asked_by, by=str(by), **about)


def go_on(running: JobRun, done: int, until: datetime | None) -> JobRun:
    """Queue the next slice of a run.

    Args:
        done: how many questions are answered: each slice is a job of its own.
        until: not before; None for at once.
    """
    key = f"{key_of(running.arguments)}:{done}"
    asked_by = running.asked_by
    return enqueue(running.job, key=key, asked_by=asked_by, run_after=until, **running.arguments)


def key_of(about: dict[str, Any]) -> str:
    """What makes two requests the same."""
    return ":".join(str(about.get(name) or "") for name in ("version", "generation", "models"))


def ask_unbidden(**about: Any) -> None:
    """Queue a run that nobody asked for; nobody is told of its end."""
    by = somebody()
    if by:
        queue(by.pk, **about)


def somebody() -> User | None:
    """An active one of those who may write into the set."""
    active = User.objects.filter(state=User.State.ACTIVE, grants__kind__in=WRITERS)
    return active.order_by("pk").first()


def change_of(version: str, generation: int | None, models: str) -> Change | None:
    """What a job is about; None when that is gone or decided."""
    row = PromptVersion.objects.filter(pk=version).first() if version else None
    waits = ModelChange.objects.filter(pk=models, state=ModelChange.State.WAITING).first() if models else None
    if (version and row is None) or (models and waits is None):
        return None
    text = row.text if row else ""
    return Change(row.name if row else "", text, generation, models_of(waits) if waits else None)
