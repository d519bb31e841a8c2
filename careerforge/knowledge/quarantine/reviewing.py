"""Somebody looks at what was held, and lets it in or keeps it out; and may think again."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet
from django.utils.dateparse import parse_datetime

from careerforge.governance import audit
from careerforge.jobs.queue import enqueue
from careerforge.knowledge.documents import duplicates
from careerforge.knowledge.documents.describing import quality_of
from careerforge.knowledge.models import Collection, Document, DocumentVersion
from careerforge.knowledge.quarantine import suspicion
from careerforge.knowledge.search import passages
from careerforge.people.models import User

State = DocumentVersion.State
# What comes with a version beside its text, and waits with it.
_BESIDE = ("url", "region", "topics", "licence")
_READ = ("licence", "region")
_SHOWN = ["title", "kind", "language", "published_at", *_BESIDE, "current_version", "quality"]
# What depends on more than the text, and is not found by looking at it again.
_BEYOND = ("hidden", "sudden")


def release(version: DocumentVersion, by: User, *, kind: str = "") -> bool:
    """The held text becomes the document's current one, and can be found. False when it is held no more.

    Args:
        kind: the role in which somebody acts, for the audit trail.
    """
    with transaction.atomic():
        # First, as whoever stores documents does: they wait for each other here, and nowhere else.
        collection = passages.hold(version.document.collection_id)
        document = _claimed(version, State.HELD, State.RELEASED)
        if document is None:
            return False
        DocumentVersion.objects.filter(pk=version.pk).update(
            described={**version.described, "before": _description(document)}
        )
        _put(collection, document, version, version.described)
        audit.record(by, "document.released", target=document, actor_kind=kind, version=version.number)
    return True


def reject(version: DocumentVersion, by: User, *, kind: str = "") -> bool:
    """The held text stays out for good; what was there before stays. False when it is held no more."""
    with transaction.atomic():
        passages.hold(version.document.collection_id)
        document = _claimed(version, State.HELD, State.REJECTED)
        if document is None:
            return False
        audit.record(by, "document.rejected", target=document, actor_kind=kind, version=version.number)
    return True


def hold_again(version: DocumentVersion, by: User, *, kind: str = "") -> bool:
    """Undo either: the text is held, and what stood there before stands there again.

    False when nothing was decided, or a newer version has come since.
    """
    with transaction.atomic():
        collection = passages.hold(version.document.collection_id)
        newest = decided().filter(pk=version.pk).select_related("document").first()
        if newest is None or _claimed(newest, newest.state, State.HELD) is None:
            return False
        document = newest.document
        if newest.state == State.RELEASED:
            before = newest.described.get("before", {})
            number = before.get("version")
            earlier = document.versions.filter(number=number).first() if number else None
            _put(collection, document, earlier, before)
        audit.record(by, "document.held_again", target=document, actor_kind=kind, version=newest.number)
    return True


def look_again(version: DocumentVersion, by: User, *, kind: str = "") -> bool:
    """Release a held text if the rules of today find nothing in it. False when they do."""
    title = str(version.described.get("title", ""))
    beside = [*version.described.get("topics", ()), *(str(version.described.get(name, "")) for name in _READ)]
    found = [one.as_row() for one in suspicion.suspicions(version.text, title=title, beside=beside)]
    found += [row for row in version.suspicions if row.get("code") in _BEYOND]
    if not found:
        return release(version, by, kind=kind)
    DocumentVersion.objects.filter(pk=version.pk, state=State.HELD).update(suspicions=found)
    return False


def decided() -> QuerySet[DocumentVersion]:
    """Versions that somebody has released or rejected and that are still the newest of their document."""
    newer = DocumentVersion.objects.filter(document=OuterRef("document"), number__gt=OuterRef("number"))
    return DocumentVersion.objects.filter(~Exists(newer), state__in=(State.RELEASED, State.REJECTED))


def readable(person: User) -> set[UUID]:
    """Ids of the collections whose held texts somebody may read: those whose documents they may."""
    return set(Collection.objects.visible_to(person).values_list("pk", flat=True))


def _claimed(version: DocumentVersion, was: str, becomes: str) -> Document | None:
    """The document, if this act was the first to decide. Two at once decide once."""
    if not DocumentVersion.objects.filter(pk=version.pk, state=was).update(state=becomes):
        return None
    return Document.objects.select_related("current_version").get(pk=version.document_id)


def _put(
    collection: Collection, document: Document, version: DocumentVersion | None, described: dict[str, Any]
) -> None:
    """Make a version the current one, with what its source said of it; none takes the document away."""
    passages.retire([document])
    duplicates.let_go([document.pk])
    document.title = str(described.get("title", document.title))
    document.kind = str(described.get("kind", document.kind))
    document.language = str(described.get("language", document.language))
    document.published_at = _moment(described.get("published_at"))
    for name in _BESIDE:
        setattr(document, name, described.get(name, getattr(document, name)))
    document.current_version = version
    document.quality = quality_of(document, version.text) if version else None
    document.same_as = None
    document.save(update_fields=[*_SHOWN, "same_as"])
    if document.gone_at is None:
        passages.show(duplicates.settle(collection, [document]))
    enqueue("knowledge.index", key="all")


def _description(document: Document) -> dict[str, Any]:
    """What :func:`_put` needs to bring it back."""
    published, version = document.published_at, document.current_version
    return {
        **{name: getattr(document, name) for name in _BESIDE},
        "title": document.title,
        "kind": document.kind,
        "language": document.language,
        "published_at": published.isoformat() if published else None,
        "version": version.number if version else None,
    }


def _moment(text: object) -> datetime | None:
    return parse_datetime(text) if isinstance(text, str) else None
