"""The guarded client: fetch one URL of a source, as an operator's policy allows.

A name is looked up once per hop, every address it has is vetted, and the socket goes to a vetted address.
Redirects are followed by hand and vetted again. Headers that may carry a secret stay with their origin.
Nothing is taken from the environment. The library's own request log is not used, because it writes whole
URLs, keys included.
"""

from __future__ import annotations

import contextlib
import re
import ssl
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from urllib.parse import urlencode, urljoin, urlsplit

import httpcore2
import httpx2

from careerforge.http.body import read_body
from careerforge.http.errors import Refused, TooManyRedirects
from careerforge.http.failures import as_fetch_errors, check_status
from careerforge.http.pinning import Clock, Deadline, PinnedBackend, PinnedTransport
from careerforge.http.policy import DEFAULT_PORTS, Policy
from careerforge.http.vetting import Resolve, Target, system_resolve, vet_url

REDIRECTS = frozenset({301, 302, 303, 307, 308})
# For each address of a name, so that a dead one leaves time for the next.
CONNECT_S = 10.0
# These say what we want and never who we are; every other header counts as a secret of its origin.
_OPEN_HEADERS = frozenset({"accept", "accept-language", "if-modified-since", "if-none-match", "user-agent"})
_OUR_HEADERS = frozenset(
    {
        "accept-encoding",
        "connection",
        "content-length",
        "cookie",
        "host",
        "te",
        "transfer-encoding",
        "upgrade",
    }
)
_HEADER_NAME = re.compile(r"[A-Za-z0-9!#$%&'*+.^_`|~-]+\Z")
_HEADER_VALUE = re.compile(r"[\t\x20-\x7e\x80-\xff]*\Z")


@dataclass(frozen=True)
class Fetched:
    """An answer. `url` is where it came from after redirects and may hold a key in its query; `headers` have
    lower-case names; `body` is unpacked (at most `Policy.max_bytes`); `content_type` is lower case without
    parameters; status is 2xx or 304.
    """

    url: str = field(repr=False)
    status: int
    headers: Mapping[str, str] = field(repr=False)
    body: bytes = field(repr=False)
    content_type: str | None
    charset: str | None


class GuardedClient:
    """Fetches by a policy; holds no connection and no state, so one client serves many threads.

    `resolve`, `backend` (the raw sockets) and `clock` (monotonic seconds) are for tests; `ssl_context` for a
    private authority.
    """

    def __init__(
        self,
        policy: Policy,
        *,
        resolve: Resolve = system_resolve,
        backend: httpcore2.NetworkBackend | None = None,
        ssl_context: ssl.SSLContext | None = None,
        clock: Clock = time.monotonic,
    ) -> None:
        self.policy = policy
        self._resolve = resolve
        self._backend = backend or httpcore2.SyncBackend()
        self._context = ssl_context or httpx2.create_ssl_context(trust_env=False)
        self._clock = clock

    def vet(self, url: str) -> Target:
        """Check `url` without fetching it: the rules, and one look-up of its name within the policy's time.

        Raises a `FetchError`.
        """
        return self._vet(url, Deadline(self.policy.timeout_s, self._clock))

    def get(
        self, url: str, headers: Mapping[str, str] | None = None, secret_origin: str | None = None
    ) -> Fetched:
        """Fetch `url`.

        Headers other than Accept, Accept-Language, User-Agent and the two conditional ones are secrets: they
        are sent only to `secret_origin` (`https://api.example`), by default the origin of `url`. Raises a
        `FetchError`; its text is fit to show.
        """
        deadline = Deadline(self.policy.timeout_s, self._clock)
        wanted = _checked_headers(headers or {})
        target = self._vet(url, deadline)
        trusted = secret_origin is None or target.origin == _origin(secret_origin)
        for _ in range(self.policy.max_redirects + 1):
            answer = self._one_hop(target, wanted if trusted else _open_headers(wanted), deadline)
            if isinstance(answer, Fetched):
                return answer
            following = self._next_hop(target, answer, deadline)
            # Once another origin has chosen the address, the secrets stay home, even when it leads back
            # there.
            trusted = trusted and following.origin == target.origin
            target = following
        raise TooManyRedirects(
            f"The source forwards more than {self.policy.max_redirects} times.", "redirects"
        )

    def post_form(
        self, url: str, fields: Mapping[str, str], headers: Mapping[str, str] | None = None
    ) -> Fetched:
        """Send a form to `url`, as a token endpoint wants it. Both fields and headers count as secrets, so a
        redirect is never followed. Raises a `FetchError`.
        """
        deadline = Deadline(self.policy.timeout_s, self._clock)
        wanted = _checked_headers(headers or {}) | {"Content-Type": "application/x-www-form-urlencoded"}
        target = self._vet(url, deadline)
        answer = self._one_hop(target, wanted, deadline, urlencode(fields).encode())
        if isinstance(answer, Fetched):
            return answer
        raise Refused(f"{target.host} forwards what must not be sent on.", "redirects")

    def _next_hop(self, target: Target, location: str, deadline: Deadline) -> Target:
        address = urljoin(target.url, location)
        try:
            following = self._vet(address, deadline)
        except Refused as refused:
            raise Refused(f"The source redirects to {_place_of(address)}. {refused}", refused.code) from None
        if target.scheme == "https" and following.scheme == "http" and not self.policy.allow_downgrade:
            raise Refused("The source forwards from a secured to an unsecured address.", "downgrade")
        return following

    def _vet(self, url: str, deadline: Deadline) -> Target:
        def resolve_in_time(host: str, port: int) -> Sequence[str]:
            return _within(lambda: self._resolve(host, port), deadline)

        with as_fetch_errors(_host_of(url)):
            return vet_url(url, self.policy, resolve_in_time)

    def _one_hop(
        self, target: Target, headers: Mapping[str, str], deadline: Deadline, form: bytes | None = None
    ) -> Fetched | str:
        """One request: the answer, or the address it redirects to."""
        request = httpx2.Request(
            "GET" if form is None else "POST",
            target.url,
            content=form,
            headers={
                "User-Agent": self.policy.user_agent,
                "Accept": "*/*",
                **headers,
                "Accept-Encoding": "gzip, deflate",
            },
            extensions={"timeout": httpx2.Timeout(self.policy.timeout_s, connect=CONNECT_S).as_dict()},
        )
        with as_fetch_errors(target.host), self._transport(target, deadline) as transport:
            response = transport.handle_request(request)
            with contextlib.closing(response):
                location = response.headers.get("location")
                if response.status_code in REDIRECTS and location:
                    return location
                check_status(response, target.host)
                return _fetched(target, response, read_body(response, self.policy.max_bytes, target.host))

    def _transport(self, target: Target, deadline: Deadline) -> PinnedTransport:
        proxy = self.policy.proxy
        if proxy is None:
            pinned = PinnedBackend(target.host, target.addresses, deadline, self._backend)
        else:
            # The operator named the proxy, so its address is not vetted; it makes the final look-up of the
            # target.
            host = httpx2.URL(proxy).host
            pinned = PinnedBackend(host, (host,), deadline, self._backend)
        return PinnedTransport(pinned, self._context, proxy)


