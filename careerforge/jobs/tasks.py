from datetime import timedelta
from typing import Any

from django.utils import timezone

from careerforge.jobs import registry, schedules
from careerforge.jobs.models import JobRun
from careerforge.jobs.running import Running


@registry.job("jobs.prune", stages=("Removing old runs",), keep_hours=2)
def prune(running: Running) -> dict[str, Any]:
    """Forget finished runs after their time; what was given up stays until a person has seen to it."""
    removed = 0
    with running.transaction():
        for job in registry.all_jobs():
            old = timezone.now() - timedelta(hours=job.keep_hours)
            ended = JobRun.objects.filter(job=job.name, finished_at__lt=old, dead_at__isnull=True)
            removed += ended.delete()[0]
    return {"removed": removed}


schedules.every("jobs.prune", "jobs.prune", "17 * * * *")
