"""What a source hands over: one item, made safe to store and to compare."""

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from hashlib import sha256
from math import isfinite
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from careerforge.vault.sealing import keyed_hash

LONGEST_TEXT = 400_000
LONGEST_ID = 500
LONGEST_HIDDEN = 20_000
# Of facts: how deep, how many values in all, how long each.
DEEPEST, MOST_VALUES, LONGEST_VALUE = 4, 400, 2000

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
        facts: what the source says in fields of its own, as ``knowledge.facts.to_json`` writes it.
        hidden: what the page holds and does not show to people (``display: none``, white on white, invisible
            characters); it is never stored, only looked at.
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
    facts: Mapping[str, Any] = field(default_factory=dict)
    hidden: str = ""


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
        facts=_clean_facts(item.facts),
        hidden=item.hidden[:LONGEST_HIDDEN],
    )


def content_hash(item: Incoming) -> str:
    """Names the version: 64 hex digits, keyed, so that a guess at a text cannot be checked without the key.

    Over title, text, address without tracking, kind, date and facts, as the source sent them, before masking.
    """
    if item.fingerprint:
        return keyed_hash("content", item.fingerprint).hex()
    published = item.published_at.isoformat() if item.published_at else ""
    projection: list[Any] = [item.title, item.text, without_tracking(item.url), item.kind, published]
    if item.facts:
        projection.append(item.facts)
    return keyed_hash("content", json.dumps(projection, sort_keys=True)).hex()


def without_tracking(url: str) -> str:
    """An address without fragment and campaign parameters. Odd ones come back as they are."""
    try:
        parts = urlsplit(url)
        pairs = parse_qsl(parts.query, keep_blank_values=True, max_num_fields=200)
    except ValueError:
        return url
    query = urlencode([(name, value) for name, value in pairs if not _TRACKING.match(name)], errors="replace")
    return urlunsplit((parts.scheme, parts.netloc, parts.path, query, ""))


def _clean_facts(facts: Mapping[str, Any]) -> dict[str, Any]:
    """Facts as JSON that PostgreSQL takes; what is too deep, too long or no JSON is left out."""
    left = [MOST_VALUES]
    found = _value(dict(facts), DEEPEST, left)
    return found if isinstance(found, dict) else {}


def _value(value: Any, depth: int, left: list[int]) -> Any:
    left[0] -= 1
    if left[0] < 0 or depth < 0:
        return None
    if isinstance(value, str):
        return _storable(value)[:LONGEST_VALUE]
    if isinstance(value, Mapping):
        pairs = ((_storable(str(key))[:80], _value(one, depth - 1, left)) for key, one in value.items())
        return {key: one for key, one in pairs if one is not None}
    if isinstance(value, list | tuple):
        return [made for one in value if (made := _value(one, depth - 1, left)) is not None]
    if isinstance(value, float):
        return value if isfinite(value) else None
    return value if isinstance(value, bool | int) and abs(value) < 2**63 else None


def _storable(text: str) -> str:
    """Without NULs and lone surrogates, which PostgreSQL does not take."""
    return text.replace("\x00", "").encode("utf-8", "ignore").decode()
