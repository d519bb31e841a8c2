"""A document's page says what its quality and its source's trust are counted from, and what has changed."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from careerforge.jobs.queue import enqueue
from careerforge.jobs.running import run
from careerforge.knowledge.documents import quality, room
from careerforge.knowledge.documents.describing import quality_points
from careerforge.knowledge.documents.differences import differences
from careerforge.knowledge.documents.store import mark_seen, store
from careerforge.knowledge.documents.trend import Signs, trend_score
from careerforge.knowledge.models import Collection, Document
from careerforge.people.models import User
from careerforge.tenancy.models import Organisation
from tests.knowledge.conftest import NOW, item, stored

LATER = NOW + timedelta(days=1)
LONG = "## Budget\n\n" + "Everybody may spend it on courses. " * 30 + "\n\n- books\n- travel"


def test_quality_is_the_sum_of_its_lines_and_says_why(collection: Collection):
    good = stored(collection, "a", LONG, published_at=NOW, licence="CC BY 4.0")
    poor = stored(collection, "b", "Cookie policy", url="", language="")
    assert good.quality == quality.score(quality_points(good, LONG)) == 1.0
    assert poor.quality < 0.2
    assert sum(point.most for point in quality_points(good, LONG)) == pytest.approx(1)


@pytest.mark.parametrize(
    ("unread", "old", "held", "trust"),
    [(None, 0, 0, 1.0), (2, 0, 0, 1.0), (16, 0, 0, 0.5), (30, 0, 0, 0.25), (1, 90, 0, 1.0),
     (1, 270, 0, 0.5), (1, 5000, 0, 0.5), (1, 0, 2, 0.8), (1, 0, 10, 0.5), (900, 0, 0, 0.05)],
)  # fmt: skip
def test_a_dead_source_loses_trust_by_halves(unread: int | None, old: int, held: int, trust: float):
    seen = None if unread is None else NOW - timedelta(days=unread)
    score, lines = trend_score(Signs(seen, NOW - timedelta(days=old), False, 10, held), NOW)
    assert score == trust
    product = lines[0].factor * lines[1].factor * lines[2].factor
    assert score == pytest.approx(max(product, 0.05), abs=0.001)


def test_what_describes_the_company_does_not_age():
    assert trend_score(Signs(None, NOW - timedelta(days=4000), True, 3, 0), NOW)[0] == 1.0


def test_trust_is_counted_each_day_and_shown_with_its_lines(
    collection: Collection, company: Organisation, owner: User, signed_in: Callable[[User], Client]
):
    document = stored(collection)
    mark_seen(collection.pk, datetime.now(UTC) - timedelta(days=20))
    queued = enqueue("knowledge.trust", key="test")
    run(str(queued.pk), str(company.pk))
    collection.refresh_from_db()
    assert 0.4 < collection.trust < 0.45
    page = signed_in(owner).get(f"/documents/{document.pk}/").content.decode()
    assert "Days since it was last read to the end" in page
    assert f"× {collection.trust_rows[0]['factor']:.2f}" in page


def test_the_page_says_where_a_text_comes_from(
    collection: Collection, owner: User, signed_in: Callable[[User], Client]
):
    document = stored(collection, text=LONG, language="de-AT", licence="CC BY 4.0", published_at=NOW)
    mark_seen(collection.pk, LATER)
    page = signed_in(owner).get(f"/documents/{document.pk}/").content.decode()
    for words in ("Company wiki", "2 Nov 2026", "3 Nov 2026", "German", "CC BY 4.0", "Not counted yet"):
        assert words in page


# --- what has changed ----------------------------------------------------------------------------
OLD = "The budget is EUR 1,500.\n\nIt ends in December.\n\nAsk before you book."
NEW = "The budget is EUR 2,000.\n\nIt ends in December.\n\nAsk before you book.\n\nTrains are better."


@pytest.fixture
def changed(collection: Collection) -> Document:
    stored(collection, text=OLD)
    return store(collection, item(text=NEW), LATER).document


def test_a_changed_page_shows_its_changed_words(
    changed: Document, owner: User, signed_in: Callable[[User], Client]
):
    client = signed_in(owner)
    assert (
        f"/documents/{changed.pk}/changes/?to=2" in client.get(f"/documents/{changed.pk}/").content.decode()
    )
    page = client.get(f"/documents/{changed.pk}/changes/").content.decode()
    assert "<del>1</del>" in page
    assert "<ins>2</ins>" in page
    assert "<ins>Trains are better.</ins>" in page


@pytest.mark.parametrize("query", ["?from=7", "?to=9", "?from=2", "?to=1"])
def test_versions_that_never_were_cannot_be_compared(
    query: str, changed: Document, owner: User, signed_in: Callable[[User], Client]
):
    assert signed_in(owner).get(f"/documents/{changed.pk}/changes/{query}").status_code == 404


def test_what_changed_is_text_and_never_markup(
    collection: Collection, owner: User, signed_in: Callable[[User], Client]
):
    stored(collection, text="Plain.")
    document = store(collection, item(text="Plain. <script>alert(1)</script>"), LATER).document
    assert "<script>alert" not in signed_in(owner).get(f"/documents/{document.pk}/changes/").content.decode()


def test_a_long_comparison_comes_in_pages(
    collection: Collection,
    owner: User,
    signed_in: Callable[[User], Client],
    django_assert_max_num_queries: Any,
):
    stored(collection, text="\n\n".join(f"Line {n} is here." for n in range(200)))
    text = "\n\n".join(f"Line {n} was there, {n} times." for n in range(200))
    document = store(collection, item(text=text), LATER).document
    client = signed_in(owner)
    with django_assert_max_num_queries(12):
        first = client.get(f"/documents/{document.pk}/changes/").content.decode()
    assert "Page 1 of 5" in first
    assert "Line <" not in first or first.count("cf-diff") == 40


@given(st.lists(st.sampled_from(["One.", "Two words.", "Three short words."]), max_size=12),
       st.lists(st.sampled_from(["One.", "Two other words.", "Four."]), max_size=12))  # fmt: skip
def test_both_texts_can_be_read_off_the_changes(old: list[str], new: list[str]):
    changes = differences("\n\n".join(old), "\n\n".join(new))
    said = [piece for change in changes for piece in change.pieces]
    assert bool(changes) == (old != new)
    gone = "".join(piece.text for piece in said if piece.how != "new")
    came = "".join(piece.text for piece in said if piece.how != "gone")
    if all(change.how != "skipped" for change in changes) and changes:
        assert (gone, came) == ("".join(old), "".join(new))


def test_a_collection_says_how_much_more_it_takes(collection: Collection, monkeypatch: pytest.MonkeyPatch):
    stored(collection, text="Twelve chars")
    monkeypatch.setattr(room, "MOST_CHARACTERS", 12)
    assert room.room(collection) == room.Room(room.MOST_VERSIONS - 1, 0)
    assert room.room(collection).is_full
