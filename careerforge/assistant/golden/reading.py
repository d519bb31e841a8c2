"""The golden set as it is read: the questions that can be asked, and passages for who may see them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Exists, F, OuterRef
from django.db.models.functions import Substr

from careerforge.assistant.golden.asking import Span
from careerforge.assistant.models import GoldenPassage, GoldenQuestion
from careerforge.knowledge.models import Document, DocumentVersion
from careerforge.people.models import User

State = DocumentVersion.State
READABLE = (State.CLEAR, State.RELEASED)
# More questions prove no more, and each costs two answers.
MOST = 500


@dataclass(frozen=True, slots=True)
class Shown:
    """A passage as a page shows it; without words and title for who may not read its document."""

    title: str = ""
    text: str = ""
    document: UUID | None = None
    number: int = 0
    start: int = 0
    end: int = 0

    @property
    def is_open(self) -> bool:
        """Whether its reader may see it."""
        return self.document is not None


def askable() -> list[GoldenQuestion]:
    """The questions that are not retired and whose sources are still there, oldest first, without their
    passages: one query. Of a set that has grown beyond :data:`MOST` the newest are asked.
    """
    there = GoldenPassage.objects.filter(golden=OuterRef("pk"), document__gone_at=None)
    rows = GoldenQuestion.objects.filter(Exists(there), retired_at=None).only(
        "function", "about", "marked_at"
    )
    return sorted(rows.order_by("-marked_at", "pk")[:MOST], key=lambda row: (row.marked_at, row.pk))


def right_spans(questions: Iterable[UUID]) -> dict[UUID, tuple[Span, ...]]:
    """The right passages of questions, with their words: to compare with, never to show."""
    rows = GoldenPassage.objects.filter(golden__in=list(questions), document__gone_at=None)
    found: dict[UUID, tuple[Span, ...]] = {}
    words: Any = Substr("version__text", F("start") + 1, F("end") - F("start"))
    for row in rows.annotate(words=words).order_by("position"):
        span = Span(row.document_id, row.version_id, row.start, row.end, row.words)
        found[row.golden_id] = (*found.get(row.golden_id, ()), span)
    return found


def shown(spans: Sequence[Span], reader: User) -> list[Shown]:
    """Spans for a reader, in their order: two queries for all of them."""
    versions = opened(spans, reader)
    return [shown_one(span, versions) for span in spans]


def opened(spans: Iterable[Span], reader: User) -> Mapping[UUID, DocumentVersion]:
    """The versions behind spans that a reader may open."""
    ids = {span.version for span in spans}
    visible = Document.objects.visible_to(reader)
    rows = DocumentVersion.objects.filter(pk__in=ids, document__in=visible, state__in=READABLE)
    return {row.pk: row for row in rows.select_related("document")}


def shown_one(span: Span, versions: Mapping[UUID, DocumentVersion]) -> Shown:
    """One span, when its version is among those that may be opened."""
    row = versions.get(span.version)
    if row is None:
        return Shown()
    text = row.text[span.start : span.end]
    return Shown(row.document.title, text, row.document_id, row.number, span.start, span.end)
