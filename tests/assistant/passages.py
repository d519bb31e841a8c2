"""Passages as a search would hand them over."""

from datetime import UTC, datetime
from uuid import UUID

from careerforge.knowledge.passage import Passage


def passage(text: str, number: int = 1, title: str = "", start: int = 0, heading: str = "") -> Passage:
    """A passage of document ``number``, which begins at character ``start`` of its version."""
    return Passage(
        chunk_id=number,
        document_id=UUID(int=number),
        version_id=UUID(int=number + 100),
        title=title,
        url=f"https://example.org/{number}",
        published_at=datetime(2026, 11, 1, tzinfo=UTC),
        kind="article",
        text=text,
        start=start,
        end=start + len(text),
        score=1.0,
        heading=heading,
    )
