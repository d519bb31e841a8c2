"""Sockets that go to the vetted address only, and never beyond the deadline.

The HTTP library keeps the name for the Host header, for SNI and for the certificate; only the socket is
pinned. So a name that answers with a public address first and with a private one later has no second chance:
there is no second look-up.
"""

from __future__ import annotations

import ssl
from collections.abc import Callable, Iterable
from typing import Any

import httpcore2
import httpx2

Clock = Callable[[], float]
SocketOptions = Iterable[
    tuple[int, int, int] | tuple[int, int, bytes | bytearray] | tuple[int, int, None, int]
]


class DeadlinePassed(httpcore2.ReadTimeout):
    """The total time of the fetch is used up."""


class Deadline:
    """A moment on a monotonic clock. `left(timeout)` is the seconds an operation may take; raises
    `DeadlinePassed` at zero.
    """

    def __init__(self, seconds: float, clock: Clock) -> None:
        self._clock = clock
        self._end = clock() + seconds

    def left(self, timeout: float | None = None) -> float:
        remaining = self._end - self._clock()
        if remaining <= 0:
            raise DeadlinePassed("deadline")
        return remaining if timeout is None else min(timeout, remaining)


class DeadlineStream(httpcore2.NetworkStream):
    """A connection on which every read, write and handshake is cut off at the deadline, however slowly the
    bytes drip.
    """

    def __init__(self, stream: httpcore2.NetworkStream, deadline: Deadline) -> None:
        self._stream = stream
        self._deadline = deadline

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self._stream.read(max_bytes, self._deadline.left(timeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._stream.write(buffer, self._deadline.left(timeout))

    def close(self) -> None:
        self._stream.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore2.NetworkStream:
        secured = self._stream.start_tls(ssl_context, server_hostname, self._deadline.left(timeout))
        return DeadlineStream(secured, self._deadline)

    def get_extra_info(self, info: str) -> Any:
        return self._stream.get_extra_info(info)


class PinnedBackend(httpcore2.NetworkBackend):
    """Connects `host` to the given addresses, first come first served, and to nothing else."""

    def __init__(
        self, host: str, addresses: tuple[str, ...], deadline: Deadline, inner: httpcore2.NetworkBackend
    ) -> None:
        self._host = host
        self._addresses = addresses
        self._deadline = deadline
        self._inner = inner

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: SocketOptions | None = None,
    ) -> httpcore2.NetworkStream:
        if host != self._host:
            raise httpcore2.ConnectError("the connection is not for the vetted host")
        failure: Exception = httpcore2.ConnectError("no address")
        for address in self._addresses:
            try:
                stream = self._inner.connect_tcp(
                    address, port, self._deadline.left(timeout), local_address, socket_options
                )
                return DeadlineStream(stream, self._deadline)
            except (httpcore2.ConnectError, httpcore2.ConnectTimeout) as error:
                failure = error
        raise failure

    def connect_unix_socket(
        self, path: str, timeout: float | None = None, socket_options: SocketOptions | None = None
    ) -> httpcore2.NetworkStream:
        raise httpcore2.ConnectError("unix sockets are never used")


class PinnedTransport(httpx2.HTTPTransport):
    """httpx2's transport over a connection pool with our backend.

    httpx2 takes no backend, so its one private attribute `_pool` is replaced; `tests/http/test_pinning.py`
    says if that breaks.
    """

    def __init__(
        self, backend: httpcore2.NetworkBackend, context: ssl.SSLContext, proxy: str | None = None
    ) -> None:
        super().__init__(verify=context, trust_env=False)
        self._pool.close()
        self._pool = _pool(backend, context, proxy)


def _pool(
    backend: httpcore2.NetworkBackend, context: ssl.SSLContext, proxy: str | None
) -> httpcore2.ConnectionPool:
    if proxy is None:
        return httpcore2.ConnectionPool(ssl_context=context, network_backend=backend)
    address = httpx2.Proxy(proxy)
    return httpcore2.HTTPProxy(
        proxy_url=str(address.url), proxy_auth=address.raw_auth, ssl_context=context, network_backend=backend
    )
