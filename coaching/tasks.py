"""Background work of coaching."""

from typing import Any

from django.utils import timezone

from careerforge.jobs import schedules
from careerforge.jobs.registry import job
from careerforge.jobs.running import Running
from coaching.chat import conversations, generation
from coaching.teams import weekly


@job("coaching.measure_teams", stages=("Measuring teams",))
def measure_teams(running: Running) -> dict[str, Any]:
    """Make the weekly figures of every manager's unit, where they are missing."""
    return weekly.run(running, timezone.localdate())


@job("coaching.empty_trash", stages=("Emptying the trash",))
def empty_trash(running: Running) -> dict[str, Any]:
    """Remove for good the conversations that their owners deleted 14 days ago, and tidy up what was left."""
    gone = 0
    with running.transaction():
        generation.close_lost(timezone.now())
    while True:
        with running.transaction():
            found = conversations.empty_trash(timezone.now())
        gone += found
        if not found:
            return {"gone": gone}
        running.stage("Emptying the trash")


# After everybody's readiness, each day: a week that was missed is made up for.
schedules.every("coaching.measure_teams", "coaching.measure_teams", "20 4 * * *")
schedules.every("coaching.empty_trash", "coaching.empty_trash", "50 2 * * *")
