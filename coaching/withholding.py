"""What of an answer given earlier its reader may still see: looked up each time it is shown."""

from collections.abc import Collection

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Exists, OuterRef, Q

from careerforge.knowledge.models import Chunk, Document, DocumentQuerySet, DocumentVersion
from careerforge.people.models import User
from coaching.models import AdviceSource

State = DocumentVersion.State
READABLE = (State.CLEAR, State.RELEASED)
_BANDS = ("one", "two", "three", "four")


def open_to(reader: User) -> ArraySubquery:
    """The passages behind an advice that the reader may open now: ids, to annotate rows of advice with.

    Left out are those of documents that are closed to the reader, held for review, or gone from their source,
    unless another origin of the same text still has the passage, word for word. A version that a newer one
    has replaced may be read on.
    """
    visible = Document.objects.visible_to(reader)
    sources = AdviceSource.objects.filter(
        Q(chunk__document__gone_at=None) | Exists(_elsewhere(visible, "chunk__")),
        advice=OuterRef("pk"),
        chunk__document__in=visible,
        chunk__version__state__in=READABLE,
    )
    return ArraySubquery(sources.values("chunk_id"))


def still_open(reader: User, chunks: Collection[int]) -> set[int]:
    """Which of some passages the reader may open now, by the same rule. No query for none."""
    if not chunks:
        return set()
    visible = Document.objects.visible_to(reader)
    rows = Chunk.objects.filter(
        Q(document__gone_at=None) | Exists(_elsewhere(visible, "")),
        pk__in=chunks,
        document__in=visible,
        version__state__in=READABLE,
    )
    return set(rows.values_list("pk", flat=True))


def _elsewhere(visible: DocumentQuerySet, chunk: str) -> DocumentQuerySet:
    """Documents like the one of a passage that are still there and hold it.

    Args:
        chunk: the way from the outer row to the passage, such as ``"chunk__"``.
    """
    alike = Q()
    for band in _BANDS:
        alike |= Q(**{f"sketch__{band}": OuterRef(f"{chunk}document__sketch__{band}")})
    return (
        visible.current()
        .filter(alike, current_version__state__in=READABLE)
        .filter(current_version__text__contains=OuterRef(f"{chunk}text"))
        .exclude(pk=OuterRef(f"{chunk}document"))
    )
