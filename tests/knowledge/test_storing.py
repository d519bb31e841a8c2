"""A document is its collection and the source's id; its text has versions."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from careerforge.gateway.directory import Directory, Person
from careerforge.jobs.models import JobRun
from careerforge.knowledge.documents.store import mark_gone, store, store_many
from careerforge.knowledge.documents.unnamed import hidden_identity
from careerforge.knowledge.models import Chunk, Collection, Document, DocumentVersion, Posting
from careerforge.knowledge.search import bm25
from careerforge.people import identity
from careerforge.people.models import User
from tests.cast import Cast
from tests.knowledge.conftest import NOW, item, stored

LATER = NOW + timedelta(days=1)


def test_a_new_item_is_a_document_with_one_version_and_its_passages(collection: Collection):
    document = stored(
        collection, text="## Retries\n\nA retry needs an idempotent step.", region="North", topics=("data",)
    )
    chunk = document.chunks.get()
    assert (document.region, document.topics, document.fetched_at) == ("North", ["data"], NOW)
    assert (
        document.current_version.text[chunk.start : chunk.end]
        == chunk.text
        == "A retry needs an idempotent step."
    )
    assert chunk.heading == "Retries"


def test_the_same_item_again_writes_no_row(collection: Collection):
    stored(collection)
    with CaptureQueriesContext(connection) as captured:
        again = store(collection, item(), LATER)
    assert again.outcome == "unchanged"
    assert {query["sql"].split()[0] for query in captured} <= {"SELECT", "SAVEPOINT", "RELEASE"}
    assert Document.objects.get().fetched_at == NOW


def test_an_address_with_another_campaign_is_no_new_version(collection: Collection):
    stored(collection)
    again = store(collection, item(url="https://wiki.northwind.example/a?utm_source=mail#top"), LATER)
    assert again.outcome == "unchanged"
    assert (DocumentVersion.objects.count(), Chunk.objects.count()) == (1, 1)


def test_another_text_is_another_version_and_the_old_one_stays_readable(collection: Collection):
    document = stored(collection)
    changed = store(collection, item(text="Dagster schedules assets."), LATER)
    assert changed.outcome == "changed"
    assert list(document.versions.order_by("number").values_list("number", "text")) == [
        (1, "Airflow schedules batch jobs."),
        (2, "Dagster schedules assets."),
    ]
    assert list(document.chunks.filter(live=True).values_list("text", flat=True)) == [
        "Dagster schedules assets."
    ]


def test_the_words_of_an_old_version_are_no_longer_indexed(collection: Collection):
    stored(collection)
    stored(collection, "b", "Airflow again.")
    store(collection, item(text="Dagster schedules assets."), LATER)
    live = set(Chunk.objects.filter(live=True).values_list("pk", flat=True))
    indexed = [bm25.chunks([bytes(row.packed)]).tolist() for row in Posting.objects.all()]
    assert {chunk for chunks in indexed for chunk in chunks} == live
    assert [len(chunks) for chunks in indexed] == [row.size for row in Posting.objects.all()]


def test_a_collection_counts_what_a_search_has_to_expect(collection: Collection):
    stored(collection)
    stored(collection, "b", "Drei kurze Wörter", language="de")
    store(collection, item(text="Dagster."), LATER)
    collection.refresh_from_db()
    assert (collection.passages, collection.words, collection.configurations) == (2, 4, ["english", "german"])


def test_an_id_that_comes_twice_is_one_document(collection: Collection):
    results = store_many(collection, [item(), item(text="Later.")], NOW)
    assert [result.outcome for result in results] == ["new", "new"]
    assert DocumentVersion.objects.get().text == "Later."


def test_one_id_in_two_collections_is_two_documents(collection: Collection):
    stored(collection)
    stored(Collection.objects.create(name="Blog"))
    assert Document.objects.count() == 2


def test_what_a_database_refuses_is_taken_out(collection: Collection):
    document = stored(collection, "x" * 900, "Null\x00 and \ud800 half", title="T\x00itle " * 90)
    assert document.current_version.text == "Null and  half"
    assert len(document.title) <= 300
    again = store(collection, item("x" * 900, "Null\x00 and \ud800 half", title="T\x00itle " * 90), LATER)
    assert again.outcome == "unchanged"


def test_the_source_may_say_itself_what_makes_a_version(collection: Collection):
    stored(collection, fingerprint="etag-1")
    assert store(collection, item(text="Counter: 4711", fingerprint="etag-1"), LATER).outcome == "unchanged"


def test_a_new_region_is_stored_without_a_new_version(collection: Collection):
    stored(collection)
    assert store(collection, item(region="North"), LATER).outcome == "unchanged"
    assert Document.objects.get().region == "North"


def test_what_is_gone_is_in_no_search_and_comes_back_with_its_passages(collection: Collection):
    document = stored(collection)
    assert mark_gone([document], LATER) == 1
    assert not Chunk.objects.filter(live=True).exists()
    assert not Posting.objects.exists()
    store(collection, item(), LATER)
    assert Document.objects.current().get() == document
    assert document.chunks.get().live
    assert Posting.objects.exists()


def test_a_hundred_items_take_as_many_queries_as_ten(
    collection: Collection, django_assert_max_num_queries: Any
):
    def queries(items: list[Any]) -> int:
        with CaptureQueriesContext(
            connection,
        ) as captured:
            store_many(collection, items, NOW)
        return len(captured)

    first = [item(f"{n}", f"Text {n}.") for n in range(110)]
    store_many(collection, first[100:], NOW)
    few = [item(f"few-{n}", f"Another text {n}.") for n in range(10)]
    assert queries(first[:100]) == queries(few) < 20
    assert queries(first[:100]) == queries(few) < 6
    changed = [replace(one, text=f"New {one.text}") for one in first[:100]]
    assert queries(changed) == queries([replace(one, text=f"New {one.text}") for one in few]) < 35


def test_storing_asks_for_vectors_once(collection: Collection):
    store_many(collection, [item(), item("b")], NOW)
    store_many(collection, [item("c")], NOW)
    store_many(collection, [item("c")], LATER)
    assert JobRun.objects.get().job == "knowledge.index"


@pytest.mark.usefixtures("cast")
def test_names_of_the_directory_are_masked_when_stored(collection: Collection, name: str):
    named = item(
        title=f"Interview with {name}", text=f"{name} moved to Data.", url=f"https://wiki.example/{name}"
    )
    document = store(collection, named, NOW).document
    assert document.title == "Interview with [name removed]"
    assert document.current_version.text == "[name removed] moved to Data."
    assert document.url == ""
    assert store(collection, named, LATER).outcome == "unchanged"


@pytest.fixture
def name(cast: Cast) -> str:
    """An employee's name in clear."""
    return identity.read(User.objects.select_related("identity", "key").get(pk=cast.owner.pk))


