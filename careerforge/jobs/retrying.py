from django.db import connection
from django.utils import timezone

from careerforge.jobs.models import JobRun
from careerforge.jobs.queue import QUEUE_PATIENCE, hand_over


def try_again(run: JobRun) -> bool:
    """Queue a run that was given up, all its attempts before it. False when it is at work already."""
    if not connection.in_atomic_block:
        raise RuntimeError("A job is queued in the transaction of the act that needs it.")
    if JobRun.objects.filter(dedup_key=run.dedup_key, state__in=["queued", "running"]).exists():
        return False
    queued = JobRun.objects.filter(pk=run.pk, state=JobRun.State.FAILED).update(
        state=JobRun.State.QUEUED,
        attempt=0,
        dead_at=None,
        finished_at=None,
        run_after=None,
        lease_until=timezone.now() + QUEUE_PATIENCE,
        error="",
        error_id="",
    )
    if queued:
        hand_over(run)
    return bool(queued)
