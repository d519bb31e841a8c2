"""Which addresses a provider may have."""

import ipaddress
from collections.abc import Collection
from urllib.parse import SplitResult, urlsplit

from careerforge.http.policy import AllowList, parse_allow_list

# Where the providers themselves are; everybody else is on the operator's list, or on this machine.
PROVIDERS = frozenset({"api.anthropic.com", "api.openai.com", "api.perplexity.ai"})
ORDINARY_PORTS = {"http": 80, "https": 443}


class BadAddress(ValueError):
    """A base URL we do not call.

    The message says why and does not repeat the URL, which may hold a secret.
    """


def vetted(url: str, allowed: Collection[str] = ()) -> str:
    """The base URL without a trailing slash.

    Args:
        url: from the environment.
        allowed: what the operator has listed: hosts, ``host:port``, origins or networks.

    Raises:
        BadAddress: another scheme, no host, a user or password, a query or a fragment; a host that is neither
            a provider's own by https, nor this machine, nor listed.
    """
    try:
        parts = urlsplit(url.strip())
        host = parts.hostname or ""
        port = parts.port
    except ValueError:
        raise BadAddress("not an address") from None
    if parts.scheme not in ORDINARY_PORTS or not host:
        raise BadAddress("must start with https:// and name a host")
    if parts.username or parts.password or parts.query or parts.fragment:
        raise BadAddress("must hold no user, password, query or fragment")
    if not (_is_providers_own(parts, port) or is_loopback(host) or _is_listed(parts, allowed)):
        raise BadAddress("names a host that is not listed in CAREERFORGE_ALLOWED_ORIGINS")
    return url.strip().rstrip("/")


def is_loopback(host: str) -> bool:
    """True for this machine, by its usual name or its address."""
    if host == "localhost":
        return True
    address = _literal(host)
    return address is not None and address.is_loopback


def _is_providers_own(parts: SplitResult, port: int | None) -> bool:
    return parts.scheme == "https" and port in (None, 443) and parts.hostname in PROVIDERS


def _is_listed(parts: SplitResult, allowed: Collection[str]) -> bool:
    """Whether the operator named the host at this port, or at the ordinary ones, or its network."""
    try:
        known: AllowList = parse_allow_list(allowed)
    except ValueError:
        return False
    host, port = parts.hostname or "", parts.port or ORDINARY_PORTS[parts.scheme]
    ordinary = host in known.hosts and port in ORDINARY_PORTS.values()
    address = _literal(host)
    return ordinary or known.lists_port(host, port) or (address is not None and known.holds(address))


def _literal(host: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address | None:
    try:
        return ipaddress.ip_address(host)
    except ValueError:
        return None
