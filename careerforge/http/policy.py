"""What a fetch may do: the operator's rules as data."""

from __future__ import annotations

import ipaddress
from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import urlsplit

Address = ipaddress.IPv4Address | ipaddress.IPv6Address
Network = ipaddress.IPv4Network | ipaddress.IPv6Network

DEFAULT_PORTS = {"http": 80, "https": 443}


@dataclass(frozen=True)
class AllowList:
    """The intranet targets that an operator has opened.

    `hosts` opens a name at the ordinary ports, `endpoints` a name at one port, `networks` every address
    inside.
    """

    hosts: frozenset[str] = frozenset()
    endpoints: frozenset[tuple[str, int]] = frozenset()
    networks: tuple[Network, ...] = ()

    def lists(self, host: str, port: int) -> bool:
        """True if exactly this name, or this name with this port, is listed: suffixes and prefixes never
        match.
        """
        return host in self.hosts or (host, port) in self.endpoints

    def lists_port(self, host: str, port: int) -> bool:
        return (host, port) in self.endpoints

    def holds(self, address: Address) -> bool:
        """True if a listed network contains the address."""
        return any(address.version == network.version and address in network for network in self.networks)


@dataclass(frozen=True)
class Policy:
    """The rules of one client.

    `ports` are the ports open everywhere; `allowed_hosts` takes `wiki.intern`, `wiki.intern:8080`,
    `http://wiki.intern:8080`, `[fd00::7]:8080`, `10.1.0.0/16` and opens non-public targets; `proxy` is used
    when given, the environment's never. `max_bytes` counts the unpacked body; `timeout_s` is for the whole
    fetch. `allow_downgrade` permits https → http redirects.
    """

    schemes: frozenset[str] = frozenset({"http", "https"})
    ports: frozenset[int] = frozenset({80, 443})
    allowed_hosts: tuple[str, ...] = ()
    proxy: str | None = None
    max_bytes: int = 10_000_000
    timeout_s: float = 60.0
    max_redirects: int = 5
    allow_downgrade: bool = False
    user_agent: str = "CareerForge/1 (self-hosted)"

    @property
    def allow_list(self) -> AllowList:
        return parse_allow_list(self.allowed_hosts)


def parse_allow_list(entries: Iterable[str]) -> AllowList:
    """Read the operator's entries. Raises ValueError, naming the entry, for one that is neither a host nor a
    network.
    """
    hosts: set[str] = set()
    endpoints: set[tuple[str, int]] = set()
    networks: list[Network] = []
    for entry in (raw.strip() for raw in entries):
        if not entry:
            continue
        network = _network(entry)
        if network is not None:
            networks.append(network)
            continue
        host, port = _endpoint(entry)
        if port is None:
            hosts.add(host)
        else:
            endpoints.add((host, port))
    return AllowList(frozenset(hosts), frozenset(endpoints), tuple(networks))


def _network(entry: str) -> Network | None:
    if "/" not in entry or "://" in entry:
        return None
    try:
        return ipaddress.ip_network(entry)
    except ValueError:
        raise ValueError(f"“{entry}” on the list of allowed hosts is not a network") from None


def _endpoint(entry: str) -> tuple[str, int | None]:
    has_scheme = "://" in entry
    bare_v6 = not has_scheme and entry.count(":") > 1 and not entry.startswith("[")
    fault = ValueError(f"“{entry}” on the list of allowed hosts is not a host name")
    try:
        parts = urlsplit(entry if has_scheme else f"//[{entry}]" if bare_v6 else f"//{entry}")
        host, port = parts.hostname, parts.port
    except ValueError:
        raise fault from None
    if (
        not host
        or parts.username
        or parts.path.strip("/")
        or (has_scheme and parts.scheme not in DEFAULT_PORTS)
    ):
        raise fault
    if has_scheme and port is None:
        port = DEFAULT_PORTS[parts.scheme]
    return host.rstrip("."), port
