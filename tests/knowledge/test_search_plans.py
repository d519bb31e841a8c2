"""How PostgreSQL goes about a search: few vectors one by one, many through the graph, words by an index."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection

from careerforge.knowledge.documents.store import store_many
from careerforge.knowledge.index import embedders, graph, indexing
from careerforge.knowledge.models import ChunkVector, Collection, IndexGeneration
from careerforge.knowledge.search import legs, lexical, nearest
from tests.knowledge.conftest import NOW, item

Plan = Callable[[str], str]


@pytest.fixture
def shelf(
    collection: Collection, generation: IndexGeneration, as_owner: Callable[[Callable[[], Any]], Any]
) -> Collection:
    """Two hundred passages, most of them in the graph."""
    items = [item(f"n-{n}", " ".join(word(n * 7 + k) for k in range(20))) for n in range(200)]
    store_many(collection, [*items, item("kafka", "What kafka costs.")], NOW)
    indexing.index_pending()
    graph.bring_in(generation, 150)
    with connection.cursor() as cursor:
        as_owner(lambda: cursor.execute("ANALYZE knowledge_posting, knowledge_chunkvector"))
    collection.refresh_from_db()
    return collection


def word(number: int) -> str:
    """Made up, another one for each number."""
    return "".join("bdfgklmnpr"[int(digit)] + "aeiouaeiou"[int(digit)] for digit in f"{number:04d}")


@pytest.fixture
def scope(shelf: Collection) -> legs.Scope:
    return legs.Scope.of([shelf])


@pytest.fixture
def near(generation: IndexGeneration) -> legs.Near:
    return legs.Near(generation.pk, 384, [1.0] + [0.0] * 383)


def plan(sql: str, parameters: dict[str, Any]) -> str:
    """The plan, where reading everything and sorting it counts as the last resort."""
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off; SET LOCAL enable_sort = off")
        cursor.execute(f"EXPLAIN {sql}", parameters)
        return "\n".join(row[0] for row in cursor.fetchall())


def found_by(scope: legs.Scope, near: legs.Near) -> str:
    return plan(nearest.statement(scope, near, 50), nearest.parameters(scope, near))


@pytest.fixture
def no_vector_is_few(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(nearest, "is_few", lambda scope, generation: False)


def test_few_vectors_are_compared_one_by_one(scope: legs.Scope, near: legs.Near):
    said = found_by(scope, near)
    assert "vectors_of_a_collection" in said
    assert "graph_of_generation" not in said


def test_many_vectors_are_found_through_the_graph_and_the_waiting_ones_one_by_one(
    scope: legs.Scope, near: legs.Near, no_vector_is_few: None
):
    said = found_by(scope, near)
    assert "Index Scan using graph_of_generation_" in said
    assert "vectors_outside_the_graph" in said


def test_row_level_security_is_asked_once_a_search(scope: legs.Scope, near: legs.Near):
    condition = next(line for line in found_by(scope, near).splitlines() if "Index Cond" in line)
    assert "current_setting('careerforge.organisation'" in condition


def test_words_are_found_through_their_index(scope: legs.Scope):
    said = plan(lexical.HEADERS, lexical.parameters(scope, "kafka cost"))
    assert "Index Scan using postings_of_a_word" in said


def test_both_ways_lead_to_the_same_passages(
    scope: legs.Scope, generation: IndexGeneration, monkeypatch: pytest.MonkeyPatch
):
    asked = f"{word(70)} {word(75)}"
    vector = embedders.vector(generation.embedder, asked)
    assert vector
    near = legs.Near(generation.pk, 384, vector)
    one_by_one = legs.both(scope, asked, lambda: near)
    monkeypatch.setattr(nearest, "is_few", lambda scope, generation: False)
    assert legs.both(scope, asked, lambda: near).meaning[:10] == one_by_one.meaning[:10]


def test_what_a_graph_does_not_hold_yet_is_found(
    scope: legs.Scope, generation: IndexGeneration, no_vector_is_few: None
):
    waiting = ChunkVector.objects.filter(in_graph=False).order_by("pk").first()
    vector = embedders.vector(generation.embedder, "What kafka costs")
    assert waiting
    assert vector
    found = legs.both(scope, "nothing", lambda: legs.Near(generation.pk, 384, vector)).meaning
    assert ChunkVector.objects.get(chunk=found[0][0]).in_graph is False


def test_a_small_collection_of_a_large_index_is_compared_one_by_one(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(nearest, "_size", lambda generation: 1_000_000.0)
    monkeypatch.setattr(nearest, "_sizes", {})
    assert 20_000 < nearest.compared_below(7) < 30_000
