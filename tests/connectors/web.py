"""A little web of servers for kinds of sources, reached over real TLS through the real client:
``web.page("https://a.example/jobs", {...})``, then ``web.read(KIND, "https://a.example/jobs")``.
"""

from __future__ import annotations

import datetime as clock
import json
import socket
import ssl
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from tempfile import mkdtemp
from typing import Any
from urllib.parse import urlsplit

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

from connectors.kinds.fetching import Limits, Session
from connectors.kinds.kind import Asked, Body, End, Kind
from connectors.parsing.item import Item, Parsed
from connectors.syncing.places import Unbooked
from tests.connectors.conftest import NOW
from tests.http.conftest import Net

HOSTS = (
    "a.example", "www.a.example", "b.example", "boards-api.greenhouse.io", "api.lever.co", "api.eu.lever.co",
    "api.ashbyhq.com", "remotive.com", "www.arbeitnow.com", "data.usajobs.gov", "api.coursera.org",
)  # fmt: skip


LIMITS = Limits()


@dataclass(frozen=True)
class Answer:
    body: bytes
    media: str
    status: str = "200 OK"
    headers: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Ran:
    """What a listing gave: its bodies, what was read of each, and how it ended."""

    bodies: list[Body]
    parsed: list[Parsed]
    end: End

    @property
    def items(self) -> list[Item]:
        return [item for parsed in self.parsed for item in parsed.items]

    @property
    def reasons(self) -> list[str]:
        return [body.problem for body in self.bodies if body.problem] + [
            problem.reason for parsed in self.parsed for problem in parsed.problems
        ]


@dataclass
class Web:
    """Servers behind names; ``asked`` are the addresses that were requested, in order."""

    net: Net
    answers: dict[str, Answer] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)
    rests: list[float] = field(default_factory=list)
    _hosts: set[str] = field(default_factory=set)

    def page(
        self,
        url: str,
        body: object,
        media: str = "",
        status: str = "200 OK",
        headers: Mapping[str, str] | None = None,
    ) -> None:
        """Put something at an address: bytes and text as they are, anything else as JSON."""
        usual = "application/json" if not isinstance(body, str | bytes) else "text/html; charset=utf-8"
        raw = (
            body
            if isinstance(body, bytes)
            else body.encode()
            if isinstance(body, str)
            else json.dumps(body).encode()
        )
        self.answers[url] = Answer(raw, media or usual, status, headers or {})
        host = urlsplit(url).hostname or ""
        if host not in self._hosts:
            self._hosts.add(host)
            number = len(self._hosts)
            self.net.serve(self._script(host), host, f"93.184.216.{number}", 443, certificates()[0])

    def session(self, kind: Kind, asked: Asked, limits: Limits = LIMITS) -> Session:
        """The real way out, to this web."""
        return Session(
            lambda timeout_s: self.net.client(certificates()[1], timeout_s=min(timeout_s, 5.0)),
            kind.hosts(asked), Unbooked(), limits=limits, pause=self.rests.append,
        )  # fmt: skip

    def read(
        self, kind: Kind, location: str, *, since: Mapping[str, Any] | None = None, cursor: str = "",
        limits: Limits = LIMITS, **settings: Any,
    ) -> Ran:  # fmt: skip
        """Everything that a kind finds there."""
        asked = Asked(location, settings, since or {}, cursor)
        listing = kind.listing(asked, self.session(kind, asked, limits))
        bodies = list(listing)
        read = [kind.parse(asked, body, NOW) for body in bodies if not body.problem and not body.unchanged]
        return Ran(bodies, read, listing.end)

    def _script(self, host: str) -> Any:
        def script(connection: socket.socket, head: bytes) -> None:
            path = head.split(b" ")[1].decode()
            self.asked.append(f"https://{host}{path}")
            answer = self.answers.get(f"https://{host}{path}") or Answer(b"no", "text/plain", "404 Not Found")
            etag = answer.headers.get("ETag")
            if etag and f"if-none-match: {etag}".encode() in head.lower():
                answer = Answer(b"", answer.media, "304 Not Modified")
            lines = [f"HTTP/1.1 {answer.status}", f"Content-Length: {len(answer.body)}", "Connection: close"]
            lines += [f"Content-Type: {answer.media}", *(f"{k}: {v}" for k, v in answer.headers.items())]
            connection.sendall("\r\n".join(lines).encode() + b"\r\n\r\n" + answer.body)

        return script


@cache
def certificates() -> tuple[ssl.SSLContext, ssl.SSLContext]:
    """A server's context for all names of the little web, and a client's that trusts it."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "a little web")])
    start = clock.datetime(2020, 1, 1, tzinfo=clock.UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(start)
        .not_valid_after(clock.datetime(2120, 1, 1, tzinfo=clock.UTC))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(host) for host in HOSTS]), critical=False)
        .sign(key, hashes.SHA256())
    )
    path = Path(mkdtemp()) / "web.pem"
    private = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    path.write_bytes(private + made.public_bytes(serialization.Encoding.PEM))
    server = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    server.load_cert_chain(path)
    client = ssl.create_default_context(cadata=made.public_bytes(serialization.Encoding.PEM).decode())
    return server, client
