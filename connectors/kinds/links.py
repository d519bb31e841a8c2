"""Addresses: what names a page, what may be shown of it, and where its links lead. Pure."""

import re
from collections.abc import Iterable, Mapping
from urllib.parse import parse_qsl, urlencode, urljoin, urlsplit, urlunsplit

from django.utils.translation import gettext as _

from careerforge.http.errors import Refused
from careerforge.http.policy import DEFAULT_PORTS

_LINK = re.compile(r"<([^<>]{1,4000})>((?:\s{0,9};[^,<>]{0,200}){0,9})")
_RELATION = re.compile(r"rel\s{0,9}=\s{0,9}\"?([\w \-]{1,80})")

Origin = tuple[str, str, int | None]


def origin(url: str) -> Origin:
    """Scheme, host and port: what a secret is bound to. Empty parts where it is no address."""
    try:
        parts = urlsplit(url.strip())
        return parts.scheme, (parts.hostname or "").rstrip("."), parts.port or DEFAULT_PORTS.get(parts.scheme)
    except ValueError:
        return "", "", None


def host(url: str) -> str:
    """The host's name in lower case; empty where it is no address."""
    return origin(url)[1]


def shown(url: str) -> str:
    """The address without its query and fragment, which may hold a key."""
    try:
        return urlunsplit(urlsplit(url)._replace(query="", fragment=""))
    except ValueError:
        return ""


def without_parameters(url: str, names: Iterable[str]) -> str:
    """The address without these parameters of its query, nor its fragment."""
    dropped = set(names)
    try:
        parts = urlsplit(url)
        if not dropped:
            return urlunsplit(parts._replace(fragment=""))
        pairs = parse_qsl(parts.query, keep_blank_values=True, max_num_fields=200)
    except ValueError:
        return url
    kept = urlencode([(name, value) for name, value in pairs if name not in dropped])
    return urlunsplit(parts._replace(query=kept, fragment=""))


def with_parameters(url: str, values: Mapping[str, str]) -> str:
    """The address with these parameters in its query, each once."""
    if not values:
        return url
    parts = urlsplit(without_parameters(url, values))
    query = "&".join(filter(None, [parts.query, urlencode(values)]))
    return urlunsplit(parts._replace(query=query))


def followed(url: str, link: str) -> str:
    """The absolute address of a link found at ``url``.

    Raises:
        Refused: it leads to another host, or from a secured to an unsecured address.
    """
    try:
        absolute = urljoin(url, link.strip())
    except ValueError:
        absolute = ""
    here, there = origin(url), origin(absolute)
    is_lowered = here[0] == "https" and there[0] == "http"
    if there[0] not in DEFAULT_PORTS or there[1] != here[1] or is_lowered:
        raise other_host(here[1])
    return absolute


def other_host(name: str) -> Refused:
    """The refusal of a link that leads elsewhere."""
    sentence = _("The source links to another host; only links on %(host)s are followed.") % {"host": name}
    return Refused(sentence, "other_host")


def of_header(header: str) -> dict[str, str]:
    """The links of a ``Link`` header (RFC 8288) by relation, the first of each; targets as they stand."""
    found: dict[str, str] = {}
    for target, parameters in _LINK.findall(header[:20_000]):
        relation = _RELATION.search(parameters)
        for name in relation[1].lower().split() if relation else ():
            found.setdefault(name, target)
    return found
