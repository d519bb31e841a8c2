"""What a search hands on: a piece of a document and where it stands."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID


@dataclass(frozen=True, slots=True)
class Why:
    """What a passage's place in a search was counted from.

    Attributes:
        words: BM25; None where the words alone would not have brought it up.
        meaning: cosine, -1 to 1; None where the meaning alone would not have.
        relevance: both together, 0 to 1, where 1 is the best of this search.
        freshness: 1 for what is new or does not age, else falling towards 0.
        trust: of its source, 0 to 1.
        toward: how much it speaks of the asker's skills and target, 0 to 1.
    """

    words: float | None
    meaning: float | None
    relevance: float
    freshness: float
    trust: float
    toward: float


@dataclass(frozen=True, slots=True)
class Passage:
    """A chunk that was found.

    Attributes:
        chunk_id: id of the chunk.
        document_id: id of the document.
        version_id: id of the document's version the offsets belong to.
        title: title of the document.
        url: where it came from; empty for documents without an address.
        published_at: aware; None when unknown.
        kind: kind of document.
        text: the chunk's text.
        start: offset of its first character in the version's text.
        end: offset behind its last character.
        score: how well it fits the query; only comparable within one search.
        heading: the headings above the chunk, outermost first.
        why: how the score was counted; None for what no search has found.
    """

    chunk_id: int
    document_id: UUID
    version_id: UUID
    title: str
    url: str
    published_at: datetime | None
    kind: str
    text: str
    start: int
    end: int
    score: float
    heading: str
    why: Why | None = None
