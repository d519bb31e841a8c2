"""Coaches and administrators search documents, and see why each passage stands where it does."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from careerforge.knowledge.index import indexing
from careerforge.knowledge.models import Collection, IndexGeneration
from careerforge.people.models import User
from tests.cast import Cast
from tests.knowledge.conftest import NOW, stored


@pytest.fixture
def shelf(collection: Collection, generation: IndexGeneration) -> Collection:
    """Two regions, two kinds, one document for coaches only."""
    stored(
        collection,
        "budget",
        "Every employee has a budget of EUR 1,500 for courses.",
        title="Budget",
        kind="policy",
    )
    stored(
        collection,
        "north",
        "Kafka engineer for courses in the North.",
        title="Kafka post",
        kind="posting",
        region="North",
        published_at=NOW - timedelta(400),
    )
    secret = Collection.objects.create(name="For coaches", audience="coaches")
    stored(secret, "how", "How to talk about a budget that is used up.", title="Coaching notes")
    indexing.index_pending()
    return collection


@pytest.fixture
def found(shelf: Collection, signed_in: Callable[[User], Client]) -> Callable[..., str]:
    """The page for a person and a query."""

    def get(person: User, **query: Any) -> str:
        answer = signed_in(person).get("/search/", query)
        assert answer.status_code == 200
        return answer.content.decode()

    return get


def test_the_words_are_marked_and_the_link_leads_to_the_place(cast: Cast, found: Callable[..., str]):
    page = found(cast.coach, q="budget course")
    assert 'a <mark class="cf-quote">budget</mark> of EUR 1,500' in page
    assert '<mark class="cf-quote">courses</mark>' in page
    assert "?v=1&amp;start=0&amp;end=53#quote" in page


def test_every_result_says_why_it_is_there(cast: Cast, found: Callable[..., str]):
    page = found(cast.coach, q="budget of EUR 1,500 for courses")
    assert page.count('class="cf-ranked"') == 3
    assert "match well" in page
    assert "does not age" in page
    assert "trusted" in page


def test_an_administrator_finds_only_what_is_for_everyone(cast: Cast, found: Callable[..., str]):
    assert "Coaching notes" in found(cast.coach, q="budget")
    for admin in (cast.admin_platform, cast.admin_hr, cast.admin_org, cast.admin_lnd):
        page = found(admin, q="budget")
        assert "Coaching notes" not in page
        assert "2 passages of documents that you may read" in page


def test_filters_leave_documents_out_and_the_page_says_so(cast: Cast, found: Callable[..., str]):
    assert "Kafka post" in found(cast.coach, q="courses", kind="posting")
    assert "Budget</a>" not in found(cast.coach, q="courses", kind="posting")
    assert "Kafka post" in found(cast.coach, q="courses", until=(NOW - timedelta(399)).date().isoformat())
    nothing = found(cast.coach, q="courses", kind="course")
    assert "Nothing among these documents" in nothing
    assert 'href="/search/?q=courses"' in nothing


@pytest.mark.parametrize(("query", "sentence"), [
    ({}, "What are you looking for?"),
    ({"q": "  "}, "What are you looking for?"),
    ({"q": "budget", "since": "soon"}, "Write a date as 2026-11-30."),
    ({"q": "budget", "since": "2026-03-02", "until": "2026-03-01"}, "This is before the first day."),
    ({"q": "x" * 301}, "A search may have up to 300 characters; this one has 301."),
])  # fmt: skip
def test_what_cannot_be_searched_is_answered_in_words(
    cast: Cast, found: Callable[..., str], query: dict[str, str], sentence: str
):
    assert sentence in found(cast.coach, **query)


def test_markup_in_a_question_or_text_is_text(cast: Cast, shelf: Collection, found: Callable[..., str]):
    stored(shelf, "odd", "Here <b>bold words</b> are a budget.", title="<i>Odd</i>")
    page = found(cast.coach, q="<i>bold budget")
    assert "<b>bold" not in page
    assert "<i>" not in page
    assert "&lt;i&gt;Odd" in page


def test_results_are_paged_and_the_question_goes_along(
    cast: Cast, shelf: Collection, found: Callable[..., str]
):
    for number in range(12):
        stored(shelf, f"p{number}", f"Kafka partition {number} keeps its order.", title=f"Part {number}")
    second = found(cast.coach, q="kafka partition", page=2)
    assert 'start="9"' in second
    assert "q=kafka+partition" in second
    assert "9 to " in second


def test_a_part_of_the_page_equals_the_whole(
    cast: Cast, found: Callable[..., str], signed_in: Callable[[User], Client]
):
    whole = found(cast.coach, q="budget")
    part = signed_in(cast.coach).get("/search/", {"q": "budget"}, headers={"HX-Request": "true"})
    assert part.content.decode().strip() in whole


def test_the_page_asks_the_database_little(
    cast: Cast, shelf: Collection, signed_in: Callable[[User], Client]
):
    client = signed_in(cast.coach)
    client.get("/search/", {"q": "budget"})
    with CaptureQueriesContext(connection) as captured:
        client.get("/search/", {"q": "budget"})
    assert len(captured) <= 15
