from typing import Any

from careerforge.jobs.registry import job
from careerforge.jobs.running import Running
from careerforge.jobs.schedules import every
from careerforge.people import idempotency


@job("people.forget_idempotency_keys", stages=("Forgetting",))
def forget_idempotency_keys(running: Running) -> dict[str, Any]:
    """Keys and answers older than a day go."""
    with running.transaction():
        return {"forgotten": idempotency.forget_old()}


every("people.forget_idempotency_keys", "people.forget_idempotency_keys", "17 3 * * *")
