import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest

from careerforge.gateway import errors
from careerforge.gateway.providers.transport import LARGEST_ANSWER
from tests.gateway.wire import Wire, prompt

HEAD = b"HTTP/1.1 200 OK\r\ncontent-type: application/json\r\n"


@contextmanager
def server(serve: Callable[[socket.socket], None]) -> Iterator[str]:
    """A raw server that does to one connection whatever the test likes."""
    listening = socket.create_server(("127.0.0.1", 0))

    def run() -> None:
        connection, _ = listening.accept()
        with connection:
            connection.recv(65536)
            try:
                serve(connection)
            except OSError:
                return

    thread = threading.Thread(target=run, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{listening.getsockname()[1]}"
    listening.close()
    thread.join(5)


def drips_headers(connection: socket.socket) -> None:
    connection.sendall(HEAD)
    while True:
        connection.sendall(b"x")
        time.sleep(0.2)


def drips_a_body(connection: socket.socket) -> None:
    connection.sendall(HEAD + b"content-length: 100000\r\n\r\n")
    while True:
        connection.sendall(b" ")
        time.sleep(0.2)


def says_nothing(connection: socket.socket) -> None:
    time.sleep(3)


@pytest.mark.parametrize("serve", [drips_headers, drips_a_body, says_nothing])
def test_a_slow_answer_ends_at_the_deadline_and_not_at_the_next_byte(wire: Wire, serve) -> None:
    with server(serve) as url:
        start = time.monotonic()
        with pytest.raises(errors.Unavailable) as caught:
            wire.anthropic(base_url=url).complete(prompt(), timeout_s=1.0)
        assert time.monotonic() - start < 1.6
    assert caught.value.kind == "timeout"


def test_an_answer_without_end_is_cut_at_the_cap(wire: Wire) -> None:
    wire.message("x" * (LARGEST_ANSWER + 1))
    with pytest.raises(errors.Unavailable):
        wire.anthropic(patience=wire.patience(0)).complete(prompt(), timeout_s=10)


def test_a_compressed_answer_is_refused(wire: Wire) -> None:
    wire.fails(200, "not really", content_encoding="gzip")
    with pytest.raises(errors.Unavailable):
        wire.anthropic(patience=wire.patience(0)).complete(prompt(), timeout_s=5)
    assert wire.requests[-1].headers["Accept-Encoding"] == "identity"


def test_a_redirect_does_not_take_the_key_elsewhere(wire: Wire) -> None:
    wire.fails(307, location="http://127.0.0.1:9/v1/messages")
    with pytest.raises(errors.Unavailable):
        wire.anthropic().complete(prompt(), timeout_s=5)
    assert len(wire.requests) == 1


def test_a_proxy_in_the_environment_is_not_used(wire: Wire, monkeypatch) -> None:
    for variable in ("HTTP_PROXY", "http_proxy", "ALL_PROXY"):
        monkeypatch.setenv(variable, "http://127.0.0.1:9")
    assert wire.message().anthropic().complete(prompt(), timeout_s=5).parsed
