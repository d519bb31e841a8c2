"""A search finds by words and by meaning, and gives the same passages every time."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from careerforge.knowledge.index import indexing
from careerforge.knowledge.models import Collection, IndexGeneration
from careerforge.knowledge.search.retrieval import search
from careerforge.people.models import User
from tests.knowledge.conftest import NOW, stored


@pytest.fixture
def shelf(collection: Collection, generation: IndexGeneration) -> Collection:
    """A dozen passages about different things, with vectors."""
    for n, topic in enumerate(
        [
            "airflow",
            "kafka",
            "spark",
            "terraform",
            "kubernetes",
            "django",
            "react",
            "pandas",
            "snowflake",
            "vault",
            "jenkins",
            "grafana",
        ]
    ):
        stored(
            collection,
            str(n),
            f"How {topic} is used: teams that run {topic} watch its cost.",
            title=f"About {topic}",
        )
    indexing.index_pending()
    return collection


def titles(person: User, query: str, **values: Any) -> list[str]:
    return [one.title for one in search(person, query, now=NOW, **values)]


def test_the_passage_that_says_it_comes_first(owner: User, shelf: Collection):
    best = search(owner, "What does kubernetes cost?", now=NOW)[0]
    assert best.title == "About kubernetes"
    assert best.text == "How kubernetes is used: teams that run kubernetes watch its cost."
    assert (best.kind, best.start, best.end, best.url) == (
        "article",
        0,
        len(best.text),
        "https://wiki.northwind.example/4",
    )


def test_a_misspelt_word_is_found_by_its_vector(owner: User, shelf: Collection):
    assert titles(owner, "kuberentes")[0] == "About kubernetes"


def test_without_vectors_words_have_to_do(owner: User, collection: Collection):
    stored(collection)
    assert [one.text for one in search(owner, "scheduling with airflow", now=NOW)] == [
        "Airflow schedules batch jobs."
    ]


@pytest.mark.parametrize(("query", "text"), [
    ("C++", "Modern C++ without raw pointers."),
    ("c#", "C# for services."),
    ("node.js", "Runs on Node.js today."),
    ("CD", "We use CI/CD everywhere."),
])  # fmt: skip
def test_names_of_tools_are_words(owner: User, collection: Collection, query: str, text: str):
    stored(collection, "other", "Pointers for services that run everywhere today.")
    stored(collection, "tool", text)
    assert [one.text for one in search(owner, query, now=NOW)] == [text]


def test_each_language_is_stemmed_in_its_own_way(owner: User, collection: Collection):
    stored(collection, "de", "Die Entwicklerin schreibt Prüfungen.", language="de")
    stored(collection, "en", "Developers write tests.", language="en-GB")
    assert [one.text for one in search(owner, "Entwicklerinnen Prüfung", now=NOW)] == [
        "Die Entwicklerin schreibt Prüfungen."
    ]


@pytest.mark.parametrize(
    "query", ["", "   ", "\x00", "?!", "the of and", "' & | ! :* <->", "%s %(words)s {}", "x" * 5000]
)
def test_an_odd_query_is_no_error(owner: User, collection: Collection, query: str):
    stored(collection)
    assert search(owner, query, now=NOW) == []


def test_only_documents_of_the_kind_and_region_asked_for(owner: User, shelf: Collection):
    stored(shelf, "p1", "Kafka engineer wanted.", title="North posting", kind="posting", region="North")
    stored(shelf, "p2", "Kafka engineer wanted.", title="South posting", kind="posting", region="South")
    stored(shelf, "p3", "Kafka engineer wanted.", title="Posting anywhere", kind="posting")
    indexing.index_pending()
    assert set(titles(owner, "kafka", kinds=("posting",))) == {
        "North posting",
        "South posting",
        "Posting anywhere",
    }
    assert set(titles(owner, "kafka", kinds=("posting",), region="North")) == {
        "North posting",
        "Posting anywhere",
    }


def test_at_most_two_passages_of_a_document(owner: User, collection: Collection):
    stored(
        collection,
        "long",
        "\n\n".join(f"## Part {n}\n\n" + "Kafka partitions keep their order. " * 10 for n in range(6)),
    )
    stored(collection, "short", "Kafka in a paragraph.")
    found = search(owner, "kafka partitions", now=NOW)
    assert len(found) == 3


def test_of_two_postings_alike_the_newer_comes_first(owner: User, collection: Collection):
    for days in (400, 3):
        stored(
            collection,
            str(days),
            "Kafka engineer.",
            title=f"{days} days",
            kind="posting",
            published_at=NOW - timedelta(days),
        )
    assert titles(owner, "kafka") == ["3 days", "400 days"]


def test_a_policy_does_not_age(owner: User, collection: Collection):
    for days in (900, 3):
        stored(
            collection,
            str(days),
            "Kafka.",
            title=f"{days} days",
            kind="policy",
            published_at=NOW - timedelta(days),
        )
    first, second = search(owner, "kafka", now=NOW)
    assert abs(first.score - second.score) < 0.02


def test_a_replaced_or_gone_text_is_not_found(owner: User, shelf: Collection):
    stored(shelf, "4", "Nomad has replaced it.", title="About nomad")
    indexing.index_pending()
    assert "About kubernetes" not in titles(owner, "kubernetes")
    assert titles(owner, "nomad")[0] == "About nomad"


def test_a_search_takes_five_queries(owner: User, shelf: Collection):
    person = User.objects.get(pk=owner.pk)
    assert person.kinds
    with CaptureQueriesContext(connection) as captured:
        search(person, "kafka cost", now=NOW)
    assert len(captured) == 5


def test_the_same_query_gives_the_same_passages(owner: User, shelf: Collection):
    assert search(owner, "teams watch cost", now=NOW) == search(owner, "teams watch cost", now=NOW)
