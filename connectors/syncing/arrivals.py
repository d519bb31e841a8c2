"""From a parsed item to a document that can be stored."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from careerforge.knowledge.documents.facts import to_json
from careerforge.knowledge.documents.store import Incoming
from careerforge.knowledge.models import Document
from connectors.kinds.kind import Body
from connectors.parsing.canonical import content_hash
from connectors.parsing.details import details
from connectors.parsing.item import Item

# What a parser calls it → what the company calls it; everything else is an article.
KINDS = {"posting": Document.Kind.POSTING, "course": Document.Kind.COURSE}
# Facts that belong into the searchable text, in this order.
TOLD = ("company", "location", "salary", "employment_type", "provider", "duration", "level", "price")


def identity(external_id: str, body: Body) -> str:
    """An entry's id as its document has it: ids of different files are kept apart."""
    return f"{body.prefix}#{external_id}" if body.prefix else external_id


def incoming(item: Item, body: Body) -> Incoming:
    """A document as the knowledge base takes it."""
    known = item.kind if item.kind in Document.Kind.values else KINDS.get(item.kind, Document.Kind.ARTICLE)
    text = with_facts(item)
    topics = item.facts.get("topics", ())
    facts = to_json(found) if (found := details(item)) else {}
    return Incoming(
        external_id=identity(item.external_id, body),
        kind=str(known),
        title=item.title,
        text=text,
        url=item.url,
        published_at=item.published_at,
        language=item.language or "en",
        region=_text(item.facts.get("region", "")),
        topics=topics if isinstance(topics, tuple) else (topics,),
        licence=_text(item.facts.get("licence", "")),
        facts=facts,
        hidden=item.hidden,
        fingerprint=_fingerprint(replace(item, text=text), facts),
    )


def _fingerprint(item: Item, facts: Mapping[str, Any]) -> str:
    """What makes it another version: its content and its facts.

    Signed links change at every fetch, a date in the future is moved to now at every fetch, and some boards
    say of every opening that it closes in thirty days: none of these makes a new version.
    """
    lasting = {name: value for name, value in facts.items() if name != "valid_through"}
    told = json.dumps(lasting, sort_keys=True) if lasting else ""
    return content_hash(item, b"canonical") + told


def with_facts(item: Item) -> str:
    """The item's text, with what its fields say in front: "Company: …"."""
    lines = [f"{_words(name)}: {_text(value)}" for name in TOLD if (value := item.facts.get(name))]
    return "\n".join(lines) + ("\n\n" if lines else "") + item.text


def _words(name: str) -> str:
    return name.replace("_", " ").capitalize()


def _text(value: str | Iterable[str]) -> str:
    return value if isinstance(value, str) else ", ".join(value)
