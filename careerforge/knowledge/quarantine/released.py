"""Texts that people rely on: what somebody has released stays so, and what has stood is compared with."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet

from careerforge.knowledge.models import Document, DocumentVersion
from careerforge.knowledge.quarantine import suspicion
from careerforge.knowledge.quarantine.suspicion import Found

_NOT_READ = (DocumentVersion.State.HELD, DocumentVersion.State.REJECTED)


def trusted(documents: Iterable[Document]) -> dict[UUID, set[str]]:
    """Marks of the words that were released in any version, by document. One query."""
    rows = DocumentVersion.objects.filter(document__in=documents, state=DocumentVersion.State.RELEASED)
    marks = defaultdict[UUID, set[str]](set)
    for document, found in rows.values_list("document", "suspicions"):
        marks[document] |= {mark for row in found if (mark := Found.of(row).mark)}
    return marks


def steady_texts(versions: QuerySet[DocumentVersion], now: datetime) -> dict[UUID, str]:
    """The text, by document, that people have come to rely on. Two queries."""
    accepted = versions.exclude(state__in=_NOT_READ).order_by("number")
    rows = defaultdict[UUID, list[suspicion.Accepted]](list)
    for document, key, made_at, state in accepted.values_list("document", "pk", "made_at", "state"):
        rows[document].append(suspicion.Accepted(key, made_at, state))
    keys = [found for some in rows.values() if (found := suspicion.relied_on(some, now))]
    return dict(versions.filter(pk__in=keys).values_list("document", "text"))
