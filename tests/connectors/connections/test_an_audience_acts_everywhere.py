"""An administrator changes who may read a connection: every way to its text follows at once, for every role.

Through the same door as the form and the API: search, document, its changes, what was cited before.
"""

import dataclasses
import json
from uuid import uuid4

import pytest

from careerforge.knowledge.models import Collection, Document
from careerforge.knowledge.search.retrieval import search
from careerforge.people.models import Profile, User
from coaching.advising import advice
from connectors import connecting
from connectors.models import Connection
from connectors.wishes import Wish
from learning.paths import path
from tests.coaching.conftest import NOW, SENTENCE, claim, library, senior
from tests.connectors.connections.site import synchronise

__all__ = ["claim", "library", "senior"]

WISH = Wish(name="News", kind="feed", location="http://news.example/feed")
ROLES = ("owner", "outsider", "coach", "other_coach", "manager", "admin_hr", "admin_platform", "admin_org")
REGION = {"audience": "region", "audience_region": "North"}
PRACTICE = {"audience": "practice", "audience_practice": "data"}
# Who reads what everyone may not: the outsider is of another practice and region.
AUDIENCES = {
    "everyone": ({"audience": "everyone"}, set(ROLES)),
    "coaches": ({"audience": "coaches"}, {"coach", "other_coach"}),
    "hr": ({"audience": "hr"}, {"admin_hr"}),
    "practice": (PRACTICE, {"owner", "coach"}),
    "region": (REGION, set(ROLES) - {"outsider"}),
}


@pytest.fixture
def news(site, cast) -> Connection:
    """One document in two versions, for everyone."""
    Profile.objects.filter(user=cast.outsider).update(region="South")
    made = connecting.save(cast.admin_platform, WISH, None)
    for text in (
        "Airflow schedules batch jobs.",
        "Airflow schedules batch jobs, and retries those that fail.",
    ):
        site.feed({"title": "Alpha", "text": text})
        synchronise(made)
    return made


def change(cast, connection: Connection, **wanted: str) -> None:
    fresh = Connection.objects.select_related("collection").get(pk=connection.pk)
    wish = dataclasses.replace(WISH, name=fresh.name, location=fresh.location, kind=fresh.kind, **wanted)
    connecting.save(cast.admin_platform, wish, fresh)


def anew(person: User) -> User:
    """As the next request has them."""
    return User.objects.get(pk=person.pk)


@pytest.mark.parametrize("name", AUDIENCES)
def test_every_way_to_the_text_follows_for_every_role(news, cast, signed_in, name) -> None:
    wanted, may = AUDIENCES[name]
    document = Document.objects.get()
    pages = (f"/documents/{document.pk}/", f"/documents/{document.pk}/changes/")
    browsers = {role: signed_in(getattr(cast, role)) for role in ROLES}
    for role, browser in browsers.items():
        # Everybody has seen it, so that whatever is kept of that is kept.
        assert search(anew(getattr(cast, role)), "airflow batch jobs", now=NOW), role
        assert {browser.get(page).status_code for page in pages} == {200}, role
    change(cast, news, **wanted)
    for role, browser in browsers.items():
        is_in = role in may
        assert bool(search(anew(getattr(cast, role)), "airflow batch jobs", now=NOW)) is is_in, role
        assert {browser.get(page).status_code for page in pages} == {200 if is_in else 404}, role
    change(cast, news, audience="everyone")
    assert all(search(anew(getattr(cast, role)), "airflow batch jobs", now=NOW) for role in ROLES)


def test_the_search_page_and_its_numbers_follow(news, cast, signed_in) -> None:
    browser = signed_in(cast.coach)
    assert "Alpha" in browser.get("/search/?q=airflow").text
    change(cast, news, audience="hr")
    page = browser.get("/search/?q=airflow").text
    assert "Alpha" not in page
    assert "Airflow schedules" not in page


@pytest.fixture
def shelf(library, cast) -> Connection:
    """The library as a connection, whose ladder is cited below."""
    collection = Collection.objects.get(pk=library["ladder"].collection_id)
    return Connection.objects.create(
        name=collection.name, kind="feed", location="http://news.example/library", collection=collection
    )


def test_cached_advice_and_its_citations_follow(shelf, cast, senior, signed_in, profile_of, site) -> None:
    question = "Why does batch orchestration come before stream processing?"
    given = advice.ask(cast.coach, senior, question, uuid4(), NOW)
    assert SENTENCE in str(given.answer)
    page = f"/console/people/{profile_of(senior).pseudo_id}/?advice={given.id}"
    browser, api = signed_in(cast.coach), f"/api/v1/employees/{profile_of(senior).pseudo_id}/ai-advice"
    key = {"Idempotency-Key": str(uuid4())}

    def ask() -> str:
        body = json.dumps({"question": question})
        return browser.post(api, body, content_type="application/json", headers=key).text

    assert "streams are batches" in browser.get(page).text
    assert "streams are batches" in ask()
    change(cast, shelf, audience="hr")
    assert "streams are batches" not in browser.get(page).text
    assert "streams are batches" not in ask()
    assert "streams are batches" not in str(advice.ask(cast.coach, senior, question, uuid4(), NOW).answer)
    change(cast, shelf, audience="coaches")
    assert "streams are batches" in browser.get(page).text


def test_the_quotes_of_a_path_follow(shelf, cast, senior, taxonomy, site) -> None:
    version = path.build(senior, taxonomy.roles["senior-data-engineer"], NOW)

    def quoted() -> set[str]:
        return {
            r.quote for node in path.nodes(version, anew(senior)) for r in node.reasons.all() if r.chunk_id
        }

    before = quoted()
    assert before
    change(cast, shelf, audience="coaches")
    assert quoted() == set()
    change(cast, shelf, audience="everyone")
    assert quoted() == before
