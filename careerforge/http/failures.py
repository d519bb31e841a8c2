"""What went wrong, in our words: the library's errors and the source's statuses as a `FetchError`."""

from __future__ import annotations

import contextlib
import ssl
from collections.abc import Iterator
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

import httpcore2
import httpx2

from careerforge.http.errors import BadStatus, FetchError, TimedOut, Unreachable

LONGEST_WAIT_S = 86_400.0


@contextlib.contextmanager
def as_fetch_errors(host: str) -> Iterator[None]:
    """Say the library's errors in our words. The causes are dropped: they may quote headers and URLs."""
    try:
        yield
    except FetchError:
        raise
    except (httpx2.TimeoutException, httpcore2.TimeoutException):
        raise TimedOut(f"{host} did not answer in time.", "timeout") from None
    except (httpx2.ConnectError, httpcore2.ConnectError) as error:
        raise _connect_failure(host, error) from None
    except (httpx2.ProxyError, httpcore2.ProxyError):
        raise Unreachable(f"The proxy did not let the request to {host} through.", "proxy") from None
    except (httpx2.ProtocolError, httpcore2.ProtocolError):
        raise Unreachable(f"{host} did not answer as a web server does.", "protocol") from None
    except (httpx2.TransportError, httpcore2.NetworkError):
        raise Unreachable(f"The connection to {host} broke off.", "broken") from None


def _connect_failure(host: str, error: Exception) -> Unreachable:
    cause: BaseException | None = error
    while cause is not None:
        if isinstance(cause, ssl.SSLError):
            return Unreachable(
                f"The certificate of {host} is not valid, or it offers no secured connection.", "tls"
            )
        cause = cause.__cause__ or cause.__context__
    return Unreachable(f"No connection to {host} could be made.", "connect")


def check_status(response: httpx2.Response, host: str) -> None:
    status = response.status_code
    if 200 <= status < 300 or status == 304:
        return
    raise BadStatus(_status_sentence(status, host), f"status_{status}", status, _retry_after(response))


def _status_sentence(status: int, host: str) -> str:
    known = {
        401: f"{host} rejected the credentials.",
        403: f"{host} refuses access: the credentials were rejected or lack a permission.",
        404: f"{host} has nothing at this address.",
        410: f"{host} says that this source is gone for good.",
        429: f"{host} asks to be called less often.",
    }
    fallback = f"{host} has a fault of its own" if status >= 500 else f"{host} answered with an error"
    return known.get(status, f"{fallback} (status {status}).")


def _retry_after(response: httpx2.Response) -> float | None:
    """Seconds from a Retry-After header, a number or a date (counted from the answer's own Date header where
    there is one).
    """
    text = response.headers.get("retry-after", "").strip()
    if text.isascii() and text.isdigit() and len(text) < 10:
        return min(float(text), LONGEST_WAIT_S)
    until = _http_date(text)
    if until is None:
        return None
    now = _http_date(response.headers.get("date", "")) or datetime.now(UTC)
    return min(max((until - now).total_seconds(), 0.0), LONGEST_WAIT_S)


def _http_date(text: str) -> datetime | None:
    try:
        found = parsedate_to_datetime(text)
        return found if found.tzinfo else found.replace(tzinfo=UTC)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
