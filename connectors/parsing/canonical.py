"""What makes two fetches of an item the same version: its canonical address and a keyed hash over chosen
fields.

A raw body is never hashed: signed links and tracking parameters in it change at every fetch.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import re
from urllib.parse import SplitResult, parse_qsl, quote, urlencode, urlsplit, urlunsplit

from careerforge.knowledge.documents.facts import to_json
from connectors.parsing.details import details
from connectors.parsing.item import Item

_TRACKING = re.compile(
    r"(?:utm_.*|mtm_.*|pk_(?:campaign|kwd|source|medium)|hsa_.*|_hs(?:enc|mi)|mc_[ce]id|vero_id|fbclid|gclid|gclsrc|dclid|wbraid|gbraid"
    r"|msclkid|yclid|twclid|ttclid|igshid|li_fat_id|ref_src|gh_src|lever-(?:source|origin)|spm|cmpid|phpsessid|jsessionid|sid)\Z",
    re.IGNORECASE,
)
# One of these says that the query is a signature; then the whole family goes.
_SIGNATURE = re.compile(
    r"(?:x-amz-signature|x-goog-signature|signature|sig|hmac|awsaccesskeyid|key-pair-id|googleaccessid|access_token|token)\Z",
    re.IGNORECASE,
)
_SIGNED = re.compile(
    r"(?:x-amz-.*|x-goog-.*|signature|sig|hmac|expires?|policy|key-pair-id|awsaccesskeyid|googleaccessid|se|sp|sv|sr|st|spr|skoid|sktid"
    r"|skt|ske|sks|skv|access_token|token)\Z",
    re.IGNORECASE,
)
# Parameters of one site that change at every fetch.
_OF_SITE = {"adzuna": frozenset({"se", "v"})}
_SESSION_IN_PATH = re.compile(r";(?:jsessionid|phpsessid|sid)=[^/?;]*", re.IGNORECASE)
_PORTS = {"http": 80, "https": 443}


def canonical_url(url: str) -> str:
    """One form per address: lower-case host, no default port, fragment, tracking or signature, parameters
    sorted.

    Relative and odd addresses come back trimmed; nothing raises.
    """
    try:
        parts = urlsplit(url.strip())
        port = parts.port
        host = (parts.hostname or "").rstrip(".")
    except ValueError:
        return url.strip()
    if parts.scheme not in _PORTS or not host:
        return url.strip()
    netloc = f"[{host}]" if ":" in host else host
    if port is not None and port != _PORTS[parts.scheme]:
        netloc += f":{port}"
    path = quote(_SESSION_IN_PATH.sub("", parts.path) or "/", safe="/%:@!$&'()*+,;=~-._")
    return urlunsplit((parts.scheme, netloc, path, _kept_query(parts, host), ""))


def _kept_query(parts: SplitResult, host: str) -> str:
    try:
        pairs = parse_qsl(parts.query, keep_blank_values=True, max_num_fields=200)
    except ValueError:
        return parts.query
    signed = any(_SIGNATURE.match(name) for name, _ in pairs)
    of_site = next((names for label, names in _OF_SITE.items() if label in host.split(".")), frozenset())
    kept = [
        (name, value)
        for name, value in pairs
        if not _TRACKING.match(name) and not (signed and _SIGNED.match(name)) and name not in of_site
    ]
    return urlencode(sorted(kept), errors="replace")


def content_hash(item: Item, key: bytes) -> str:
    """The version of an item: HMAC-SHA256 in hex over title, text, canonical address, kind, publication date
    and details.

    A future date counts as it was given, not as it was clamped, so that it does not make a new version at
    every fetch. The id is left out: the same content under a new id has the same hash. `key` must not be
    empty.
    """
    if not key:
        raise ValueError("a content hash needs a key")
    given = item.facts.get("published_as_given")
    date = given if isinstance(given, str) else item.published_at.isoformat() if item.published_at else ""
    found = details(item)
    projection = [
        item.title,
        item.text,
        canonical_url(item.url),
        item.kind,
        date,
        to_json(found) if found else {},
    ]
    return hmac.new(
        key, json.dumps(projection, ensure_ascii=True, sort_keys=True).encode(), hashlib.sha256
    ).hexdigest()
