"""What somebody has looked at and released: it stays so when the rest of the document changes."""

from collections import defaultdict
from collections.abc import Iterable
from uuid import UUID

from careerforge.knowledge.models import Document, DocumentVersion
from careerforge.knowledge.quarantine.suspicion import Found


def trusted(documents: Iterable[Document]) -> dict[UUID, set[str]]:
    """Marks of the words that were released in any version, by document. One query."""
    rows = DocumentVersion.objects.filter(document__in=documents, state=DocumentVersion.State.RELEASED)
    marks = defaultdict[UUID, set[str]](set)
    for document, found in rows.values_list("document", "suspicions"):
        marks[document] |= {mark for row in found if (mark := Found.of(row).mark)}
    return marks
