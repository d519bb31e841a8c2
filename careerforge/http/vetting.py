"""May this URL be fetched, and from which addresses? Asked when a source is saved and again at every hop of a
fetch.
"""

from __future__ import annotations

import re
import socket
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import NoReturn
from urllib.parse import SplitResult, quote, urlsplit

import idna

from careerforge.http.addresses import is_public, parse_address
from careerforge.http.errors import Refused, Unreachable
from careerforge.http.policy import DEFAULT_PORTS, AllowList, Policy

# A name's addresses as text; raises OSError when there are none.
Resolve = Callable[[str, int], Sequence[str]]

MAX_URL = 8192
_FORBIDDEN = re.compile(r"[\x00-\x20\x7f-\x9f\\\u2028\u2029]")
_LABEL = re.compile(r"[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?\Z")
_NUMBER = re.compile(r"(?:[0-9]+|0x[0-9a-f]*)\Z")
_INTERNAL = (
    "localhost",
    "localdomain",
    "local",
    "internal",
    "intranet",
    "intern",
    "lan",
    "home",
    "corp",
    "private",
    "arpa",
)

NOT_PUBLIC = (
    "This address leads into a private or reserved network. Only public addresses can be fetched; "
    "an operator can open an internal one by name."
)


@dataclass(frozen=True)
class Target:
    """A vetted URL: `url` in canonical form without fragment, and the addresses the socket may go to.

    `addresses` is empty only when a proxy will look the name up. The URL may hold a key in its query: it
    stays out of `repr`.
    """

    url: str = field(repr=False)
    scheme: str
    host: str
    port: int
    addresses: tuple[str, ...]

    @property
    def origin(self) -> tuple[str, str, int]:
        return self.scheme, self.host, self.port


def system_resolve(host: str, port: int) -> Sequence[str]:
    """Every address the machine's resolver knows, each once, in its order of preference. Raises OSError."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(entry[4][0]) for entry in found))


def vet_url(url: str, policy: Policy, resolve: Resolve = system_resolve) -> Target:
    """Check a URL against the policy, with one look-up of its name.

    Raises `Refused` if a rule forbids it and `Unreachable` if its name has no address. Opens no connection.
    """
    parts = _split(url)
    scheme = _scheme(parts, policy)
    host = _host(parts)
    port = _port(parts, scheme)
    allow_list = policy.allow_list
    if port not in policy.ports and not allow_list.lists_port(host, port):
        _refuse("Sources are fetched at ports 80 and 443; another port needs an operator's entry.", "port")
    addresses = _vetted_addresses(host, port, policy, allow_list, resolve)
    return Target(_canonical(parts, scheme, host, port), scheme, host, port, addresses)


def _refuse(sentence: str, code: str) -> NoReturn:
    raise Refused(sentence, code)


def _split(url: str) -> SplitResult:
    url = url.strip(" ")
    if len(url) > MAX_URL:
        _refuse("This address is too long.", "malformed")
    if _FORBIDDEN.search(url):
        _refuse("This address contains spaces, line breaks or backslashes.", "malformed")
    try:
        return urlsplit(url)
    except ValueError:
        _refuse("This is not a web address.", "malformed")


def _scheme(parts: SplitResult, policy: Policy) -> str:
    if parts.scheme not in policy.schemes or parts.scheme not in DEFAULT_PORTS:
        _refuse("Only addresses that begin with http:// or https:// can be fetched.", "scheme")
    if "@" in parts.netloc:
        _refuse(
            "A user name or password must not stand in the address; use the credentials field.", "userinfo"
        )
    return parts.scheme


def _host(parts: SplitResult) -> str:
    try:
        host = (parts.hostname or "").removesuffix(".")
    except ValueError:
        host = ""
    if not host:
        _refuse("This address has no host name.", "malformed")
    if parts.netloc.startswith("["):
        address = parse_address(host)
        if address is None:
            _refuse("This is not a valid IPv6 address.", "malformed")
        return str(address)
    return _literal_v4(host) or _name(host)


def _literal_v4(host: str) -> str | None:
    if not _NUMBER.match(host.rpartition(".")[2]):
        return None
    address = parse_address(host)
    if address is None:
        _refuse("An IP address must be written as four plain decimal numbers.", "malformed")
    return str(address)


def _name(host: str) -> str:
    ascii_host = host if host.isascii() else _to_ascii(host)
    labels = ascii_host.split(".")
    if len(ascii_host) > 253 or not all(_LABEL.match(label) for label in labels) or _NUMBER.match(labels[-1]):
        _refuse("This is not a valid host name.", "malformed")
    return ascii_host


def _to_ascii(host: str) -> str:
    # Look-alikes of digits and full stops become an address once normalised, so only names that are already
    # normal are taken.
    if unicodedata.normalize("NFKC", host) != host or "。" in host:
        _refuse("This host name is written with look-alike characters.", "malformed")
    try:
        return idna.encode(host).decode("ascii").lower()
    except (idna.IDNAError, UnicodeError):
        _refuse("This is not a valid host name.", "malformed")


def _port(parts: SplitResult, scheme: str) -> int:
    try:
        port = parts.port
    except ValueError:
        port = 0
    port = DEFAULT_PORTS[scheme] if port is None else port
    if port == 0:
        _refuse("The port in this address is not valid.", "port")
    return port


def _vetted_addresses(
    host: str, port: int, policy: Policy, allow_list: AllowList, resolve: Resolve
) -> tuple[str, ...]:
    listed = allow_list.lists(host, port)
    literal = parse_address(host)
    if literal is None and not listed and not allow_list.networks and _is_internal_name(host):
        _refuse(NOT_PUBLIC, "not_public")
    found = [host] if literal else _look_up(host, port, policy, resolve)
    for text in found:
        address = parse_address(text)
        open_to_all = address is not None and (is_public(address) or allow_list.holds(address))
        if not open_to_all and not (listed and address is not None):
            _refuse(NOT_PUBLIC, "not_public")
    return tuple(found)


def _is_internal_name(host: str) -> bool:
    return "." not in host or host.rpartition(".")[2] in _INTERNAL


def _look_up(host: str, port: int, policy: Policy, resolve: Resolve) -> list[str]:
    try:
        found = list(resolve(host, port))
    except (OSError, UnicodeError):
        found = []
    if not found and policy.proxy is None:
        raise Unreachable(f"No address was found for the name {host}.", "unknown_name") from None
    return found


def _canonical(parts: SplitResult, scheme: str, host: str, port: int) -> str:
    bracketed = f"[{host}]" if ":" in host else host
    netloc = bracketed if port == DEFAULT_PORTS[scheme] else f"{bracketed}:{port}"
    # Only what a request line cannot carry is escaped; escapes that are there stay as they are.
    path = quote(parts.path or "/", safe="/%:@!$&'()*+,;=~-._|[]")
    query = quote(parts.query, safe="/?%:@!$&'()*+,;=~-._|[]{}")
    return f"{scheme}://{netloc}{path}" + (f"?{query}" if query else "")
