"""What a source says beside a document's text: masked, compared, taken over, and worth so much."""

from collections.abc import Mapping
from typing import Any

from careerforge.gateway.redact import Directory
from careerforge.knowledge.documents import quality
from careerforge.knowledge.documents.incoming import Incoming
from careerforge.knowledge.documents.unnamed import description
from careerforge.knowledge.models import Document
from careerforge.knowledge.quarantine import suspicion

FIELDS = ("url", "region", "topics", "licence")


def said_of(document: Document | None, item: Incoming, directory: Directory) -> dict[str, Any]:
    """What the source says beside the text, and nobody named; topics stay where it names none."""
    said = {"url": item.url, "region": item.region, "topics": list(item.topics), "licence": item.licence}
    # What stands there already names nobody.
    new = {name: value for name, value in said.items() if getattr(document, name, None) != value}
    told = {**said, **description(new, directory)}
    if not told["topics"] and document is not None:
        told["topics"] = list(document.topics)
    return told


def describe(document: Document, said: Mapping[str, Any]) -> bool:
    """Set what needs no new version; True when it differs. What reads like an order is not taken over."""
    changed = {name: value for name, value in said.items() if getattr(document, name) != value}
    if document.current_version_id and suspicion.suspicions("", beside=words(changed)):
        return False
    for name, value in changed.items():
        setattr(document, name, value)
    return bool(changed)


def words(said: Mapping[str, Any]) -> list[str]:
    """What there is to read beside title and text."""
    return [*said.get("topics", ()), str(said.get("licence", "")), str(said.get("region", ""))]


def quality_of(document: Document, text: str) -> float:
    """:func:`quality.score` of a document with this text."""
    return quality.score(quality_points(document, text))


def quality_points(document: Document, text: str) -> list[quality.Point]:
    """The lines of that sum."""
    return quality.points(
        text,
        url=document.url,
        published_at=document.published_at,
        licence=document.licence,
        language=document.language,
    )


def as_held(item: Incoming, title: str, said: Mapping[str, Any]) -> dict[str, Any]:
    published = item.published_at.isoformat() if item.published_at else None
    told = {name: value for name, value in said.items() if name != "topics" or value}
    return {
        **told, "title": title, "kind": item.kind, "language": item.language or "und",
        "published_at": published,
    }  # fmt: skip
