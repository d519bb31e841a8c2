"""An embedder at another address: only with consent, never in the way of a search."""

from collections.abc import Callable
from typing import Any
from uuid import uuid4

import numpy as np
import pytest

from careerforge.gateway.errors import Unavailable
from careerforge.gateway.providers.embeddings import Remote
from careerforge.jobs.running import Running
from careerforge.knowledge.index import embedders, generations, indexing
from careerforge.knowledge.models import ChunkVector, Collection, IndexGeneration
from careerforge.knowledge.search.retrieval import search
from careerforge.people.models import User
from careerforge.tenancy import context
from careerforge.tenancy.models import Organisation
from tests.cast import make_person
from tests.knowledge.conftest import NOW, stored

NAME = "openai:text-embedding-3-small"


class Model:
    """Stands for the server: answers, or is down."""

    def __init__(self) -> None:
        self.asked: list[str] = []
        self.is_down = False

    def __call__(self, texts: Any, timeout_s: float) -> list[list[float]]:
        self.asked += texts
        if self.is_down:
            raise Unavailable(NAME, "no_connection")
        return [np.eye(8)[len(text) % 8].tolist() for text in texts]


@pytest.fixture
def model(settings: Any, monkeypatch: pytest.MonkeyPatch) -> Model:
    """The installation is set to a server elsewhere."""
    made = Model()
    far = Remote(NAME, "text-embedding-3-small", made)
    settings.EMBEDDER = NAME
    monkeypatch.setattr(embedders, "_remote", lambda setting: far)
    monkeypatch.setattr(embedders, "_rests_until", {})
    return made


@pytest.fixture
def generation(
    model: Model, collection: Collection, as_owner: Callable[[Callable[[], Any]], Any]
) -> IndexGeneration:
    stored(collection)
    return as_owner(generations.ensure_live)


@pytest.fixture
def consent(company: Organisation) -> None:
    Organisation.objects.filter(pk=company.pk).update(model_allowed=True)


def test_the_generation_has_the_width_that_the_server_gives(generation: IndexGeneration):
    assert (generation.embedder, generation.dimensions, generation.state) == (NAME, 8, "live")


def test_a_start_while_the_server_is_down_begins_with_the_built_in_one(
    model: Model, company: Organisation, as_owner: Callable[[Callable[[], Any]], Any]
):
    model.is_down = True
    first = as_owner(generations.ensure_live)
    assert (first.embedder, first.state) == ("hashing-384", "live")
    model.is_down = False
    beside = as_owner(generations.ensure_live)
    assert (beside.embedder, beside.state) == (NAME, "building")


def test_with_consent_passages_are_embedded_there(generation: IndexGeneration, consent: None, owner: User):
    assert indexing.index_pending() == 1
    assert search(owner, "airflow", now=NOW)[0].why.meaning is not None


def test_a_job_embeds_there_what_names_nobody(
    generation: IndexGeneration, consent: None, model: Model, company: Organisation, collection: Collection
):
    make_person("someone", "Zdenka Rautenbach")
    stored(collection, "named", "Rautenbach schedules batch jobs.")
    with context.nobody():
        assert indexing.index_pending(Running(uuid4(), company.id, ("Embedding",))) == 2
    told = " ".join(model.asked)
    assert "[person 1] schedules" in told
    assert "Rautenbach" not in told


def test_without_consent_no_text_leaves(generation: IndexGeneration, model: Model, owner: User):
    model.asked.clear()
    assert indexing.index_pending() == 0
    found = search(owner, "scheduling with airflow", now=NOW)
    assert [one.text for one in found] == ["Airflow schedules batch jobs."]
    assert model.asked == []
    assert generations.is_complete(generation)


def test_a_server_that_is_down_is_asked_once_and_words_have_to_do(
    generation: IndexGeneration, consent: None, model: Model, owner: User
):
    indexing.index_pending()
    model.asked.clear()
    model.is_down = True
    for _ in range(3):
        assert [one.text for one in search(owner, "airflow", now=NOW)] == ["Airflow schedules batch jobs."]
    assert model.asked == ["airflow"]


def test_what_could_not_be_embedded_is_embedded_by_the_next_run(
    generation: IndexGeneration, consent: None, model: Model
):
    model.is_down = True
    with pytest.raises(Unavailable):
        indexing.index_pending()
    model.is_down = False
    assert indexing.index_pending() == 1
    assert ChunkVector.objects.count() == 1
