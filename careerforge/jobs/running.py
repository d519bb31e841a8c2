"""Doing the work: attempt written first, progress visible, the end recorded, whatever happens."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from careerforge.jobs import registry
from careerforge.jobs.models import JobRun
from careerforge.tenancy import context, serving_role
from careerforge.web import error_number

logger = logging.getLogger("careerforge.jobs")

# Longer than any slice of work; a killed run is taken up again this long after its last sign of life.
LEASE = timedelta(minutes=2)


class Failed(Exception):
    """The job cannot succeed, now or later; the text is shown to who asked for it."""


class Running:
    """What a job's work gets: its transaction, its progress, its place to go on from."""

    def __init__(self, run_id: UUID, organisation_id: UUID, stages: tuple[str, ...]) -> None:
        self.run_id = run_id
        self.organisation_id = organisation_id
        self.stages = stages

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """One slice of work: a transaction in which the organisation's rows exist."""
        with context.organisation(self.organisation_id):
            yield

    def stage(self, name: str, share: float = 0.0, *, cursor: str | None = None) -> None:
        """Say what is being done now: shown at once, and a sign of life.

        Args:
            name: one of the job's stages.
            share: how much of this stage is done, 0 to 1; counted, not timed.
            cursor: where a next attempt may go on from.
        """
        done = (self.stages.index(name) + min(max(share, 0.0), 1.0)) / len(self.stages)
        now = timezone.now()
        values: dict[str, Any] = {
            "stage": name,
            "progress": done,
            "heartbeat_at": now,
            "lease_until": now + LEASE,
        }
        if cursor is not None:
            values["cursor"] = cursor
        with self.transaction():
            JobRun.objects.filter(pk=self.run_id).update(**values)

    def cursor(self) -> str:
        """Where the attempt before this one stopped."""
        with self.transaction():
            return JobRun.objects.values_list("cursor", flat=True).get(pk=self.run_id)


def run(run_id: str, organisation_id: str) -> None:
    """Entry point of the queue. Runs a job once; a second delivery of the same run does nothing."""
    serving_role.check()
    number = error_number.new()
    organisation = UUID(organisation_id)
    claimed = _claim(UUID(run_id), organisation)
    if claimed is None:
        return
    job = registry.find(claimed.job)
    if job is None:
        _end(claimed, organisation, state="failed", error=_("This version has no such job."), dead=True)
        return
    try:
        result = job.work(Running(claimed.id, organisation, job.stages), **claimed.arguments)
    except Failed as failure:
        _end(claimed, organisation, state="failed", error=str(failure))
    except Exception:  # The one place where a job's unexpected error is caught: it is logged and retried.
        logger.exception("job %s failed, attempt %s", claimed.job, claimed.attempt)
        _fail(claimed, organisation, job.attempts, number)
    else:
        _end(claimed, organisation, state="done", result=result or {})


def _claim(run_id: UUID, organisation: UUID) -> JobRun | None:
    """Write the attempt before the work. None when somebody else has the run, or it has ended."""
    now = timezone.now()
    free = Q(state="queued") | Q(state="running", lease_until__lt=now)
    with context.organisation(organisation):
        taken = JobRun.objects.filter(free, pk=run_id).update(
            state="running",
            attempt=F("attempt") + 1,
            started_at=now,
            heartbeat_at=now,
            lease_until=now + LEASE,
            error="",
            error_id="",
        )
        return JobRun.objects.get(pk=run_id) if taken else None


def _end(
    claimed: JobRun,
    organisation: UUID,
    *,
    state: str,
    result: dict[str, Any] | None = None,
    error: str = "",
    error_id: str = "",
    dead: bool = False,
) -> None:
    now = timezone.now()
    with context.organisation(organisation):
        JobRun.objects.filter(pk=claimed.pk, state="running", attempt=claimed.attempt).update(
            state=state,
            result=result,
            error=error[:300],
            error_id=error_id,
            progress=1.0 if state == "done" else F("progress"),
            finished_at=now,
            dead_at=now if dead else None,
        )


def _fail(claimed: JobRun, organisation: UUID, attempts: int, number: str) -> None:
    """After an unexpected error: again in a while, or given up."""
    if claimed.attempt >= attempts:
        sentence = _("It failed %(n)s times and was given up. Number %(id)s is in the log.") % {
            "n": claimed.attempt,
            "id": number,
        }
        _end(claimed, organisation, state="failed", error=sentence, error_id=number, dead=True)
        return
    now = timezone.now()
    wait = timedelta(seconds=20 * 4 ** (claimed.attempt - 1))
    with context.organisation(organisation):
        JobRun.objects.filter(pk=claimed.pk, state="running").update(
            state="queued", run_after=now + wait, lease_until=now + wait, error_id=number
        )


def recover() -> None:
    """Each minute: queue again what a dead worker left, give up what has had its attempts."""
    from careerforge.tenancy.models import Organisation

    for organisation in Organisation.objects.values_list("id", flat=True):
        with context.organisation(organisation):
            _recover_one()


def _recover_one() -> None:
    from careerforge.jobs.queue import QUEUE_PATIENCE, hand_over

    now = timezone.now()
    late = JobRun.objects.select_for_update(skip_locked=True).filter(
        state__in=["queued", "running"], lease_until__lt=now
    )
    with transaction.atomic():
        for run_row in late[:100]:
            job = registry.find(run_row.job)
            if job is None or run_row.attempt >= job.attempts:
                JobRun.objects.filter(pk=run_row.pk).update(
                    state="failed",
                    dead_at=now,
                    finished_at=now,
                    error=_("The worker stopped %(n)s times while doing this.") % {"n": run_row.attempt},
                )
                continue
            JobRun.objects.filter(pk=run_row.pk).update(state="queued", lease_until=now + QUEUE_PATIENCE)
            hand_over(run_row)