def _host_of(url: str) -> str:
    """The host of a URL for a sentence; empty if it has none."""
    try:
        return urlsplit(url).hostname or ""
    except ValueError:
        return ""


def _place_of(url: str) -> str:
    """Host and port of a URL for a sentence, whatever else it holds."""
    try:
        parts = urlsplit(url)
        port = parts.port or DEFAULT_PORTS.get(parts.scheme)
    except ValueError:
        return "an address that is none"
    host = parts.hostname or ""
    if not host or not host.isprintable():
        return "an address that is none"
    host = f"[{host}]" if ":" in host else host
    return f"{host[:253]}:{port}" if port else host[:253]


def _origin(url: str) -> tuple[str, str, int]:
    parts = urlsplit(url)
    if parts.scheme not in DEFAULT_PORTS or not parts.hostname:
        raise Refused("The origin that the credentials belong to is not a web address.", "malformed")
    return parts.scheme, parts.hostname, parts.port or DEFAULT_PORTS[parts.scheme]


def _checked_headers(headers: Mapping[str, str]) -> dict[str, str]:
    for name, value in headers.items():
        if name.lower() in _OUR_HEADERS or name.lower().startswith("proxy-"):
            raise Refused(f"The header {name} cannot be set for a source.", "header")
        if not _HEADER_NAME.match(name) or not _HEADER_VALUE.match(value):
            raise Refused("A header of this source holds characters that cannot be sent.", "header")
    return dict(headers)


def _open_headers(headers: Mapping[str, str]) -> dict[str, str]:
    return {name: value for name, value in headers.items() if name.lower() in _OPEN_HEADERS}


def _within(look_up: Callable[[], Sequence[str]], deadline: Deadline) -> Sequence[str]:
    """Run a look-up, which the system may let hang, in a thread that is given up at the deadline. Raises
    OSError, DeadlinePassed.
    """
    found: list[Sequence[str]] = []
    failed: list[OSError | UnicodeError] = []

    def run() -> None:
        try:
            found.append(look_up())
        except (OSError, UnicodeError) as error:
            failed.append(error)

    worker = threading.Thread(target=run, name="name-look-up", daemon=True)
    worker.start()
    worker.join(deadline.left())
    if found:
        return found[0]
    if failed:
        raise failed[0]
    deadline.left()
    raise OSError("the look-up gave no answer")


def _fetched(target: Target, response: httpx2.Response, body: bytes) -> Fetched:
    headers = {
        name.lower(): value for name, value in response.headers.items() if name.lower() != "set-cookie"
    }
    media, _, parameters = headers.get("content-type", "").partition(";")
    charset = re.search(r"charset\s*=\s*[\"']?([A-Za-z0-9._:-]{1,40})", parameters, re.IGNORECASE)
    return Fetched(
        url=target.url,
        status=response.status_code,
        headers=headers,
        body=body,
        content_type=media.strip().lower() or None,
        charset=charset.group(1).lower() if charset else None,
    )
