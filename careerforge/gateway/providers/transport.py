"""The HTTP client under both SDKs: no proxy from the environment, no redirects, one deadline, one size
cap.
"""

import ssl
import time
from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache
from typing import Any

import httpcore2
import httpx2

from careerforge.gateway.provider import Gone, stays

LARGEST_ANSWER = 4_000_000
# While nothing comes, so often it is asked whether anybody still waits for it.
LOOK_S = 0.25

Seconds = Callable[[], float]
SocketOptions = Iterable[Any] | None


class _Stream(httpcore2.NetworkStream):
    """A socket whose every wait ends at the deadline, so that a byte every five seconds does not last
    for ever; and soon after nobody waits for what comes.
    """

    def __init__(self, inner: httpcore2.NetworkStream, end: float, seconds: Seconds, gone: Gone) -> None:
        self._inner, self._end, self._seconds, self._gone = inner, end, seconds, gone

    def _left(self, timeout: float | None) -> float:
        left = self._end - self._seconds()
        if left <= 0:
            raise httpcore2.ReadTimeout("deadline")
        return left if timeout is None else min(left, timeout)

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        until = self._seconds() + self._left(timeout)
        while not self._gone():
            try:
                return self._inner.read(max_bytes, min(LOOK_S, max(0.001, until - self._seconds())))
            except httpcore2.ReadTimeout:
                if self._seconds() >= until:
                    raise
        raise httpcore2.ReadError("nobody waits")

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._inner.write(buffer, self._left(timeout))

    def close(self) -> None:
        self._inner.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore2.NetworkStream:
        inner = self._inner.start_tls(ssl_context, server_hostname, self._left(timeout))
        return _Stream(inner, self._end, self._seconds, self._gone)

    def get_extra_info(self, info: str) -> Any:
        return self._inner.get_extra_info(info)


class _Backend(httpcore2.NetworkBackend):
    """Opens such sockets."""

    def __init__(self, end: float, seconds: Seconds, gone: Gone) -> None:
        self._inner, self._end, self._seconds, self._gone = httpcore2.SyncBackend(), end, seconds, gone

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: SocketOptions = None,
    ) -> httpcore2.NetworkStream:
        left = max(0.001, self._end - self._seconds())
        inner = self._inner.connect_tcp(
            host, port, left if timeout is None else min(left, timeout), local_address, socket_options
        )
        return _Stream(inner, self._end, self._seconds, self._gone)


class _Capped(httpx2.SyncByteStream):
    """A body that refuses to grow beyond the cap."""

    def __init__(self, inner: httpx2.SyncByteStream) -> None:
        self._inner = inner

    def __iter__(self) -> Iterator[bytes]:
        size = 0
        for chunk in self._inner:
            size += len(chunk)
            if size > LARGEST_ANSWER:
                raise httpx2.ReadError("answer too large")
            yield chunk

    def close(self) -> None:
        self._inner.close()


@lru_cache(maxsize=1)
def trusted() -> ssl.SSLContext:
    """Whom this machine trusts: read once a process, for it takes longer than all the rest of a call."""
    return httpx2.create_ssl_context(trust_env=False)


class Transport(httpx2.HTTPTransport):
    """One exchange at a time, until the deadline.

    A compressed answer is refused: we ask for none, and it hides its size.
    """

    def __init__(self, timeout_s: float, seconds: Seconds = time.monotonic, gone: Gone = stays) -> None:
        super().__init__(verify=trusted(), trust_env=False)
        # httpx2 has no public way to hand its pool a network backend.
        self._pool._network_backend = _Backend(seconds() + timeout_s, seconds, gone)

    def handle_request(self, request: httpx2.Request) -> httpx2.Response:
        response = super().handle_request(request)
        if response.headers.get("content-encoding", "identity").lower() != "identity":
            response.close()
            raise httpx2.DecodingError("compressed answer", request=request)
        if isinstance(response.stream, httpx2.SyncByteStream):
            response.stream = _Capped(response.stream)
        return response


def client(timeout_s: float, base_url: str, gone: Gone = stays) -> httpx2.Client:
    """An HTTP client for one prompt, dead after ``timeout_s`` seconds or once ``gone``. To be closed."""
    return httpx2.Client(
        transport=Transport(timeout_s, gone=gone),
        timeout=httpx2.Timeout(timeout_s, connect=min(timeout_s, 5.0)),
        headers={"accept-encoding": "identity"},
        follow_redirects=False,
        trust_env=False,
        base_url=base_url,
    )
