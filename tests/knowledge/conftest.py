"""Documents are written here by hand; the embedder is the hashing one unless a test asks for the model."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest
from django.db import connection

from careerforge.knowledge.documents.store import Incoming, store
from careerforge.knowledge.index import generations
from careerforge.knowledge.models import Collection, Document, IndexGeneration
from careerforge.tenancy.models import Organisation

NOW = datetime(2026, 11, 2, 9, tzinfo=UTC)


@pytest.fixture(autouse=True)
def hashing(settings: Any) -> None:
    """No model: vectors from spelling."""
    settings.EMBEDDER_FOLDER = None


@pytest.fixture
def collection(company: Organisation) -> Collection:
    """Documents for everyone."""
    return Collection.objects.create(name="Company wiki")


@pytest.fixture
def as_owner(company: Organisation) -> Callable[[Callable[[], Any]], Any]:
    """Run something as the role that may change the schema."""

    def run(work: Callable[[], Any]) -> Any:
        with connection.cursor() as cursor:
            # What a commit would have checked before the owner's own connection looks.
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            cursor.execute("SET ROLE NONE")
            try:
                return work()
            finally:
                cursor.execute("SET ROLE careerforge_app")
                cursor.execute("SET CONSTRAINTS ALL DEFERRED")

    return run


@pytest.fixture
def generation(as_owner: Callable[[Callable[[], Any]], Any]) -> IndexGeneration:
    """The live index of the configured embedder."""
    return as_owner(generations.ensure_live)


def item(external_id: str = "a", text: str = "Airflow schedules batch jobs.", **values: Any) -> Incoming:
    """One item of a source."""
    fields = {
        "kind": "article",
        "title": "Notes",
        "url": f"https://wiki.northwind.example/{external_id}",
        **values,
    }
    return Incoming(external_id=external_id, text=text, **fields)


def stored(
    collection: Collection, external_id: str = "a", text: str = "Airflow schedules batch jobs.", **values: Any
) -> Document:
    """The document of one stored item."""
    return store(collection, item(external_id, text, **values), NOW).document
