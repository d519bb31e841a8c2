"""New vectors wait outside the graph until many do; then a job brings them in, slice by slice."""

from typing import Any
from uuid import uuid4

import pytest

from careerforge.jobs.models import JobRun
from careerforge.jobs.running import Running, run
from careerforge.knowledge.index import graph, indexing
from careerforge.knowledge.models import ChunkVector, Collection, IndexGeneration
from careerforge.tenancy.models import Organisation
from tests.knowledge.conftest import NOW, stored


@pytest.fixture
def waiting(collection: Collection, generation: IndexGeneration) -> int:
    """How many vectors wait."""
    for n in range(7):
        stored(collection, str(n), f"Passage {n * 31} of backfills and {'abcdefg'[n] * 4}.")
    indexing.index_pending()
    return ChunkVector.objects.count()


@pytest.fixture
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    """Few are many here."""
    monkeypatch.setattr(graph, "EXACT_BELOW", 3)
    monkeypatch.setattr(graph, "WAITING", 5)


@pytest.fixture
def job(company: Organisation) -> Running:
    made = JobRun.objects.create(
        job="knowledge.link", dedup_key=str(uuid4()), state="running", lease_until=NOW
    )
    return Running(made.pk, company.pk, ("Linking",))


def outside() -> int:
    return ChunkVector.objects.filter(in_graph=False).count()


def test_a_company_with_few_passages_needs_no_graph(waiting: int, generation: IndexGeneration, job: Running):
    assert graph.fill(job, generation) == 0
    assert outside() == waiting


def test_many_are_brought_in(waiting: int, generation: IndexGeneration, job: Running, small: None):
    assert graph.fill(job, generation) == waiting
    assert outside() == 0
    assert graph.fill(job, generation) == 0


def test_a_killed_job_goes_on_with_what_still_waits(
    waiting: int, generation: IndexGeneration, job: Running, small: None, monkeypatch: pytest.MonkeyPatch
):
    bring_in = graph.bring_in
    monkeypatch.setattr(graph, "bring_in", lambda generation: bring_in(generation, 2))
    told: list[float] = []

    def killed(self: Running, name: str, share: float = 0.0, **more: Any) -> None:
        told.append(share)
        raise KeyboardInterrupt

    monkeypatch.setattr(graph, "WAITING", 1)
    with monkeypatch.context() as patched:
        patched.setattr(Running, "stage", killed)
        with pytest.raises(KeyboardInterrupt):
            graph.fill(job, generation)
    assert told == [2 / waiting]
    assert outside() == waiting - 2
    assert graph.fill(job, generation) == waiting - 2


def test_indexing_asks_for_it_when_many_wait(
    collection: Collection, generation: IndexGeneration, company: Organisation, small: None
):
    for n in range(7):
        stored(collection, str(n), f"Passage {n * 31} of backfills and {'abcdefg'[n] * 4}.")
    run(str(JobRun.objects.get(job="knowledge.index").pk), str(company.pk))
    asked = JobRun.objects.get(job="knowledge.link")
    run(str(asked.pk), str(company.pk))
    asked.refresh_from_db()
    assert asked.result == {"passages": 7}
    assert outside() == 0


def test_no_graph_is_made_for_vectors_too_wide_for_one(generation: IndexGeneration):
    generation.dimensions = graph.WIDEST + 1
    assert not graph.is_wanted(generation)
