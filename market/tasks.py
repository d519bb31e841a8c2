"""Background work of the market: it can be killed anywhere and run again."""

from typing import Any

from careerforge.jobs import schedules
from careerforge.jobs.registry import job
from careerforge.jobs.running import Running
from market import reading


@job("market.read", stages=("Reading postings",), keep_hours=24 * 7)
def read(running: Running) -> dict[str, Any]:
    """Documents of vacancies that are new or have changed become postings."""
    done = reading.read_all(running)
    with running.transaction():
        return {"postings": done, "languages_without_names": reading.unspoken()}


schedules.every("market.read", "market.read", "2-59/5 * * * *")
