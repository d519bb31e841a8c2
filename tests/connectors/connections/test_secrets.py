"""A secret reaches its own origin and nothing else: no log, no error, no audit row, no page, no dump."""

import dataclasses
import logging

import pytest
from django.db import connection as database

from careerforge.governance.models import AuditEvent
from careerforge.jobs.models import JobRun
from careerforge.knowledge.models import Document
from connectors import connecting
from connectors.models import Connection
from connectors.secrecy import secrets
from connectors.secrecy.credentials import Auth
from connectors.wishes import Wish
from tests.connectors.connections.site import synchronise

SECRET = "Bearer s3cr3t-of-the-source"
KEY = "k3y-in-the-query"
WISH = Wish(name="News", kind="feed", location=f"http://news.example/feed?key={KEY}", secret=SECRET)


@pytest.fixture
def guarded(site, platform) -> Connection:
    """A connection with a secret and with a key in its address."""
    site.feed("Alpha")
    return connecting.save(platform, WISH, None)


def moved(platform, connection: Connection, **changes) -> Connection:
    wish = dataclasses.replace(WISH, secret=None, **changes)
    return connecting.save(
        platform, wish, Connection.objects.select_related("collection").get(pk=connection.pk)
    )


def test_it_is_sent_to_its_origin(site, guarded) -> None:
    assert synchronise(guarded).new == 1
    assert f"authorization: {SECRET}".lower() in site.heads[0].lower()


def test_it_travels_in_the_header_that_was_chosen(site, platform) -> None:
    site.feed("Alpha")
    synchronise(connecting.save(platform, dataclasses.replace(WISH, auth=Auth(header="X-API-Key")), None))
    assert f"x-api-key: {SECRET}".lower() in site.heads[0].lower()
    assert "authorization" not in site.heads[0].lower()


@pytest.mark.parametrize(
    "location", ["https://news.example/feed", "http://news.example:8080/feed", "http://news2.example/feed"]
)
def test_it_is_forgotten_when_scheme_host_or_port_change(guarded, platform, location) -> None:
    assert secrets.opened(moved(platform, guarded, location=location)) is None


def test_it_is_kept_when_only_the_path_changes(guarded, platform) -> None:
    kept = moved(platform, guarded, location="http://NEWS.example:80/other?x=1")
    assert secrets.opened(kept) == SECRET


def test_it_is_not_sent_on_to_another_origin(site, guarded) -> None:
    other = site.net.serve(
        b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n", host="other.example", address="93.184.216.35"
    )
    site.fails("302 Found", Location="http://other.example/feed")
    synchronise(guarded)
    assert len(other.requests) == 1
    assert "s3cr3t" not in other.requests[0]


def test_it_does_not_open_in_another_row(guarded, connect) -> None:
    other = connect(name="Other")
    Connection.objects.filter(pk=other.pk).update(sealed_secret=guarded.sealed_secret)
    other.refresh_from_db()
    with pytest.raises(Exception, match="does not open"):
        secrets.opened(other)


@pytest.mark.parametrize("status", ["200 OK", "401 Who", "302 Found", "500 Oops"])
def test_it_stands_nowhere_in_clear(site, guarded, caplog, status) -> None:
    caplog.set_level(logging.DEBUG)
    site.status = status
    synchronise(guarded)
    with database.cursor() as cursor:
        cursor.execute("SELECT string_agg(c::text, ' ') FROM connectors_connection c")
        row = cursor.fetchone()[0]
    told = [row, caplog.text, str(list(AuditEvent.objects.values())), str(list(JobRun.objects.values()))]
    told += [str(list(guarded.runs.values())), str(list(guarded.runs.values("problems__where"))), repr(WISH)]
    assert not [text for text in told if "s3cr3t" in text]
    assert not [text for text in told[1:] if KEY in text]


def test_the_key_in_an_address_gets_into_no_document(site, guarded) -> None:
    site.says(site.body.replace(b"https://news.example/Alpha", b"#top"), site.media)
    synchronise(guarded)
    assert KEY not in str(list(Document.objects.values()))


def test_the_api_shows_neither_secret_nor_query(guarded, platform, signed_in) -> None:
    answer = signed_in(platform).get(f"/api/v1/connectors/{guarded.pk}")
    assert answer.json()["has_secret"] is True
    assert answer.json()["location"] == "http://news.example/feed"
    assert "s3cr3t" not in answer.text
    assert KEY not in answer.text


def test_an_address_that_comes_back_as_it_was_shown_keeps_its_query_and_secret(
    guarded, platform, signed_in
) -> None:
    shown = signed_in(platform).get(f"/api/v1/connectors/{guarded.pk}").json()
    client = signed_in(platform)
    answer = client.put(f"/api/v1/connectors/{guarded.pk}", {**shown, "name": "Renamed"}, "application/json")
    assert answer.status_code == 200
    assert answer.json()["has_secret"] is True
    guarded.refresh_from_db()
    assert guarded.location == WISH.location
    assert guarded.name == "Renamed"
