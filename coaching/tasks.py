"""Background work of coaching."""

from typing import Any

from django.utils import timezone

from careerforge.jobs import schedules
from careerforge.jobs.registry import job
from careerforge.jobs.running import Running
from coaching import weekly


@job("coaching.measure_teams", stages=("Measuring teams",))
def measure_teams(running: Running) -> dict[str, Any]:
    """Make the weekly figures of every manager's unit, where they are missing."""
    return weekly.run(running, timezone.localdate())


# After everybody's readiness, each day: a week that was missed is made up for.
schedules.every("coaching.measure_teams", "coaching.measure_teams", "20 4 * * *")
