"""From a parsed item to a document that can be stored."""

from dataclasses import dataclass

from careerforge.knowledge.models import Document
from careerforge.knowledge.store import Incoming
from connectors.models import Connection
from connectors.parsing.item import Item
from connectors.parsing.json_items import Mapped
from connectors.sources import Body

# What a parser calls it → what the company calls it; everything else is an article.
KINDS = {"posting": Document.Kind.POSTING, "course": Document.Kind.COURSE}
# Facts that belong into the searchable text, in this order.
TOLD = ("company", "location", "salary", "employment_type", "provider", "duration", "level", "price")
LONGEST_ID = 500


@dataclass(frozen=True)
class Counted:
    """Items in, documents out."""

    new: int = 0
    changed: int = 0
    unchanged: int = 0

    def __add__(self, other: "Counted") -> "Counted":
        return Counted(
            self.new + other.new, self.changed + other.changed, self.unchanged + other.unchanged
        )


def mapped(connection: Connection) -> Mapped | None:
    """The connection's own paths into its JSON, if it has any."""
    items = connection.settings.get("items") or None
    fields = connection.settings.get("fields") or {}
    if connection.kind != Connection.Kind.JSON:
        return None
    return Mapped(items=items, fields=fields, base_url=connection.location)


def incoming(item: Item, body: Body) -> Incoming:
    """A document as the knowledge base takes it."""
    known = item.kind if item.kind in Document.Kind.values else KINDS.get(item.kind, Document.Kind.ARTICLE)
    topics = item.facts.get("topics", ())
    return Incoming(
        external_id=external_id(item, body),
        kind=str(known),
        title=item.title[:300],
        text=with_facts(item),
        url=item.url,
        published_at=item.published_at,
        language=(item.language or "en")[:8],
        region=_text(item.facts.get("region", ""))[:40],
        topics=tuple(topics) if isinstance(topics, tuple) else (topics,),
        licence=_text(item.facts.get("licence", ""))[:120],
    )


def external_id(item: Item, body: Body) -> str:
    """The source's own id; in a folder, together with the file it stands in."""
    whole = f"{body.prefix}#{item.external_id}" if body.prefix else item.external_id
    return whole[-LONGEST_ID:]


def with_facts(item: Item) -> str:
    """The item's text, with what its fields say in front: "Company: …"."""
    lines = [f"{name.replace('_', ' ').capitalize()}: {_text(value)}" for name in TOLD if (value := item.facts.get(name))]
    return "\n".join(lines) + ("\n\n" if lines else "") + item.text


def _text(value: str | tuple[str, ...]) -> str:
    return ", ".join(value) if isinstance(value, tuple) else value
