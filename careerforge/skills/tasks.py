from typing import Any
from uuid import UUID

from django.utils import timezone

from careerforge.jobs import registry
from careerforge.jobs.running import Running
from careerforge.skills.importing import deciding


@registry.job(deciding.APPLY, stages=("Writing what was accepted",))
def apply(running: Running, release_id: str) -> dict[str, Any]:
    """Let an accepted import go in."""
    with running.transaction():
        return deciding.go_in(UUID(release_id), timezone.now())
