"""Which passages a reader may open now, as a condition on rows that stand on one."""

from django.db.models import Exists, Q

from careerforge.knowledge.models import Document
from careerforge.knowledge.withholding import READABLE, elsewhere
from careerforge.people.models import User


def open_to(reader: User, chunk: str = "chunk__") -> Q:
    """By the rule of :func:`careerforge.knowledge.withholding.still_open`.

    Args:
        chunk: the way from the row to its passage.
    """
    visible = Document.objects.visible_to(reader)
    there = Q(**{f"{chunk}document__gone_at": None}) | Exists(elsewhere(visible, chunk))
    readable = Q(**{f"{chunk}document__in": visible, f"{chunk}version__state__in": READABLE})
    return there & readable
