"""Which addresses a provider may have."""

import ipaddress
from collections.abc import Collection
from urllib.parse import urlsplit


class BadAddress(ValueError):
    """A base URL we do not call.

    The message says why and does not repeat the URL, which may hold a secret.
    """


def vetted(url: str, allowed: Collection[str] = ()) -> str:
    """The base URL without a trailing slash.

    https is allowed anywhere; http only on this machine or at an origin the operator has listed.

    Args:
        url: from the environment.
        allowed: origins such as ``"http://models.intranet:11434"``.

    Raises:
        BadAddress: another scheme, no host, a user or password, a query or a fragment, or plain http
            elsewhere.
    """
    try:
        parts = urlsplit(url.strip())
        host = parts.hostname or ""
        _ = parts.port
    except ValueError:
        raise BadAddress("not an address") from None
    if parts.scheme not in {"http", "https"} or not host:
        raise BadAddress("must start with https:// and name a host")
    if parts.username or parts.password or parts.query or parts.fragment:
        raise BadAddress("must hold no user, password, query or fragment")
    origin = f"{parts.scheme}://{parts.netloc}".lower()
    if (
        parts.scheme == "http"
        and not is_loopback(host)
        and origin not in {known.lower().rstrip("/") for known in allowed}
    ):
        raise BadAddress("plain http is for this machine or a listed origin only")
    return url.strip().rstrip("/")


def is_loopback(host: str) -> bool:
    """True for this machine, by its usual name or its address."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
