"""The process that builds a new index is killed by the system, half-way: searches miss nothing, ever."""

import os
import signal
import time
from collections.abc import Callable, Sequence
from multiprocessing import get_context
from typing import Any

import pytest
from django.db import connection

from careerforge.gateway.embedding import Hashing
from careerforge.jobs import running
from careerforge.jobs.models import JobRun
from careerforge.knowledge import tasks
from careerforge.knowledge.index import generations, indexing
from careerforge.knowledge.models import ChunkVector, Collection, IndexGeneration
from careerforge.knowledge.search.retrieval import search
from careerforge.people.models import User
from careerforge.tenancy import context
from careerforge.tenancy.models import Organisation
from tests.cast import make_person
from tests.knowledge.conftest import NOW, stored

assert tasks
pytestmark = pytest.mark.django_db(transaction=True)
SIZE = 2 * indexing.BATCH + 6
PATIENCE_S = 60.0


class Turned(Hashing):
    """Another model that finds as much: the same vectors, back to front."""

    name = "turned-384"

    def embed_query(self, text: str) -> Any:
        return super().embed_query(text)[::-1]


class Standing(Turned):
    """The same, but it stands still at its second batch."""

    batches = 0

    def embed(self, texts: Sequence[str]) -> Any:
        Standing.batches += 1
        if Standing.batches > 1:
            time.sleep(PATIENCE_S)
        return super().embed(texts)


@pytest.fixture
def company() -> Organisation:
    """A company whose rows other processes see."""
    organisation = Organisation(name="Westwind Works")
    with context.organisation(organisation.id):
        organisation.save(force_insert=True)
    return organisation


@pytest.fixture
def reader(company: Organisation) -> User:
    with context.organisation(company.id):
        return make_person("reader", "Wilhelmine Attenborough")


@pytest.fixture
def live(company: Organisation) -> IndexGeneration:
    """The generation that searches use, complete."""
    found = by_owner(generations.ensure_live)
    with context.organisation(company.id):
        shelf = Collection.objects.create(name="Company wiki")
        for n in range(SIZE):
            stored(shelf, str(n), f"## Topic {n:03d}{n * 7}\n\nPassage {n * 13} on backfills.", title=f"N{n}")
        JobRun.objects.all().delete()
        indexing.index_pending()
    return found


def by_owner(work: Callable[[], Any]) -> Any:
    """As the role that may make an index."""
    with connection.cursor() as cursor:
        cursor.execute("SET ROLE NONE")
        try:
            return work()
        finally:
            cursor.execute("SET ROLE careerforge_app")


def queued(company: Organisation) -> str:
    with context.organisation(company.id):
        return str(JobRun.objects.create(job="knowledge.index", dedup_key="knowledge.index:all").pk)


def filled(company: Organisation, generation: IndexGeneration) -> int:
    with context.organisation(company.id):
        return ChunkVector.objects.filter(generation=generation).count()


def test_a_switch_of_the_model_killed_half_way_leaves_no_gap_in_search(
    company: Organisation, reader: User, live: IndexGeneration, monkeypatch: pytest.MonkeyPatch, settings: Any
) -> None:
    def found() -> list[int]:
        with context.organisation(company.id):
            return [passage.chunk_id for passage in search(reader, "topic 0037 backfills", now=NOW)]

    known = {"hashing-384": Hashing(), "turned-384": Standing()}
    monkeypatch.setattr("careerforge.knowledge.index.embedders.configured", lambda: known["turned-384"])
    monkeypatch.setattr("careerforge.knowledge.index.embedders.named", known.get)
    before = found()
    beside = by_owner(generations.ensure_live)
    job = queued(company)
    # The worker gets a connection of its own.
    connection.close()
    worker = get_context("fork").Process(target=running.run, args=(job, str(company.id)))
    worker.start()
    try:
        end = time.monotonic() + PATIENCE_S
        while filled(company, beside) < indexing.BATCH:
            assert time.monotonic() < end
            assert found() == before
    finally:
        os.kill(worker.pid or 0, signal.SIGKILL)
        worker.join()
    assert worker.exitcode == -signal.SIGKILL
    assert filled(company, beside) == indexing.BATCH
    assert (generations.live(), found()) == (live, before)
    # The next attempt goes on where that one stopped, and goes over when it is complete and no worse.
    monkeypatch.setitem(known, "turned-384", Turned())
    with context.organisation(company.id):
        JobRun.objects.filter(pk=job).update(state="queued")
    running.run(job, str(company.id))
    assert filled(company, beside) == SIZE
    with context.organisation(company.id):
        assert JobRun.objects.get(pk=job).result == {"passages": SIZE - indexing.BATCH, "switched": True}
    assert generations.live() == beside
    assert len(found()) == len(before)
