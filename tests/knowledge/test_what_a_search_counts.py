"""Filters by date, the source's trust and the asker's skills, as a search counts them."""

from datetime import timedelta
from typing import Any

import pytest

from careerforge.knowledge.index import indexing
from careerforge.knowledge.models import Collection, IndexGeneration
from careerforge.knowledge.search.retrieval import search
from careerforge.people.models import User
from tests.knowledge.conftest import NOW, stored


def titles(person: User, query: str, **values: Any) -> list[str]:
    return [one.title for one in search(person, query, now=NOW, **values)]


@pytest.fixture
def dated(collection: Collection) -> Collection:
    """Documents of three days, and one without a date, fetched today."""
    for days in (0, 10, 30):
        published = NOW - timedelta(days)
        stored(collection, str(days), f"Kafka note {days}.", title=f"{days} days", published_at=published)
    stored(collection, "none", "Kafka note of no day.", title="no date")
    return collection


@pytest.mark.parametrize(("since", "until", "found"), [
    (10, None, {"0 days", "10 days", "no date"}),
    (None, 10, {"10 days", "30 days"}),
    (10, 10, {"10 days"}),
    (29, 11, set()),
])  # fmt: skip
def test_both_days_of_a_time_are_part_of_it(
    owner: User, dated: Collection, since: int | None, until: int | None, found: set[str]
):
    days = {
        name: (NOW - timedelta(days)).date()
        for name, days in (("since", since), ("until", until))
        if days is not None
    }
    assert set(titles(owner, "kafka note", **days)) == found


def test_of_two_alike_the_more_trusted_source_comes_first(owner: User, collection: Collection):
    other = Collection.objects.create(name="Old blog")
    stored(other, "a", "Kafka keeps its order.", title="From the blog")
    stored(collection, "a", "Kafka keeps its order.", title="From the wiki")
    Collection.objects.filter(pk=other.pk).update(trust=0.2)
    first, second = search(owner, "kafka order", now=NOW)
    assert [first.title, second.title] == ["From the wiki", "From the blog"]
    assert second.why
    assert second.why.trust == 0.2


def test_what_names_the_askers_target_comes_first(owner: User, collection: Collection):
    stored(collection, "a", "A kafka course for testers.", title="One")
    stored(collection, "b", "A kafka course for architects.", title="Two")
    assert titles(owner, "kafka course", toward=["Architects"])[0] == "Two"
    assert titles(owner, "kafka course", toward=["Testers"])[0] == "One"


def test_a_passage_says_how_it_was_ranked(owner: User, collection: Collection, generation: IndexGeneration):
    stored(collection, "a", "Kafka keeps its order.", kind="policy")
    indexing.index_pending()
    why = search(owner, "kafka", now=NOW)[0].why
    assert why
    assert why.words
    assert why.meaning
    assert (why.relevance, why.freshness, why.trust, why.toward) == (1.0, 1.0, 1.0, 0.0)


def test_a_long_passage_is_found_by_each_of_its_parts(
    owner: User, collection: Collection, generation: IndexGeneration
):
    parts = ["Blue whales sing below the ice for hours.", "Tax forms are due in the spring of each year."]
    stored(collection, "long", " ".join(part for part in parts for _ in range(7)), title="Mixed")
    for n in range(5):
        stored(collection, f"other-{n}", f"Something else entirely, number {n}.", title=f"Other {n}")
    indexing.index_pending()
    for part in parts:
        best = search(owner, part, now=NOW)[0]
        assert best.title == "Mixed"
        assert best.why
        assert best.why.meaning
        assert best.why.meaning > 0.6
