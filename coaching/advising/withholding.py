"""What of an answer given earlier its reader may still see: looked up each time it is shown."""

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Exists, OuterRef, Q

from careerforge.knowledge.models import Document
from careerforge.knowledge.withholding import READABLE, elsewhere, still_open
from careerforge.people.models import User
from coaching.models import AdviceSource

__all__ = ["open_to", "still_open"]


def open_to(reader: User) -> ArraySubquery:
    """The passages behind an advice that the reader may open now: ids, to annotate rows of advice with.

    By the rule of :func:`still_open`.
    """
    visible = Document.objects.visible_to(reader)
    sources = AdviceSource.objects.filter(
        Q(chunk__document__gone_at=None) | Exists(elsewhere(visible, "chunk__")),
        advice=OuterRef("pk"),
        chunk__document__in=visible,
        chunk__version__state__in=READABLE,
    )
    return ArraySubquery(sources.values("chunk_id"))
