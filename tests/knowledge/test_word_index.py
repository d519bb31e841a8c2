"""The word index stays exact whatever is added, taken out, merged, or written anew."""

from typing import Any
from uuid import uuid4

import pytest
from django.test.utils import CaptureQueriesContext

from careerforge.jobs.models import JobRun
from careerforge.jobs.running import Running
from careerforge.knowledge.documents.store import mark_gone, store_many
from careerforge.knowledge.index import postings, terms, tidying
from careerforge.knowledge.models import Chunk, Collection, Posting
from careerforge.knowledge.search import bm25, legs, lexical
from careerforge.knowledge.search.held import Held
from careerforge.tenancy.models import Organisation
from tests.knowledge.conftest import NOW, item, stored

TEXTS = [
    "Kafka orders records.",
    "Kafka keeps its order.",
    "Spark and Kafka.",
    "Airflow schedules Spark jobs.",
]


@pytest.fixture
def shelf(collection: Collection) -> Collection:
    """Passages that came one after the other, so that words have several rows."""
    for n, text in enumerate(TEXTS * 4):
        stored(collection, str(n), f"{text} Part {n}.")
    collection.refresh_from_db()
    return collection


def found(collection: Collection, words: str) -> list[tuple[int, float]]:
    collection.refresh_from_db()
    return legs.both(legs.Scope.of([collection]), words, lambda: None).words


def rows(lexeme: str) -> list[Posting]:
    return list(Posting.objects.filter(lexeme=lexeme).order_by("first"))


def test_every_word_of_a_question_counts_however_common_it_is(shelf: Collection):
    assert len(found(shelf, "kafka")) == 12
    assert len(found(shelf, "kafka spark")) == 16


def test_merging_changes_no_score(shelf: Collection):
    before = found(shelf, "kafka order spark")
    assert len(rows("kafka")) == 12
    assert postings.merge(shelf.pk)[0] > 0
    assert len(rows("kafka")) == 1
    assert found(shelf, "kafka order spark") == before
    assert postings.merge(shelf.pk) == (0, "")


def test_merging_goes_on_behind_the_last_word(shelf: Collection):
    first, last = postings.merge(shelf.pk, limit=1)
    assert first == 1
    assert all(
        row.lexeme > last for row in Posting.objects.all() if len(rows(row.lexeme)) > postings.FRAGMENTS
    )
    assert postings.merge(shelf.pk, after=last, limit=100)[0] > 0


def test_full_rows_are_left_alone(shelf: Collection, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(postings, "_MERGE", postings._MERGE.replace(str(postings.FULL), "5"))
    postings.merge(shelf.pk)
    assert [row.size for row in rows("kafka")] == [5, 5, 2]


def test_what_is_taken_out_of_a_merged_row_is_found_no_more(shelf: Collection):
    postings.merge(shelf.pk)
    gone = shelf.documents.get(external_id="0")
    chunk = gone.chunks.get().pk
    mark_gone([gone], NOW)
    assert chunk not in dict(found(shelf, "kafka"))
    assert len(found(shelf, "kafka")) == 11
    assert chunk not in {
        c for row in Posting.objects.all() for c in bm25.chunks([bytes(row.packed)]).tolist()
    }


def test_a_row_that_was_replaced_between_two_questions_is_read_again(
    shelf: Collection, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(lexical, "SMALL", 0)
    before = found(shelf, "kafka spark")
    scope = legs.Scope.of([shelf])
    headers = lexical._headers(scope, "kafka spark", 0)
    lexical.HELD.forget()
    postings.merge(shelf.pk)
    assert lexical.ranked(scope, "kafka spark", headers, 50) == before


def test_what_was_read_once_is_not_read_again(shelf: Collection, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(lexical, "SMALL", 0)
    scope = legs.Scope.of([shelf])
    first = legs.both(scope, "kafka spark", lambda: None)
    monkeypatch.delattr(lexical, "_read")
    assert legs.both(scope, "kafka spark", lambda: None) == first


def test_a_question_of_common_words_reads_a_bounded_number_of_postings(
    shelf: Collection, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(lexical, "MOST_POSTINGS", 10)
    assert {chunk for chunk, _ in found(shelf, "kafka spark")} == {
        chunk for chunk, _ in found(shelf, "spark")
    }
    assert len(found(shelf, "kafka")) == 12


def test_a_cache_forgets_what_was_longest_unused():
    held = Held(3_000)
    held.keep({1: b"x" * 1000, 2: b"x" * 1000})
    held.known([1])
    held.keep({3: b"x" * 1000})
    assert set(held.known([1, 2, 3])) == {1, 3}
    assert held.bytes <= 3_000


def run(company: Organisation) -> Running:
    made = JobRun.objects.create(
        job="knowledge.write_anew", dedup_key=str(uuid4()), state="running", lease_until=NOW
    )
    return Running(made.pk, company.pk, ("Writing",))


@pytest.fixture
def old(shelf: Collection) -> Collection:
    """A collection whose words another version wrote: other words, and some that should not be there."""
    Posting.objects.filter(lexeme="kafka").update(lexeme="oldkafka")
    Posting.objects.filter(lexeme="spark").delete()
    Collection.objects.update(wording=terms.WORDING - 1)
    return shelf


def test_words_of_an_older_version_are_written_anew_while_searches_go_on(
    old: Collection, company: Organisation, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(tidying, "SLICE", 5)
    assert tidying.write_anew(run(company)) == 16
    assert len(found(old, "kafka spark")) == 16
    assert found(old, "oldkafka") == []
    assert Collection.objects.get().wording == terms.WORDING
    assert tidying.write_anew(run(company)) == 0


def test_writing_anew_that_was_killed_goes_on_where_it_stopped(
    old: Collection, company: Organisation, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(tidying, "SLICE", 5)
    replace, calls = postings.replace, []

    def killed(*given: Any) -> None:
        calls.append(given)
        if len(calls) == 3:
            raise KeyboardInterrupt
        replace(*given)

    monkeypatch.setattr(postings, "replace", killed)
    job = run(company)
    with pytest.raises(KeyboardInterrupt):
        tidying.write_anew(job)
    # Ten passages are as they should be, the others as they were.
    assert len(found(old, "kafka")) + len(found(old, "oldkafka")) == 12
    assert tidying.write_anew(job) == 6
    assert len(found(old, "kafka spark")) == 16


def test_a_batch_of_documents_takes_as_many_statements_as_one(collection: Collection):
    from django.db import connection

    counts = []
    for size in (2, 40):
        with CaptureQueriesContext(connection) as captured:
            store_many(collection, [item(f"{size}-{n}", f"Text {n} of {size}.") for n in range(size)], NOW)
        counts.append(sum("knowledge_posting" in query["sql"] for query in captured))
    assert counts[0] == counts[1]
    assert Chunk.objects.count() == 42
