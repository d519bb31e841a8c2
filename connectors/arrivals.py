"""From a parsed item to a document that can be stored."""

from collections.abc import Iterable
from dataclasses import replace

from careerforge.knowledge.models import Document
from careerforge.knowledge.store import Incoming
from connectors.bodies import Body
from connectors.models import Connection
from connectors.parsing.canonical import content_hash
from connectors.parsing.item import Item
from connectors.parsing.json_items import Mapped
from connectors.sources import without_query

# What a parser calls it → what the company calls it; everything else is an article.
KINDS = {"posting": Document.Kind.POSTING, "course": Document.Kind.COURSE}
# Facts that belong into the searchable text, in this order.
TOLD = ("company", "location", "salary", "employment_type", "provider", "duration", "level", "price")


def mapped(connection: Connection) -> Mapped | None:
    """The connection's own paths into its JSON, if it is one."""
    if connection.kind != Connection.Kind.JSON:
        return None
    items, fields = connection.settings.get("items"), connection.settings.get("fields")
    return Mapped(items=items or None, fields=fields or {}, base_url=without_query(connection))


def incoming(item: Item, body: Body) -> Incoming:
    """A document as the knowledge base takes it."""
    known = item.kind if item.kind in Document.Kind.values else KINDS.get(item.kind, Document.Kind.ARTICLE)
    text = with_facts(item)
    topics = item.facts.get("topics", ())
    return Incoming(
        external_id=f"{body.prefix}#{item.external_id}" if body.prefix else item.external_id,
        kind=str(known),
        title=item.title,
        text=text,
        url=item.url,
        published_at=item.published_at,
        language=item.language or "en",
        region=_text(item.facts.get("region", "")),
        topics=topics if isinstance(topics, tuple) else (topics,),
        licence=_text(item.facts.get("licence", "")),
        # Signed links change at every fetch, and a date in the future is moved to now at every fetch.
        fingerprint=content_hash(replace(item, text=text), b"canonical"),
    )


def with_facts(item: Item) -> str:
    """The item's text, with what its fields say in front: "Company: …"."""
    lines = [f"{_words(name)}: {_text(value)}" for name in TOLD if (value := item.facts.get(name))]
    return "\n".join(lines) + ("\n\n" if lines else "") + item.text


def _words(name: str) -> str:
    return name.replace("_", " ").capitalize()


def _text(value: str | Iterable[str]) -> str:
    return value if isinstance(value, str) else ", ".join(value)
