from datetime import UTC, datetime

import pytest
from django.utils import timezone
from hypothesis import settings

from careerforge.knowledge.index.postings import add
from careerforge.knowledge.models import Chunk, Collection, Document, DocumentVersion
from learning.paths import path
from learning.roles import target
from tests.gateway.conftest import wire
from tests.learning.model import Model, offer_to

__all__ = ["wire"]

# A machine that does other things as well makes no property false.
settings.register_profile("patient", deadline=None)
settings.load_profile("patient")

NOW = datetime(2026, 10, 20, 9, tzinfo=UTC)


@pytest.fixture
def now():
    return NOW


@pytest.fixture
def senior(taxonomy):
    return taxonomy.roles["senior-data-engineer"]


@pytest.fixture
def document(company):
    """Store a document with one passage, findable by word."""

    def store(text, kind="ladder", day=1, **collection):
        where = Collection.objects.create(name=f"{kind} {day}", **collection)
        when = datetime(2026, 9, day, tzinfo=UTC)
        row = Document.objects.create(
            collection=where,
            external_id="1",
            kind=kind,
            title=f"The {kind}",
            fetched_at=when,
            published_at=when,
        )
        version = DocumentVersion.objects.create(document=row, number=1, content_hash="x", text=text)
        chunk = Chunk.objects.create(
            collection=where, document=row, version=version, ordinal=0, start=0, end=len(text), text=text
        )
        add([chunk], {row.id: row.title})
        return chunk

    return store


@pytest.fixture
def heading_for_senior(owner, senior, now):
    target.choose(owner, senior, now)
    return owner


@pytest.fixture
def version(heading_for_senior, now):
    """The owner's stored path to senior data engineer."""
    return path.ensure(heading_for_senior, now)


@pytest.fixture
def step_of(version):
    """A step of the stored path by the slug of its skill."""

    def find(slug):
        return version.nodes.get(step__skill__slug=slug, step__type="skill").step

    return find


@pytest.fixture
def models_allowed(company):
    """The company has switched language models on."""
    company.model_allowed = True
    company.save(update_fields=["model_allowed"])


@pytest.fixture
def model(wire, httpserver, monkeypatch, models_allowed):
    """An OpenAI-compatible server on this machine, which says what the test wrote."""
    monkeypatch.setenv("OPENAI_BASE_URL", httpserver.url_for("/v1"))
    monkeypatch.setenv("OPENAI_MODEL", "local-model")
    return Model(wire)


@pytest.fixture
def offer(version, owner, senior):
    """What a model is offered for the owner's path today."""
    return offer_to(owner, senior, timezone.now().date())
