"""Which passages that were given out earlier somebody may still read: looked up each time they are shown."""

from collections.abc import Collection

from django.db.models import Exists, OuterRef, Q

from careerforge.knowledge.models import Chunk, Document, DocumentQuerySet, DocumentVersion
from careerforge.people.models import User

State = DocumentVersion.State
READABLE = (State.CLEAR, State.RELEASED)
_BANDS = ("one", "two", "three", "four")


def still_open(reader: User, chunks: Collection[int]) -> set[int]:
    """Which of some passages the reader may open now. No query for none.

    Left out are those of documents that are closed to the reader, held for review, or gone from their source,
    unless another origin of the same text still has the passage, word for word. A version that a newer one
    has replaced may be read on.
    """
    if not chunks:
        return set()
    visible = Document.objects.visible_to(reader)
    rows = Chunk.objects.filter(
        Q(document__gone_at=None) | Exists(elsewhere(visible, "")),
        pk__in=chunks,
        document__in=visible,
        version__state__in=READABLE,
    )
    return set(rows.values_list("pk", flat=True))


def elsewhere(visible: DocumentQuerySet, chunk: str) -> DocumentQuerySet:
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
