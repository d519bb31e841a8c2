"""Every fault of the table, by a whole synchronisation: a reason in words, nothing lost, others go on."""

import gzip
import json
import ssl
from collections.abc import Callable
from pathlib import Path
from subprocess import run

import pytest

from careerforge.governance.models import AuditEvent
from careerforge.knowledge.models import Document
from connectors import connecting
from connectors.models import Connection, SyncRun
from connectors.syncing import sources
from tests.connectors.connections.site import Site, numbers, synchronise
from tests.connectors.engine.jobs import URL, WHOLE, job, jobs
from tests.http.conftest import Net

TABLE = Path(__file__).parents[1] / "data" / "connector_faults.jsonl"
NAMES = [json.loads(line)["name"] for line in TABLE.read_text().splitlines()]
MEGABYTE = b"x" * 1_000_000


def chunks_without_end(connection, head) -> None:
    connection.sendall(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n")
    for _ in range(15):
        connection.sendall(b"f4240\r\n" + MEGABYTE + b"\r\n")


def more_than_declared(connection, head) -> None:
    connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n" + MEGABYTE)


def gzip_bomb(connection, head) -> None:
    packed = gzip.compress(b"\0" * 30_000_000)
    top = f"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: {len(packed)}\r\n\r\n"
    connection.sendall(top.encode() + packed)


def cookies(connection, head) -> None:
    body = json.dumps({"items": jobs(*range(10))}).encode()
    lines = "".join(f"Set-Cookie: c{n}={'v' * 50}\r\n" for n in range(500))
    top = f"HTTP/1.1 200 OK\r\nContent-Length: {len(body)}\r\n{lines}\r\n"
    connection.sendall(top.encode() + body)


def says(answer: bytes) -> Callable[[Site], None]:
    return lambda site: setattr(site.origin, "script", lambda connection, head: connection.sendall(answer))


def does(script) -> Callable[[Site], None]:
    return lambda site: setattr(site.origin, "script", script)


def answers(document: object) -> Callable[[Site], None]:
    return lambda site: site.json(document)


def fails(status: str, **headers: str) -> Callable[[Site], None]:
    return lambda site: site.fails(status, **headers)


def head(text: str) -> bytes:
    return f"HTTP/1.1 {text}\r\nContent-Length: 0\r\n\r\n".encode()


LATER = "Sun, 22 Nov 2026 06:00:00 GMT"
NOW = "Sun, 22 Nov 2026 04:00:00 GMT"
# What the source does, and what is told of it; empty where nothing is wrong with it.
FAULTS: dict[str, tuple[Callable[[Site], None], str]] = {
    "endless_body": (does(chunks_without_end), "The source sends more than 10 MB."),
    "content_length_lie_small": (does(more_than_declared), "plain text instead of JSON"),
    "content_length_10GB": (
        says(b"HTTP/1.1 200 OK\r\nContent-Length: 10000000000\r\n\r\n"),
        "more than 10 MB",
    ),
    "gzip_bomb": (does(gzip_bomb), "The source sends more than 10 MB."),
    "gzip_x3": (says(b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip, gzip, gzip\r\n\r\nx"), "packs its answer"),
    "redirect_loop": (fails("302 Found", Location="/jobs"), "forwards more than 5 times"),
    "redirect_to_metadata": (
        fails("302 Found", Location="http://169.254.169.254/latest?key=1"),
        "redirects to 169.254.169.254:80. This address leads into a private or reserved",
    ),
    "401_403": (fails("401 Who"), "rejected the credentials"),
    "410_gone": (fails("410 Gone"), "gone for good"),
    "429_retry_after_date": (fails("429 Slow", Retry_After=LATER, Date=NOW), "called less often"),
    "200_error_page": (
        lambda site: site.says(b"<!doctype html><p>Error", "text/html"),
        "A web page came instead",
    ),
    "empty_list": (answers({"items": []}), "empty list; 10 documents"),
    "schema_flip": (answers({"results": jobs(*range(10))}), ""),
    "future_dates": (answers({"items": [*jobs(*range(9)), job(9, published_at="2099-01-01")]}), ""),
    "cookie_bomb": (does(cookies), ""),
    "http_09_garbage": (
        says(b"hello, this is no HTTP at all\r\n\r\n"),
        "did not answer as a web server does",
    ),
    "ipv6_only_internal": (lambda site: site.net.name("news.example", ["fd00::1"]), "private or reserved"),
}
ELSEWHERE = {
    "slow_headers": "the deadline is tested below and in tests/http/test_bodies.py",
    "redirect_scheme_downgrade": "tests/http/test_redirects.py",
    "500_flapping": "below",
    "304_not_modified": "test_sweeps.py",
    "same_item_new_id": "tests/connectors/connections/test_feeds_that_change.py",
    "tls_expired": "below",
}


@pytest.fixture
def board(site, connect) -> Connection:
    """A board that was read once."""
    site.json({"items": jobs(*range(10))})
    board = connect(URL, kind="json", settings=WHOLE)
    synchronise(board)
    return board


def test_every_fault_of_the_table_is_tried() -> None:
    assert set(NAMES) == set(FAULTS) | set(ELSEWHERE)


@pytest.mark.parametrize("name", FAULTS)
def test_it_is_told_in_words_and_nothing_is_lost(site, board, name) -> None:
    act, sentence = FAULTS[name]
    act(site)
    found = synchronise(board)
    assert sentence in found.error
    assert bool(found.error) == bool(sentence)
    assert Document.objects.current().count() == 10


def test_a_redirect_inside_is_on_record(site, board) -> None:
    FAULTS["redirect_to_metadata"][0](site)
    synchronise(board)
    assert AuditEvent.objects.get(act="connection.refused").detail["code"] == "not_public"


def test_a_source_that_is_gone_is_paused(site, board) -> None:
    FAULTS["410_gone"][0](site)
    synchronise(board)
    board.refresh_from_db()
    assert (board.paused, board.is_gone) == (True, True)


def test_a_flapping_source_is_read_all_the_same(site, board) -> None:
    real, calls = site.origin.script, []

    def every_second(connection, head_: bytes) -> None:
        calls.append(1)
        return real(connection, head_) if len(calls) % 2 == 0 else connection.sendall(head("500 Oops"))

    site.origin.script = every_second
    for _ in range(3):
        assert numbers(synchronise(board)) == (0, 0, 10, 0, 0)
    # Beside the rests after a failure there may be one for politeness.
    assert site.rests.count(1.0) == 3


def test_a_date_far_ahead_is_not_the_newest_for_ever(site, board) -> None:
    FAULTS["future_dates"][0](site)
    found = synchronise(board)
    document = Document.objects.get(external_id="9")
    assert document.published_at <= found.finished_at


def test_an_expired_certificate_is_refused(tmp_path, connect, monkeypatch, site) -> None:
    key, certificate = tmp_path / "key.pem", tmp_path / "cert.pem"
    run(
        ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes",
         "-keyout", key, "-out", certificate, "-days", "1", "-subj", "/CN=news.example"],
        check=True, capture_output=True,
    )  # fmt: skip
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    net = Net()
    net.serve(b"", "tls.example", port=443, context=context)
    connection = connect("https://news.example/jobs", kind="json")
    net.name("news.example", ["93.184.216.34"])
    monkeypatch.setattr(sources, "client", lambda timeout_s=5.0: net.client(timeout_s=5.0))
    assert "certificate of news.example is not valid" in synchronise(connection).error


def test_twenty_sources_of_which_four_fail_each_with_its_own_reason(site, connect, monkeypatch) -> None:
    site.json({"items": jobs(1)})
    bad = {"/hangs": None, "/flaps": "500 Oops", "/closed": "401 Who", "/gone": "410 Gone"}
    real = site.origin.script

    def by_path(connection, head_: bytes) -> None:
        path = head_.split(b" ")[1].decode()
        if path not in bad:
            return real(connection, head_)
        if bad[path]:
            return connection.sendall(head(str(bad[path])))
        # It says nothing until the other side has gone.
        connection.recv(1)
        return None

    site.origin.script = by_path
    client = sources.client
    monkeypatch.setattr(sources, "client", lambda timeout_s=1.0: client(min(timeout_s, 0.5)))
    places = [*bad, *(f"/good/{number}" for number in range(16))]
    connections = [connect(f"http://news.example{place}", kind="json", name=place) for place in places]
    runs = [synchronise(connection) for connection in connections]
    assert [found.new for found in runs[4:]] == [1] * 16
    assert len({found.error for found in runs[:4]}) == 4
    assert all(found.error.endswith(".") for found in runs[:4])
    assert SyncRun.objects.filter(error="").count() == 16


def test_the_secret_of_a_source_is_not_tried_again_and_again(site, connect, platform) -> None:
    site.fails("403 No")
    connection = connect(URL, kind="json", secret="wrong")
    synchronise(connection)
    assert len(site.heads) == 1
    connecting.sync_now(platform, connection)
    synchronise(connection)
    assert len(site.heads) == 2
