"""What a source hands over: one item, made safe to store and to compare."""

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from hashlib import sha256
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from careerforge.vault.sealing import keyed_hash

LONGEST_TEXT = 400_000
LONGEST_ID = 500

_TRACKING = re.compile(r"(?:utm_\w+|mc_[ce]id|fbclid|gclid|msclkid|yclid|ref_src)\Z", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Incoming:
    """An item of a source.

    Attributes:
        external_id: the source's own id; with the collection it is the document's identity.
        kind: one of ``Document.Kind``.
        text: plain, or with Markdown headings and lists.
        language: BCP 47, empty when unknown.
        fingerprint: what makes it the same version, where the source knows better than a hash.
    """

    external_id: str
    kind: str
    title: str
    text: str
    url: str = ""
    published_at: datetime | None = None
    language: str = "en"
    region: str = ""
    topics: Sequence[str] = field(default=())
    licence: str = ""
    fingerprint: str = ""


def cleaned(item: Incoming) -> Incoming:
    """The same item without what a database refuses, every field within its bounds."""
    identity = _storable(item.external_id)
    if len(identity) > LONGEST_ID:
        identity = f"long-{sha256(identity.encode()).hexdigest()}"
    return replace(
        item,
        external_id=identity,
        title=" ".join(_storable(item.title).split())[:300],
        text=_storable(item.text)[:LONGEST_TEXT].rstrip(),
        url=_storable(item.url).strip(),
        language=_storable(item.language)[:8],
        region=_storable(item.region)[:40],
        topics=tuple(dict.fromkeys(_storable(topic)[:80] for topic in item.topics)),
        licence=_storable(item.licence)[:120],
    )


def content_hash(item: Incoming) -> str:
    """Names the version: 64 hex digits, keyed, so that a guess at a text cannot be checked without the key.

    Over title, text, address without tracking, kind and date, as the source sent them, before masking.
    """
    if item.fingerprint:
        return keyed_hash("content", item.fingerprint).hex()
    published = item.published_at.isoformat() if item.published_at else ""
    projection = [item.title, item.text, without_tracking(item.url), item.kind, published]
    return keyed_hash("content", json.dumps(projection)).hex()


def without_tracking(url: str) -> str:
    """An address without fragment and campaign parameters. Odd ones come back as they are."""
    try:
        parts = urlsplit(url)
        pairs = parse_qsl(parts.query, keep_blank_values=True, max_num_fields=200)
    except ValueError:
        return url
    query = urlencode([(name, value) for name, value in pairs if not _TRACKING.match(name)], errors="replace")
    return urlunsplit((parts.scheme, parts.netloc, parts.path, query, ""))


def _storable(text: str) -> str:
    """Without NULs and lone surrogates, which PostgreSQL does not take."""
    return text.replace("\x00", "").encode("utf-8", "ignore").decode()
