"""Background work of the assistant."""

from time import monotonic
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from careerforge.assistant.golden import Desk, NotNow, planning, queueing, updating
from careerforge.assistant.golden import running as golden
from careerforge.assistant.models import GoldenRun
from careerforge.assistant.reviewing import lapsing
from careerforge.jobs import schedules
from careerforge.jobs.models import JobRun
from careerforge.jobs.registry import job
from careerforge.jobs.running import Failed, Running
from careerforge.people.models import User

ASKING = "Asking the golden set"
# Other jobs have their turn then.
SLICE_S = 60.0


@job("assistant.lapse_reviews", stages=("Ending what nobody decided",), keep_hours=2)
def lapse_reviews(running: Running) -> dict[str, Any]:
    """Let reviews lapse whose time is over, a slice at a time."""
    lapsed, more = 0, lapsing.SLICE
    while more == lapsing.SLICE:
        with running.transaction():
            more = lapsing.lapse_overdue(timezone.now())
        lapsed += more
    return {"lapsed": lapsed}


schedules.every("assistant.lapse_reviews", "assistant.lapse_reviews", "*/10 * * * *")


@job("assistant.take_up_prompts", stages=("Taking up prompts of an update",), keep_hours=2)
def take_up_prompts(running: Running) -> dict[str, Any]:
    """Prove what an update has brought, and ask with what has passed."""
    with running.transaction():
        return {"live": updating.take_up(timezone.now())}


schedules.every("assistant.take_up_prompts", "assistant.take_up_prompts", "*/10 * * * *")


@job(queueing.JOB, stages=(ASKING,))
def ask_golden(
    running: Running, by: str, version: str = "", generation: int | None = None, models: str = ""
) -> dict[str, Any]:
    """Ask the golden set of what is live and of one change, a question at a time, for a minute; then queue
    the rest. What is answered is kept, whatever ends the job.

    Args:
        by: for whom it is asked where whoever marked a question has left.
        version, generation, models: the change: a prompt's version, an index generation, a change of the list
            of models.
    """
    now, until = timezone.now(), monotonic() + SLICE_S
    with running.transaction():
        asker = User.objects.select_related("organisation").get(pk=by)
        change = queueing.change_of(version, generation, models)
        planned = planning.cases(change) if change is not None else []
        if not planned:
            raise Failed(_("There is nothing to ask: no golden question is about it, or it is decided."))
        assert change is not None
        run = golden.begin(change, planned, asker, now)
        rest = golden.left(run, planned)
    desk = Desk(running.organisation_id, lambda: running.stage(ASKING, 1 - len(rest) / len(planned)))
    for case in list(rest):
        if monotonic() > until:
            return _next(running, run, len(planned) - len(rest), None)
        try:
            pair = golden.answer(case, change, asker, now, desk)
        except NotNow as limit:
            return _next(running, run, len(planned) - len(rest), limit)
        rest.remove(case)
        if pair:
            with running.transaction():
                golden.keep(run, pair)
    with running.transaction():
        golden.close(run)
    return {"run": str(run.pk), "better": run.better, "worse": run.worse}


def _next(running: Running, run: GoldenRun, done: int, limit: NotNow | None) -> dict[str, Any]:
    """Queue what is left: at once, or for when the limit ends."""
    until = limit.until if limit else None
    if limit and until is None:
        raise Failed(str(limit))
    with running.transaction():
        golden.wait(run, until)
        queueing.go_on(JobRun.objects.get(pk=running.run_id), done, until)
    said = {"waits": str(limit), "until": until.isoformat()} if limit and until else {}
    return {"run": str(run.pk), "done": done, "of": run.planned, **said}
