"""Somebody looks at what was held, and lets it in or keeps it out."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.dateparse import parse_datetime

from careerforge.governance import audit
from careerforge.jobs.queue import enqueue
from careerforge.knowledge import duplicates, passages
from careerforge.knowledge.models import Collection, Document, DocumentVersion
from careerforge.knowledge.store import quality_of
from careerforge.people.models import User

State = DocumentVersion.State


def release(version: DocumentVersion, by: User, *, kind: str = "") -> bool:
    """The held text becomes the document's current one, and can be found. False when it is held no more.

    Args:
        kind: the role in which somebody acts, for the audit trail.
    """
    with transaction.atomic():
        # First, as whoever stores documents does: they wait for each other here, and nowhere else.
        collection = passages.hold(version.document.collection_id)
        document = _claimed(version, State.RELEASED)
        if document is None:
            return False
        passages.retire([document])
        duplicates.let_go([document.pk])
        _describe(document, version)
        document.save(
            update_fields=["title", "kind", "language", "published_at", "current_version", "quality"]
        )
        if document.gone_at is None:
            passages.show(duplicates.settle(collection, [document]))
        audit.record(by, "document.released", target=document, actor_kind=kind, version=version.number)
        enqueue("knowledge.index", key="all")
    return True


def reject(version: DocumentVersion, by: User, *, kind: str = "") -> bool:
    """The held text stays out for good; what was there before stays. False when it is held no more."""
    with transaction.atomic():
        passages.hold(version.document.collection_id)
        document = _claimed(version, State.REJECTED)
        if document is None:
            return False
        audit.record(by, "document.rejected", target=document, actor_kind=kind, version=version.number)
    return True


def _claimed(version: DocumentVersion, state: str) -> Document | None:
    """The document, if this act was the first to decide. Two at once decide once."""
    rows = DocumentVersion.objects.filter(pk=version.pk, state=State.HELD)
    if not rows.update(state=state):
        return None
    return Document.objects.select_related("current_version").get(pk=version.document_id)


def _describe(document: Document, version: DocumentVersion) -> None:
    described = version.described
    document.title = str(described.get("title", document.title))
    document.kind = str(described.get("kind", document.kind))
    document.language = str(described.get("language", document.language))
    document.published_at = _moment(described.get("published_at"))
    document.current_version = version
    document.quality = quality_of(document, version.text)


def _moment(text: object) -> datetime | None:
    return parse_datetime(text) if isinstance(text, str) else None


def readable(person: User) -> set[UUID]:
    """Ids of the collections whose held texts somebody may read: those whose documents they may."""
    return set(Collection.objects.visible_to(person).values_list("pk", flat=True))
