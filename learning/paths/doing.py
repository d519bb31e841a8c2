"""What a person may do with a step now: the same rule for the page and the API.

A step that needs others may be begun before them, if the person says so knowingly. It is finished only when
what it needs is finished or skipped.
"""

from datetime import datetime

from careerforge.people.models import User
from learning.models import Step
from learning.paths import path, progress, states
from learning.paths.progress import Outcome

START, FINISH, SKIP, REOPEN = "start", "finish", "skip", "reopen"


def do(
    person: User, step: Step, act: str, now: datetime, *, reason: str = "", anyway: bool = False
) -> Outcome:
    """Start, finish, skip or reopen a step, or say which steps come first.

    Args:
        reason: one of ``Step.SkipReason``, for a skip.
        anyway: begin although something is missing.

    Raises:
        ValueError: no such reason.
    """
    if act == SKIP:
        return progress.skip(person, step, reason, now)
    if act == REOPEN:
        return progress.reopen(person, step, now)
    if act == FINISH or not anyway:
        missing = waits_for(person, step)
        if missing and step.status != Step.Status.DONE:
            return Outcome(step, changed=False, allowed=False, waits_for=missing)
    return (progress.finish if act == FINISH else progress.start)(person, step, now)


def waits_for(person: User, step: Step) -> tuple[str, ...]:
    """Titles of the steps that come first on the current path: three queries. A milestone waits for all."""
    version = path.current(person)
    stops = states.way(path.stops(version)).stops if version else ()
    mine = next((stop for stop in stops if stop.node.step_id == step.pk), None)
    return tuple(node.title for node in mine.waits_for) if mine else ()