@pytest.mark.usefixtures("cast")
def test_what_is_stored_beside_the_text_names_nobody(collection: Collection, name: str):
    named = item(topics=["data", f"mentored by {name}"], region=f"Office of {name}", licence=f"© 2026 {name}")
    document = store(collection, named, NOW).document
    assert document.topics == ["data"]
    assert (document.region, document.licence) == ("Office of [name removed]", "© 2026 [name removed]")
    assert store(collection, replace(named, region=f"Desk of {name}"), LATER).outcome == "unchanged"
    document.refresh_from_db()
    assert (document.region, document.topics) == ("Desk of [name removed]", ["data"])


@pytest.mark.usefixtures("cast")
def test_an_id_that_names_somebody_is_stored_as_a_hash_that_stays_the_same(collection: Collection, name: str):
    key = f"Review of {name}.docx"
    document = store(collection, item(f"{key}#1"), NOW).document
    assert name not in document.external_id
    assert document.external_id == hidden_identity(f"{key}#1")
    assert document.external_id.startswith(f"{hidden_identity(key)}#")
    again = store_many(collection, [item(f"{key}#1")], LATER, directory=Directory.of([]))
    assert [(one.outcome, one.document.pk) for one in again] == [("unchanged", document.pk)]


def test_a_document_is_known_by_its_id_also_when_that_names_a_newcomer(collection: Collection):
    key = "Plan of Walburga Trenkwalder.md#1"
    document = store(collection, item(key), NOW).document
    assert document.external_id == key
    somebody = Directory.of([Person(name="Walburga Trenkwalder")])
    (again,) = store_many(collection, [item(key)], LATER, directory=somebody)
    assert (again.outcome, again.document.pk) == ("unchanged", document.pk)
    document.refresh_from_db()
    assert document.external_id == hidden_identity(key)
