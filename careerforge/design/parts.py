"""What the shared partials show: sources under a text, the progress of a job."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from django.utils.translation import gettext as _


@dataclass(frozen=True)
class Source:
    """A numbered source. `anchor` is the id that {% cite %} points to; unique on its page."""

    title: str
    anchor: str
    detail: str = ""
    date: date | None = None
    url: str = ""
    quote: str = ""


@dataclass(frozen=True)
class Stage:
    """A stage of a job; state: done, now, todo or failed."""

    name: str
    state: str
    detail: str = ""


@dataclass(frozen=True)
class Job:
    """A job as its page shows it; state: queued, running, done or failed; percent may be unknown."""

    title: str
    stages: tuple[Stage, ...]
    status_url: str
    page_url: str
    state: str = "running"
    percent: int | None = None
    error: str = ""
    reference: str = ""
    next_url: str = ""

    @property
    def runs(self) -> bool:
        return self.state in ("queued", "running")


class Run(Protocol):
    """A row of background work: jobs.JobRun."""

    @property
    def state(self) -> str: ...
    @property
    def stage(self) -> str: ...
    @property
    def progress(self) -> float: ...
    @property
    def error(self) -> str: ...
    @property
    def error_id(self) -> str: ...


def job_of(run: Run, names: Sequence[str], page_url: str, next_url: str) -> Job:
    """A run as its page shows it: stages before the current one are done, those after it wait."""
    at = names.index(run.stage) if run.stage in names else -1
    if run.state == "done":
        at = len(names)
    here = "failed" if run.state == "failed" else "now"
    states = ("done" if i < at else here if i == at else "todo" for i in range(len(names)))
    return Job(
        title=TITLES.get(run.state, TITLES["running"])(),
        stages=tuple(Stage(name, state) for name, state in zip(names, states, strict=True)),
        status_url=page_url,
        page_url=next_url if run.state == "failed" else page_url,
        state=run.state,
        # While it waits there is nothing to measure, and a finished one says so in words.
        percent=int(run.progress * 100) if run.state in ("running", "failed") else None,
        error=run.error or _("It stopped without a reason we could read."),
        reference=run.error_id,
        next_url=next_url,
    )


TITLES = {
    "queued": lambda: _("Starting"),
    "running": lambda: _("Working on it"),
    "done": lambda: _("Finished"),
    "failed": lambda: _("This did not work"),
}
