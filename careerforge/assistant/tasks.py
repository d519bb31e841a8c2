"""Background work of the assistant."""

from contextlib import AbstractContextManager
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from careerforge.assistant.golden import Change, NotNow
from careerforge.assistant.golden import running as golden
from careerforge.assistant.models import PromptVersion
from careerforge.assistant.reviewing import lapsing
from careerforge.jobs import schedules
from careerforge.jobs.registry import job
from careerforge.jobs.running import Failed, Running
from careerforge.people.models import User

ASKING = "Asking the golden set"


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


@job("assistant.ask_golden", stages=(ASKING,), attempts=1)
def ask_golden(running: Running, by: str, version: str = "", generation: int | None = None) -> dict[str, Any]:
    """Ask the golden set of what is live and of one change, a question at a time.

    Args:
        by: for whom it is asked where whoever marked a question has left.
        version, generation: the change: a prompt's version, an index generation.
    """
    now = timezone.now()
    with running.transaction():
        asker = User.objects.select_related("organisation").get(pk=by)
        row = PromptVersion.objects.filter(pk=version).first() if version else None
        change = Change(row.name if row else "", row.text if row else "", generation)
        asked = golden.questions()
    if not asked:
        raise Failed(_("There are no golden questions yet."))

    def work(share: float) -> AbstractContextManager[None]:
        running.stage(ASKING, share)
        return running.transaction()

    try:
        pairs = golden.ask_all(change, asker, now, work, asked)
    except NotNow as limit:
        raise Failed(str(limit)) from limit
    with running.transaction():
        run = golden.store(change, pairs, asker, now)
    return {"run": str(run.pk), "better": run.better, "worse": run.worse}
