"""Every live passage gets a vector of the live generation, whatever happens in between."""

from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest

from careerforge.embedded import weights
from careerforge.gateway.embedding import Hashing
from careerforge.jobs.models import JobRun
from careerforge.jobs.running import Running, run
from careerforge.knowledge.documents.store import mark_gone
from careerforge.knowledge.index import generations, indexing
from careerforge.knowledge.models import ChunkVector, Collection, Document, IndexGeneration
from careerforge.knowledge.search.retrieval import search
from careerforge.people.models import User
from careerforge.tenancy.models import Organisation
from tests.knowledge.conftest import NOW, stored


@pytest.fixture
def documents(collection: Collection) -> list[Document]:
    """More passages than one batch."""
    return [stored(collection, str(n), f"Passage {n} about backfills.") for n in range(indexing.BATCH + 6)]


def test_every_passage_gets_one_vector_and_only_one(documents: list[Document], generation: IndexGeneration):
    assert indexing.index_pending() == len(documents)
    assert indexing.index_pending() == 0
    assert ChunkVector.objects.filter(generation=generation).count() == len(documents)


def test_the_job_shows_counted_progress_and_ends_done(
    documents: list[Document], generation: IndexGeneration, company: Organisation
):
    queued = JobRun.objects.get()
    run(str(queued.pk), str(company.pk))
    queued.refresh_from_db()
    assert (queued.state, queued.progress) == ("done", 1.0)
    assert queued.result == {"passages": len(documents), "switched": False}


def test_progress_is_told_in_the_last_stage_of_whose_job_it_is(
    documents: list[Document], generation: IndexGeneration, company: Organisation, monkeypatch: Any
):
    told: list[tuple[str, float]] = []
    monkeypatch.setattr(Running, "stage", lambda self, name, share=0.0: told.append((name, share)))
    indexing.index_pending(Running(uuid4(), company.pk, ("Reading", "Making it searchable")))
    assert told == [("Making it searchable", indexing.BATCH / len(documents)), ("Making it searchable", 1.0)]


def test_a_killed_run_goes_on_where_it_stopped(
    documents: list[Document], generation: IndexGeneration, monkeypatch: Any
):
    embed = Hashing.embed
    calls: list[int] = []

    def killed(self: Hashing, texts: list[str]) -> Any:
        calls.append(len(texts))
        if len(calls) == 2:
            raise KeyboardInterrupt
        return embed(self, texts)

    monkeypatch.setattr(Hashing, "embed", killed)
    with pytest.raises(KeyboardInterrupt):
        indexing.index_pending()
    assert indexing.index_pending() == 6


def test_a_long_job_lets_the_others_go_first(
    documents: list[Document], generation: IndexGeneration, company: Organisation, monkeypatch: Any
):
    embedded: list[int] = []
    embed = Hashing.embed

    def counted(self: Hashing, texts: Any) -> Any:
        embedded.append(len(texts))
        return embed(self, texts)

    monkeypatch.setattr(Hashing, "embed", counted)
    monkeypatch.setattr(indexing, "share", lambda seconds: lambda: bool(embedded))
    first = JobRun.objects.get()
    run(str(first.pk), str(company.pk))
    first.refresh_from_db()
    assert first.result == {"passages": indexing.BATCH, "switched": False}
    monkeypatch.undo()
    rest = JobRun.objects.get(state="queued")
    assert (rest.job, rest.arguments) == ("knowledge.index", {"earlier": indexing.BATCH})
    run(str(rest.pk), str(company.pk))
    assert ChunkVector.objects.count() == len(documents)
    assert not JobRun.objects.filter(state="queued").exists()


def test_a_share_is_over_after_its_seconds():
    now = 100.0
    is_over = indexing.share(15.0, lambda: now)
    assert not is_over()
    now = 115.0
    assert is_over()


def test_what_left_the_index_has_no_vector(documents: list[Document], generation: IndexGeneration):
    indexing.index_pending()
    mark_gone(documents[:3], NOW)
    stored(documents[0].collection, "5", "Replaced.")
    assert ChunkVector.objects.count() == len(documents) - 4


def test_without_a_generation_nothing_is_embedded(documents: list[Document]):
    assert indexing.index_pending() == 0


@pytest.mark.real
@pytest.mark.skipif(weights.folder() is None, reason="the model's weights are not in this environment")
def test_the_real_model_finds_by_meaning(
    collection: Collection, owner: User, as_owner: Callable[[Callable[[], Any]], Any], settings: Any
):
    settings.EMBEDDER_FOLDER = weights.folder()
    as_owner(generations.ensure_live)
    for n, text in enumerate(
        (
            "Employees may ride a bicycle to work.",
            "The cafeteria closes at three.",
            "Salaries are reviewed each spring.",
        )
    ):
        stored(collection, str(n), text)
    indexing.index_pending()
    assert search(owner, "When do I get a pay rise?", now=NOW)[0].text == "Salaries are reviewed each spring."
