"""Five ways to show who asks. The secret goes where it belongs, is seen nowhere, and goes with its origin."""

import json
from dataclasses import replace
from datetime import timedelta

import pytest
from django.utils import timezone

from careerforge.governance.models import AuditEvent
from connectors import clock, connecting, wishes
from connectors.models import Connection
from connectors.secrecy import secrets
from connectors.secrecy.credentials import Auth, Mode
from connectors.wishes import Wish
from tests.connectors.connections.site import numbers, synchronise
from tests.connectors.engine.jobs import URL, jobs

SECRET = "s3cr3t/of the source"
OAUTH = Auth(Mode.OAUTH2, user="our id", token_url="http://login.example/token", scope="read")
WISH = Wish(name="Board", kind="json", location=URL, secret=SECRET)


@pytest.fixture
def board(site, platform):
    """Adds a connection with a way in."""

    def add(auth: Auth) -> Connection:
        site.json({"items": jobs(1, 2)})
        wish = replace(WISH, auth=auth)
        assert wishes.problems(platform, wish, None) == []
        return connecting.save(platform, wish, None)

    return add


@pytest.fixture
def login(site):
    """A server that gives out tokens, numbered; its requests come with their forms."""
    forms: list[str] = []

    def give(connection, head: bytes) -> None:
        _, _, form = head.partition(b"\r\n\r\n")
        forms.append(head.decode() if form else head.decode() + connection.recv(4000).decode())
        token = {"access_token": f"t0ken-{len(forms)}", "token_type": "Bearer", "expires_in": 3600}
        body = json.dumps(token).encode()
        connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n" % len(body) + body)

    site.net.serve(give, "login.example", "93.184.216.40")
    return forms


@pytest.mark.parametrize(
    ("auth", "expected"),
    [
        (Auth(), f"Authorization: {SECRET}"),
        (Auth(header="X-API-Key"), f"X-API-Key: {SECRET}"),
        (Auth(Mode.BEARER), f"Authorization: Bearer {SECRET}"),
        (Auth(Mode.BASIC, user="me"), "Authorization: Basic bWU6czNjcjN0L29mIHRoZSBzb3VyY2U="),
        (Auth(Mode.QUERY, parameter="api_key"), "GET /jobs?api_key=s3cr3t%2Fof+the+source HTTP/1.1"),
        (
            Auth(Mode.HEADER, header="Authorization-Key", extra="User-Agent: it@example.com"),
            "User-Agent: it@",
        ),
    ],
    ids=lambda part: part.mode if isinstance(part, Auth) else "",
)
def test_it_travels_as_was_chosen(site, board, auth, expected) -> None:
    assert numbers(synchronise(board(auth))) == (2, 0, 0, 0, 0)
    assert expected.lower() in site.heads[-1].lower()


def test_a_token_is_fetched_once_and_kept_sealed(site, board, login) -> None:
    connection = board(OAUTH)
    synchronise(connection)
    synchronise(connection)
    assert len(login) == 1
    assert "grant_type=client_credentials" in login[0]
    assert "scope=read" in login[0]
    # RFC 6749, 2.3.1: both parts are form-encoded before they are joined: our%20id:s3cr3t%2Fof%20the%20source
    assert "Basic b3VyJTIwaWQ6czNjcjN0JTJGb2YlMjB0aGUlMjBzb3VyY2U=" in login[0]
    assert all("authorization: bearer t0ken-1" in head.lower() for head in site.heads)
    assert "s3cr3t" not in "".join(site.heads)
    connection.refresh_from_db()
    assert b"t0ken" not in bytes(connection.sealed_token)


def test_id_and_secret_can_go_in_the_form(site, board, login) -> None:
    synchronise(board(replace(OAUTH, in_form=True)))
    assert "client_id=our+id&client_secret=s3cr3t%2Fof+the+source" in login[0]
    assert "authorization" not in login[0].lower()


def test_a_token_that_has_run_out_is_fetched_anew(site, board, login, monkeypatch) -> None:
    connection = board(OAUTH)
    synchronise(connection)
    monkeypatch.setattr(clock, "now", lambda: timezone.now() + timedelta(minutes=59, seconds=30))
    synchronise(connection)
    assert len(login) == 2
    assert "t0ken-2" in site.heads[-1]


