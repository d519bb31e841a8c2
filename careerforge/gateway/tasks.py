"""Background work of the gateway."""

from typing import Any

from django.utils import timezone

from careerforge.gateway import tidying
from careerforge.jobs import schedules
from careerforge.jobs.registry import job
from careerforge.jobs.running import Running


@job("gateway.prune", stages=("Removing old counts",))
def prune(running: Running) -> dict[str, Any]:
    """Forget who asked how often."""
    with running.transaction():
        return {"removed": tidying.prune(timezone.now())}


schedules.every("gateway.prune", "gateway.prune", "25 3 * * *")


@job("gateway.close_lost", stages=("Closing calls whose process has died",))
def close_lost(running: Running) -> dict[str, Any]:
    """Say of calls under way that they are over."""
    with running.transaction():
        return {"closed": tidying.close_lost(timezone.now())}


schedules.every("gateway.close_lost", "gateway.close_lost", "12-59/20 * * * *")
