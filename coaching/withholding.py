"""What of an answer given earlier its reader may still see: looked up each time it is shown."""

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef

from careerforge.knowledge.models import Document, DocumentVersion
from careerforge.people.models import User
from coaching.models import AdviceSource

State = DocumentVersion.State


def open_to(reader: User) -> ArraySubquery:
    """The passages behind an advice that the reader may open now: ids, to annotate rows of advice with.

    Left out are those of documents that are closed to the reader, gone from their source, or held for review.
    A version that a newer one has replaced may be read on.
    """
    documents = Document.objects.visible_to(reader).current()
    sources = AdviceSource.objects.filter(
        advice=OuterRef("pk"),
        chunk__document__in=documents,
        chunk__version__state__in=(State.CLEAR, State.RELEASED),
    )
    return ArraySubquery(sources.values("chunk_id"))
