"""What a hostile or broken source answers ends as one clear error, in bounded time and memory."""

from __future__ import annotations

import gzip
import logging
import time
import tracemalloc
import zlib

import pytest

from careerforge.http.errors import BadStatus, FetchError, Refused, TimedOut, TooLarge, Unreachable

CAP = 1_000_000


def endless(head, piece):
    def script(connection, request):
        connection.sendall(head)
        while True:
            connection.sendall(piece)

    return script


ENDLESS = {
    "chunked": endless(
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n", b"10000\r\n" + b"x" * 65536 + b"\r\n"
    ),
    "no length": endless(b"HTTP/1.1 200 OK\r\n\r\n", b"x" * 65536),
    "nothing unpacked": endless(
        b"HTTP/1.1 200 OK\r\nContent-Encoding: deflate\r\n\r\n" + zlib.compress(b"")[:2],
        b"\x00\x00\x00\xff\xff" * 9000,
    ),
}


@pytest.mark.parametrize("script", ENDLESS.values(), ids=ENDLESS)
def test_an_endless_body_stops_at_the_limit(net, script):
    net.serve(script)
    with pytest.raises(TooLarge, match="more than 1 MB"):
        net.client(max_bytes=CAP).get("http://allowed.example/")


def test_a_declared_ten_gigabytes_is_refused_before_reading(net):
    net.serve(b"HTTP/1.1 200 OK\r\nContent-Length: 10000000000\r\n\r\n")
    with pytest.raises(TooLarge):
        net.client(max_bytes=CAP).get("http://allowed.example/")


def test_a_body_longer_than_it_declares_is_cut(net):
    net.serve(b"HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n" + b"y" * 100_000)
    assert net.client(max_bytes=CAP).get("http://allowed.example/").body == b"y" * 10


def test_a_body_shorter_than_it_declares_is_no_answer(net):
    net.serve(b"HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\nshort")
    with pytest.raises(Unreachable):
        net.client().get("http://allowed.example/")


def test_a_gzip_bomb_costs_little_memory(net, reply):
    net.serve(reply(gzip.compress(bytes(200_000_000)), Content_Encoding="gzip"))
    client = net.client(max_bytes=CAP)
    tracemalloc.start()
    with pytest.raises(TooLarge):
        client.get("http://allowed.example/")
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 50_000_000


@pytest.mark.parametrize("coding", ["gzip, gzip, gzip", "gzip, deflate", "br", "zstd", "magic"])
def test_stacked_and_unknown_packings_are_refused(net, reply, coding):
    net.serve(reply(gzip.compress(b"x"), Content_Encoding=coding))
    with pytest.raises(Refused, match="packs its answer"):
        net.client().get("http://allowed.example/")


@pytest.mark.parametrize("coding", ["gzip", "deflate"])
def test_a_lie_about_packing_is_no_answer(net, reply, coding):
    net.serve(reply(b"not packed at all", Content_Encoding=coding))
    with pytest.raises(Unreachable, match="could not be unpacked"):
        net.client().get("http://allowed.example/")


def test_packed_bodies_are_unpacked(net, reply):
    net.serve(
        reply(
            gzip.compress(b"hello " * 1000),
            Content_Encoding="gzip",
            Content_Type="Text/XML; Charset='ISO-8859-2'",
        )
    )
    fetched = net.client().get("http://allowed.example/")
    assert fetched.body == b"hello " * 1000
    assert (fetched.content_type, fetched.charset) == ("text/xml", "iso-8859-2")


@pytest.mark.parametrize(
    "first", [b"HTTP/1.1 200 OK\r\nX: ", b"HTTP/1.1 200 OK\r\n\r\n"], ids=["headers", "body"]
)
def test_dripping_bytes_meet_the_total_deadline(net, first):
    def drip(connection, head):
        connection.sendall(first)
        while True:
            time.sleep(0.1)
            connection.sendall(b"z")

    net.serve(drip)
    start = time.monotonic()
    with pytest.raises(TimedOut, match=r"allowed.example did not answer in time"):
        net.client(timeout_s=0.6).get("http://allowed.example/")
    assert time.monotonic() - start < 3


def test_a_hanging_look_up_meets_the_deadline_too(net):
    def hang(host, port):
        time.sleep(2)
        return ["93.184.216.34"]

    client = net.client(timeout_s=0.3)
    client._resolve = hang
    with pytest.raises(TimedOut):
        client.get("http://allowed.example/")


