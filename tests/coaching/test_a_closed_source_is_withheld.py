"""What was answered yesterday may rest on what nobody here may read today."""

import json
from uuid import uuid4

import pytest

from careerforge.knowledge.documents.incoming import Incoming
from careerforge.knowledge.documents.store import mark_gone, store
from careerforge.knowledge.models import Collection, Document, DocumentVersion
from coaching.advising import advice
from coaching.answers.answer import Answer, Sentence, Source
from tests.coaching.conftest import LADDER, NOW, SENTENCE

QUESTION = "Why does batch orchestration come before stream processing?"
LINE = "withheld: you may no longer see"


@pytest.fixture
def client(coach, senior, signed_in):
    return signed_in(coach)


@pytest.fixture
def url(senior, page_of):
    return page_of(senior)


@pytest.fixture
def given(coach, senior, library):
    """An advice that quotes the ladder, and a later one that the page shows."""
    opened = advice.ask(coach, senior, QUESTION, uuid4(), NOW)
    assert SENTENCE in str(opened.answer)
    advice.ask(coach, senior, "How ready are they?", uuid4(), NOW.replace(hour=10))
    return opened


def for_hr(library):
    shelf = library["ladder"].collection
    shelf.audience = "hr"
    shelf.save(update_fields=["audience"])


def gone(library):
    mark_gone([library["ladder"]], NOW)


def held(library):
    DocumentVersion.objects.filter(document=library["ladder"]).update(state="held")


def deleted(library):
    library["ladder"].delete()


@pytest.mark.parametrize("close", [for_hr, gone, held, deleted])
def test_the_page_shows_neither_the_sentence_nor_the_quote(client, url, given, library, close):
    address = f"{url}?advice={given.id}"
    assert SENTENCE in client.get(address).content.decode()
    close(library)
    page = client.get(address).content.decode()
    assert "streams are batches" not in page
    assert LINE in page


def test_a_fragment_of_earlier_advice_withholds_it_too(client, url, given, library):
    for_hr(library)
    part = client.get(f"{url}?advice={given.id}", headers={"HX-Request": "true"}).content.decode()
    assert "streams are batches" not in part
    assert LINE in part


def test_the_newest_advice_withholds_it_on_a_plain_reload(client, url, coach, senior, library):
    advice.ask(coach, senior, QUESTION, uuid4(), NOW)
    for_hr(library)
    page = client.get(url).content.decode()
    assert "streams are batches" not in page
    assert LINE in page


def test_the_api_withholds_it_from_a_repeated_request(client, senior, profile_of, library):
    address = f"/api/v1/employees/{profile_of(senior).pseudo_id}/ai-advice"
    key = {"Idempotency-Key": str(uuid4())}

    def ask():
        body = json.dumps({"question": QUESTION})
        return client.post(address, body, content_type="application/json", headers=key).json()

    before = ask()
    assert before["withheld"] == 0
    for_hr(library)
    after = ask()
    assert after["id"] == before["id"]
    assert "streams are batches" not in json.dumps(after)
    assert after["withheld"] >= 1
    assert after["confidence"] == "low"


def test_what_rests_on_the_gap_stays(client, url, given, library):
    before = given.answer
    for_hr(library)
    page = client.get(f"{url}?advice={given.id}").content.decode()
    kept = [s.text for s in before.sentences if all(before.sources[n - 1].chunk_id is None for n in s.cites)]
    assert kept
    assert all(text in page for text in kept)


def test_an_audience_that_opens_again_shows_it_again(client, url, given, library):
    for_hr(library)
    library["ladder"].collection.audience = "everyone"
    library["ladder"].collection.save(update_fields=["audience"])
    assert SENTENCE in client.get(f"{url}?advice={given.id}").content.decode()


def test_what_was_replaced_by_a_newer_version_may_be_read_on(client, url, given, library):
    library["ladder"].chunks.update(live=False)
    assert SENTENCE in client.get(f"{url}?advice={given.id}").content.decode()


def test_as_many_queries_with_ten_answers_as_with_two(client, url, given, library, coach, senior, queries):
    few = queries(lambda: client.get(url))
    for number in range(8):
        advice.ask(coach, senior, f"{QUESTION} {number}", uuid4(), NOW)
    assert queries(lambda: client.get(url)) == few <= 15


def twin(text, audience="everyone"):
    shelf = Collection.objects.create(name="Second library", audience=audience)
    same = {"title": "Ladder of the data practice", "published_at": NOW}
    return store(shelf, Incoming(external_id="twin", kind="ladder", text=text, **same), NOW).document


@pytest.mark.parametrize(
    ("text", "audience", "stays"),
    [
        (LADDER, "everyone", True),
        (f"{LADDER}\nOne line more.", "everyone", True),
        (LADDER.replace("never end", "seldom end"), "everyone", False),
        (LADDER, "hr", False),
    ],
)
def test_another_origin_of_the_same_words_keeps_what_is_gone_here(
    text, audience, stays, client, url, given, library
):
    twin(text, audience)
    gone(library)
    page = client.get(f"{url}?advice={given.id}").content.decode()
    assert (SENTENCE in page) == stays
    assert (LINE in page) != stays


def test_an_origin_that_is_gone_as_well_keeps_nothing(client, url, given, library):
    other = twin(LADDER)
    gone(library)
    mark_gone([Document.objects.get(pk=other.pk)], NOW)
    assert LINE in client.get(f"{url}?advice={given.id}").content.decode()


def source(number, chunk):
    return Source(f"Source {number}", "", None, "", f"Span {number}", chunk)


ANSWER = Answer(
    (Sentence("One.", (1,)), Sentence("Two.", (1, 2)), Sentence("Three.", (3,))),
    (source(1, None), source(2, 20), source(3, 30)),
)


def test_a_sentence_that_rests_on_two_sources_needs_both():
    left = ANSWER.without({20})
    assert [s.text for s in left.sentences] == ["One.", "Three."]
    assert left.withheld == 1


def test_numbers_and_sources_still_belong_together():
    left = ANSWER.without({20})
    assert [left.sources[s.cites[0] - 1].title for s in left.sentences] == ["Source 1", "Source 3"]
    assert [one.title for one in left.sources] == ["Source 1", "Source 3"]


def test_of_the_nearest_passages_the_open_ones_stay():
    left = Answer((), (source(1, 10), source(2, 20)), dont_know=True).without({10})
    assert [one.title for one in left.sources] == ["Source 2"]
    assert left.withheld == 1


def test_nothing_closed_changes_nothing():
    assert ANSWER.without({99}) is ANSWER
