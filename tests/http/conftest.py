"""Fakes at the network seam: a resolver and a socket backend that route public-looking addresses to servers
of the test.
"""

from __future__ import annotations

import socket
import ssl
import threading
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

import httpcore2
import pytest

from careerforge.http.client import GuardedClient
from careerforge.http.policy import Policy

Script = Callable[[socket.socket, bytes], None]


@dataclass
class Origin:
    """A real server on this machine: runs one script per connection and keeps the heads of the requests."""

    script: Script
    context: ssl.SSLContext | None = None
    requests: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._listener.getsockname()[1]
        threading.Thread(target=self._serve, daemon=True).start()

    def _serve(self) -> None:
        while True:
            try:
                connection, _ = self._listener.accept()
            except OSError:
                return
            threading.Thread(target=self._answer, args=(connection,), daemon=True).start()

    def _answer(self, connection: socket.socket) -> None:
        try:
            if self.context:
                connection = self.context.wrap_socket(connection, server_side=True)
            with connection:
                head = b""
                while b"\r\n\r\n" not in head:
                    piece = connection.recv(65536)
                    if not piece:
                        return
                    head += piece
                self.requests.append(head.decode("latin-1"))
                self.script(connection, head)
        except OSError:
            pass

    def close(self) -> None:
        self._listener.close()


@dataclass
class Net(httpcore2.NetworkBackend):
    """Names have scripted addresses, addresses lead to test servers, and every look-up and connection is
    counted.
    """

    names: dict[str, list[list[str]]] = field(default_factory=dict)
    routes: dict[tuple[str, int], int] = field(default_factory=dict)
    looked_up: list[str] = field(default_factory=list)
    connected: list[tuple[str, int]] = field(default_factory=list)
    origins: list[Origin] = field(default_factory=list)

    def name(self, host: str, *answers: Sequence[str]) -> None:
        """The addresses of a name: one list per look-up, the last one for ever."""
        self.names[host] = [list(answer) for answer in answers]

    def resolve(self, host: str, port: int) -> list[str]:
        self.looked_up.append(host)
        answers = self.names.get(host, [["10.0.0.9"]])
        return answers.pop(0) if len(answers) > 1 else answers[0]

    def serve(
        self,
        script: Script | bytes,
        host: str = "allowed.example",
        address: str = "93.184.216.34",
        port: int = 80,
        context: ssl.SSLContext | None = None,
    ) -> Origin:
        """Put a server behind a name."""
        origin = Origin(says(script) if isinstance(script, bytes) else script, context)
        self.origins.append(origin)
        self.names.setdefault(host, [[address]])
        self.routes[address, port] = origin.port
        return origin

    def connect_tcp(self, host, port, timeout=None, local_address=None, socket_options=None):
        self.connected.append((host, port))
        if (host, port) not in self.routes:
            raise httpcore2.ConnectError("nothing listens here")
        return httpcore2.SyncBackend().connect_tcp("127.0.0.1", self.routes[host, port], timeout)

    def client(self, ssl_context: ssl.SSLContext | None = None, **rules) -> GuardedClient:
        return GuardedClient(
            Policy(**{"timeout_s": 5.0, **rules}), resolve=self.resolve, backend=self, ssl_context=ssl_context
        )


def says(answer: bytes) -> Script:
    return lambda connection, head: connection.sendall(answer)


@pytest.fixture
def net() -> Iterator[Net]:
    net = Net()
    yield net
    for origin in net.origins:
        origin.close()


@pytest.fixture
def reply() -> Callable[..., bytes]:
    """Builds a whole HTTP answer with the right length."""

    def build(body: bytes = b"ok", status: str = "200 OK", **headers: str) -> bytes:
        lines = [f"HTTP/1.1 {status}", f"Content-Length: {len(body)}", "Connection: close"]
        lines += [f"{name.replace('_', '-')}: {value}" for name, value in headers.items()]
        return "\r\n".join(lines).encode() + b"\r\n\r\n" + body

    return build
