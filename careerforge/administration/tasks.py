"""Work that the administration asks for and that needs more than one layer below it."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from careerforge.jobs import registry
from careerforge.jobs.running import Running
from careerforge.knowledge.index import embedders
from careerforge.skills.crosswalk import suggesting
from careerforge.skills.crosswalk.suggesting import Asked, Near
from careerforge.skills.meaning import Embeds
from careerforge.skills.models import Framework

SUGGEST = "crosswalk.suggest"
SKILLS, ROLES = "Comparing skills", "Comparing roles"


@registry.job(SUGGEST, stages=(SKILLS, ROLES))
def suggest(running: Running, framework_id: str) -> dict[str, Any]:
    """Concepts of a framework for the skills and roles that have none of it yet."""
    made = _one(running, framework_id, "skill", SKILLS, suggesting.skills, suggesting.near_skills)
    roles = _one(running, framework_id, "role", ROLES, suggesting.roles, suggesting.near_roles)
    return {"skills": made, "roles": roles}


def _one(
    running: Running,
    framework_id: str,
    side: str,
    stage: str,
    ask: Callable[[Framework], Asked],
    near: Callable[[Asked, Embeds], dict[UUID, list[Near]]],
) -> int:
    """Read, compare without a transaction, write."""
    running.stage(stage)
    with running.transaction():
        framework = Framework.objects.get(pk=UUID(framework_id))
        asked = ask(framework)
    watched = suggesting.Watched(embedders.configured(), lambda share: running.stage(stage, share))
    found = near(asked, watched)
    with running.transaction():
        return suggesting.store(side, framework, found)
