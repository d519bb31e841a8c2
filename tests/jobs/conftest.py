from collections.abc import Iterator
from typing import Any

import pytest

from careerforge.jobs import registry
from careerforge.jobs.running import Running
from careerforge.tenancy import context
from careerforge.tenancy.models import Organisation
from tests.cast import Cast, make_cast
from tests.taxonomy import make_taxonomy


class Counting:
    """A job that leaves one mark a run, and can be told to fail."""

    stages = ("Opening", "Working", "Closing")

    def __init__(self) -> None:
        self.runs: list[str] = []
        self.error: BaseException | None = None

    def work(self, running: Running, mark: str = "x") -> dict[str, Any]:
        for stage in self.stages:
            running.stage(stage)
        self.runs.append(mark)
        if self.error:
            raise self.error
        return {"mark": mark}


@pytest.fixture
def counting() -> Iterator[Counting]:
    """A registered job called ``test.count``, for one test."""
    job = Counting()
    registry.job("test.count", stages=Counting.stages)(job.work)
    yield job
    registry._jobs.pop("test.count")


@pytest.fixture
def committed(transactional_db: None) -> Organisation:
    """A company whose rows other processes can see."""
    organisation = Organisation(name="Westwind Works")
    with context.organisation(organisation.id):
        organisation.save(force_insert=True)
    return organisation


@pytest.fixture
def people(committed: Organisation) -> Cast:
    """The cast, committed."""
    with context.organisation(committed.id):
        return make_cast(make_taxonomy(), "")