@pytest.mark.parametrize(
    "answer", [b"\x00\x01garbage\r\n\r\n", b"", b"SSH-2.0-OpenSSH_9.2\r\n", b"HTTP/1.1 200"]
)
def test_what_is_no_web_server_is_said_so(net, answer):
    net.serve(answer)
    with pytest.raises(Unreachable):
        net.client().get("http://allowed.example/")


def test_a_closed_port_is_unreachable(net):
    net.name("allowed.example", ["93.184.216.34"])
    with pytest.raises(Unreachable, match=r"No connection to allowed.example"):
        net.client().get("http://allowed.example/")


def test_hundreds_of_cookies_are_ignored(net):
    cookies = b"".join(b"Set-Cookie: c%d=%s\r\n" % (i, b"v" * 100) for i in range(500))
    net.serve(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n" + cookies + b"\r\nok")
    fetched = net.client().get("http://allowed.example/")
    assert fetched.body == b"ok"
    assert "set-cookie" not in fetched.headers


def test_not_modified_is_an_answer(net, reply):
    origin = net.serve(b'HTTP/1.1 304 Not Modified\r\nETag: "v2"\r\n\r\n')
    fetched = net.client().get("http://allowed.example/", {"If-None-Match": '"v1"'})
    assert (fetched.status, fetched.body, fetched.headers["etag"]) == (304, b"", '"v2"')
    assert 'If-None-Match: "v1"' in origin.requests[0]


def test_several_packed_members_are_one_body(net, reply):
    net.serve(reply(gzip.compress(b"one ") + gzip.compress(b"two") + bytes(20), Content_Encoding="gzip"))
    assert net.client().get("http://allowed.example/").body == b"one two"


def test_a_packed_body_that_breaks_off_is_no_answer(net, reply):
    net.serve(reply(gzip.compress(b"hello " * 1000)[:-9], Content_Encoding="gzip"))
    with pytest.raises(Unreachable, match="could not be unpacked"):
        net.client().get("http://allowed.example/")


@pytest.mark.parametrize(
    ("status", "words"),
    [
        ("401 No", "rejected the credentials"),
        ("403 No", "credentials were rejected"),
        ("404 No", "nothing at this address"),
        ("410 Gone", "gone for good"),
        ("429 Slow", "less often"),
        ("503 Down", "fault of its own"),
        ("302 Found", "status 302"),
    ],
)
def test_each_status_has_its_own_reason(net, reply, status, words):
    net.serve(reply(b"secret body", status))
    with pytest.raises(BadStatus, match=words) as failure:
        net.client().get("http://allowed.example/?key=hunter2", {"Authorization": "hunter2"})
    assert failure.value.status == int(status[:3])
    assert "hunter2" not in str(failure.value)
    assert "secret body" not in str(failure.value)


@pytest.mark.parametrize(
    ("header", "seconds"),
    [
        ("120", 120.0),
        ("999999", 86_400.0),
        ("Sat, 21 Nov 2026 10:00:30 GMT", 30.0),
        ("Sat, 21 Nov 2020 10:00:00 GMT", 0.0),
        ("soon", None),
        ("9" * 40, None),
    ],
)
def test_retry_after_is_read_as_seconds_or_date_and_capped(net, reply, header, seconds):
    net.serve(reply(b"", "429 Slow", Retry_After=header, Date="Sat, 21 Nov 2026 10:00:00 GMT"))
    with pytest.raises(BadStatus) as failure:
        net.client().get("http://allowed.example/")
    assert failure.value.retry_after == seconds


def test_keys_reach_no_log_and_no_repr(net, reply, caplog):
    caplog.set_level(logging.INFO)
    net.serve(reply())
    fetched = net.client().get("http://allowed.example/?app_key=hunter2", {"X-Key": "hunter2"})
    assert "hunter2" not in caplog.text + repr(fetched)


def test_no_error_carries_the_librarys_own_words(net):
    net.serve(b"HTTP/1.1 200 OK\r\nBad Header hunter2\r\n\r\n")
    with pytest.raises(FetchError) as failure:
        net.client().get("http://allowed.example/")
    assert "hunter2" not in str(failure.value)
    assert failure.value.__suppress_context__