def test_a_token_that_was_revoked_is_fetched_anew(site, board, login) -> None:
    connection = board(OAUTH)
    synchronise(connection)
    real = site.origin.script

    def only_the_second(sock, head: bytes) -> None:
        if b"t0ken-2" in head:
            return real(sock, head)
        return sock.sendall(b"HTTP/1.1 401 No\r\nContent-Length: 0\r\n\r\n")

    site.origin.script = only_the_second
    assert numbers(synchronise(connection)) == (0, 0, 2, 0, 0)
    assert len(login) == 2


@pytest.mark.parametrize(
    ("answer", "sentence"),
    [
        (b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}", "login.example answered, but gave no token."),
        (b"HTTP/1.1 401 No\r\nContent-Length: 0\r\n\r\n", "login.example rejected the credentials."),
        (
            b"HTTP/1.1 302 F\r\nLocation: http://news.example/\r\nContent-Length: 0\r\n\r\n",
            "must not be sent on",
        ),
    ],
    ids=["no token", "rejected", "forwarded"],
)
def test_without_a_token_the_source_is_not_asked(site, board, answer, sentence) -> None:
    site.net.serve(answer, "login.example", "93.184.216.40")
    run = synchronise(board(OAUTH))
    assert sentence in run.error
    assert site.heads == []


@pytest.mark.parametrize(
    "change",
    [
        {"location": "http://other.example/jobs"},
        {"location": "https://news.example/jobs"},
        {"location": "http://news.example:81/jobs"},
        {"auth": replace(OAUTH, token_url="http://evil.example/token")},
        {"auth": replace(OAUTH, token_url="http://login.example:81/token")},
        {"kind": "feed"},
    ],
    ids=["host", "scheme", "port", "token host", "token port", "kind"],
)
def test_another_origin_of_source_or_token_forgets_secret_and_token(
    site, board, login, platform, change
) -> None:
    connection = board(OAUTH)
    synchronise(connection)
    connection = Connection.objects.select_related("collection").get(pk=connection.pk)
    moved = connecting.save(platform, replace(WISH, **{"auth": OAUTH, "secret": None, **change}), connection)
    assert (moved.sealed_secret, moved.sealed_token) == (None, None)


def test_another_scope_keeps_the_secret_and_drops_the_token(site, board, login, platform) -> None:
    connection = board(OAUTH)
    synchronise(connection)
    connection = Connection.objects.select_related("collection").get(pk=connection.pk)
    wish = replace(WISH, auth=replace(OAUTH, scope="all"), secret=None)
    kept = connecting.save(platform, wish, connection)
    assert secrets.opened(kept) == SECRET
    assert kept.sealed_token is None


@pytest.mark.parametrize(
    ("auth", "part"),
    [
        (Auth("carrier-pigeon"), "auth"),
        (Auth(header="Cookie"), "header"),
        (Auth(header="X\r\nY"), "header"),
        (Auth(extra="Host: evil.example"), "extra"),
        (Auth(extra="no colon"), "extra"),
        (Auth(Mode.QUERY), "parameter"),
        (Auth(Mode.QUERY, parameter="a&b"), "parameter"),
        (Auth(Mode.BASIC), "user"),
        (replace(OAUTH, token_url="http://169.254.169.254/token"), "token_url"),
        (replace(OAUTH, token_url="ftp://login.example/"), "token_url"),
    ],
)
def test_a_way_that_cannot_be_gone_is_told_at_its_part(site, platform, auth, part) -> None:
    site.net.name("login.example", ["93.184.216.40"])
    found = wishes.problems(platform, replace(WISH, auth=auth), None)
    assert part in {refusal.field_name for refusal in found}


def test_an_internal_giver_of_tokens_is_refused_and_recorded(site, platform) -> None:
    wishes.problems(platform, replace(WISH, auth=OAUTH), None)
    assert AuditEvent.objects.get(act="connection.refused").detail["code"] == "not_public"


def test_a_stored_way_says_only_what_is_unusual() -> None:
    assert Auth().stored() == {}
    assert Auth.of(OAUTH.stored()) == OAUTH
    assert Auth.of({"header": "X-Key", "unknown": 1}) == Auth(header="X-Key")
