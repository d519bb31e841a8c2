"""Documents of vacancies, stored through the one door; titles are compared by spelling, without a model."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from careerforge.knowledge.documents.facts import CourseFacts, PostingFacts, to_json
from careerforge.knowledge.documents.incoming import Incoming
from careerforge.knowledge.documents.store import store_many
from careerforge.knowledge.models import Collection, Document
from careerforge.tenancy.models import Organisation

NOW = datetime(2026, 11, 2, 9, tzinfo=UTC)


@pytest.fixture(autouse=True)
def hashing(settings: Any) -> None:
    """No model: vectors from spelling."""
    settings.EMBEDDER_FOLDER = None


@pytest.fixture
def market(company: Organisation) -> Collection:
    """A job board that everyone may read."""
    return Collection.objects.create(name="Job board", about="market")


def incoming(
    external_id: str,
    text: str = "You know SQL.",
    title: str = "Data engineer",
    *,
    days: int = 10,
    region: str = "",
    kind: str = "posting",
    facts: PostingFacts | CourseFacts | None = None,
) -> Incoming:
    """A vacancy as a source hands it over; ``days``: so long ago it was published."""
    return Incoming(
        external_id=external_id,
        kind=kind,
        title=title,
        text=text,
        region=region,
        published_at=NOW - timedelta(days=days),
        facts=to_json(facts) if facts else {},
    )


@pytest.fixture
def vacancy(market: Collection) -> Callable[..., Document]:
    """Store a vacancy."""

    def make(*args: Any, external_id: str = "", where: Collection | None = None, **values: Any) -> Document:
        item = incoming(external_id or f"{Document.objects.count() + 1}", *args, **values)
        return store_many(where or market, [item], NOW)[0].document

    return make
