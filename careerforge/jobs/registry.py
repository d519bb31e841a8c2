"""The jobs that exist. One that is not here cannot be enqueued, and an old row with such a name is parked."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

Work = Callable[..., dict[str, Any] | None]


@dataclass(frozen=True)
class Job:
    """A registered kind of background work."""

    name: str
    work: "Callable[..., dict[str, Any] | None]"
    # Shown while it runs, in this order.
    stages: tuple[str, ...]
    attempts: int = 3
    # How long a finished run stays on record, in hours; jobs of the clock leave little behind.
    keep_hours: int = 24 * 90


_jobs: dict[str, Job] = {}


def job(
    name: str, *, stages: tuple[str, ...], attempts: int = 3, keep_hours: int = 24 * 90
) -> Callable[[Work], Work]:
    """Register ``work(running, **arguments)`` under a name that never changes.

    Work is idempotent: it may run again after it was killed anywhere. It opens its own transactions
    with ``running.transaction()``, and gives back ids and counts for the page that waits.
    """

    def register(work: Work) -> Work:
        if name in _jobs and _jobs[name].work.__qualname__ != work.__qualname__:
            raise ValueError(f"Two jobs are called {name}.")
        _jobs[name] = Job(name, work, stages, attempts, keep_hours)
        return work

    return register


def find(name: str) -> "Job | None":
    """The job of this name, if this version of the product has it."""
    return _jobs.get(name)


def all_jobs() -> tuple["Job", ...]:
    """Every job, by name."""
    return tuple(_jobs[name] for name in sorted(_jobs))


__all__ = ["Job", "all_jobs", "find", "job"]
