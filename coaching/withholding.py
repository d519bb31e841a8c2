"""What of an answer given earlier its reader may still see: looked up each time it is shown."""

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Exists, OuterRef, Q

from careerforge.knowledge.models import Document, DocumentQuerySet, DocumentVersion
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
        Q(chunk__document__gone_at=None) | Exists(_elsewhere(visible)),
        advice=OuterRef("pk"),
        chunk__document__in=visible,
        chunk__version__state__in=READABLE,
    )
    return ArraySubquery(sources.values("chunk_id"))


def _elsewhere(visible: DocumentQuerySet) -> DocumentQuerySet:
    """Documents like the one of a source that are still there and hold the passage that was quoted."""
    alike = Q()
    for band in _BANDS:
        alike |= Q(**{f"sketch__{band}": OuterRef(f"chunk__document__sketch__{band}")})
    return (
        visible.current()
        .filter(alike, current_version__state__in=READABLE)
        .filter(current_version__text__contains=OuterRef("chunk__text"))
        .exclude(pk=OuterRef("chunk__document"))
    )
