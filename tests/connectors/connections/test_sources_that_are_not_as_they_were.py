"""A source that answers with something else than it used to changes nothing, and says so."""

import pytest

from careerforge.jobs.models import JobRun
from careerforge.knowledge.models import Document
from connectors import connecting
from connectors.models import Connection, SyncRun
from tests.connectors.connections.site import numbers, synchronise


@pytest.fixture
def known(site, connect) -> Connection:
    """A connection that has brought four documents."""
    connection = connect()
    site.feed("Alpha", "Beta", "Gamma", "Delta")
    synchronise(connection)
    return connection


def suspicious(connection: Connection) -> SyncRun:
    before = list(Document.objects.values_list("id", "current_version", "gone_at", "fetched_at"))
    run = synchronise(connection)
    assert list(Document.objects.values_list("id", "current_version", "gone_at", "fetched_at")) == before
    assert run.is_suspicious
    assert numbers(run) == (0, 0, 0, 0, 0)
    assert JobRun.objects.get(pk=str(run.job_run_id)).state == "failed"
    return run


def test_a_web_page_with_status_200(site, known) -> None:
    site.says(b"<!doctype html><title>Sorry</title><p>We are down for maintenance.", "text/html")
    assert suspicious(known).error == "A web page came instead of a feed, perhaps a sign-in page."


def test_json_where_a_feed_was(site, known) -> None:
    site.json({"error": "no such feed", "title": "Error"})
    assert suspicious(known).error == "The source answers with JSON instead of a feed."


def test_an_empty_list(site, known) -> None:
    site.feed()
    assert "empty list; 4 documents" in suspicious(known).error


def test_an_empty_body(site, known) -> None:
    site.says(b"", "application/rss+xml")
    assert suspicious(known).error == "The file is empty."


def test_renamed_fields(site, connect) -> None:
    connection = connect(kind="json")
    rows = [{"id": n, "title": f"T{n}", "body": f"Text number {n}, at length."} for n in range(5)]
    site.json({"items": rows})
    synchronise(connection)
    site.json({"items": [{"number": row["id"], "title": row["title"], "body": row["body"]} for row in rows]})
    assert suspicious(connection).error == "The entries used to have an id of their own, and now none has."
    site.json(
        {"items": [{"id": row["id"], "title": row["title"], "what_it_says": row["body"]} for row in rows]}
    )
    assert suspicious(connection).error == "The entries used to have a text, and now none has."


def test_entries_of_which_no_field_is_known(site, connect) -> None:
    connection = connect(kind="json")
    site.json({"items": [{"id": n, "title": f"T{n}", "body": "Text"} for n in range(5)]})
    synchronise(connection)
    site.json({"items": [{"number": n, "what_it_says": "Text"} for n in range(7)]})
    run = suspicious(connection)
    assert run.error.startswith("7 entries were found, but none has a title or a text under a known name")
    assert "field map" in run.error
    assert not run.is_complete


def test_entries_of_a_feed_that_say_nothing_are_no_empty_list(site, known) -> None:
    site.feed({"title": "", "text": "", "id": "1"}, {"title": "", "text": "", "id": "2"})
    assert suspicious(known).error.endswith("neither a title nor a text: 2.")


def test_what_is_meant_to_be_so_is_taken_after_a_person_said_so(site, connect, platform) -> None:
    connection = connect(kind="json")
    site.json([{"id": n, "title": f"T{n}", "body": "Text"} for n in range(5)])
    synchronise(connection)
    site.json([{"id": n, "title": f"T{n}"} for n in range(5)])
    suspicious(connection)
    connecting.sync_now(platform, connection, as_it_is=True)
    assert numbers(synchronise(connection))[:3] == (0, 5, 0)


def test_a_source_that_never_was_a_feed_is_wrong_and_not_suspicious(site, connect) -> None:
    site.says(b"<!doctype html><title>Home</title><p>Welcome to our home page.", "text/html")
    run = synchronise(connect())
    assert run.error
    assert not run.is_suspicious
    assert not Document.objects.exists()


def test_a_validator_of_the_odd_answer_is_not_kept(site, known) -> None:
    site.says(b"<!doctype html><p>Sorry.", "text/html", ETag='"odd"')
    suspicious(known)
    suspicious(known)
    assert 'if-none-match: "odd"' not in site.heads[-1].lower()
