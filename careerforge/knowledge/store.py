"""Items of a source become documents with versions. The only way text gets in."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from uuid import uuid4

from careerforge.gateway import company
from careerforge.gateway.redact import Directory, mask
from careerforge.jobs.queue import enqueue
from careerforge.knowledge import passages
from careerforge.knowledge.incoming import Incoming, cleaned, content_hash
from careerforge.knowledge.models import Collection, Document, DocumentVersion

__all__ = ["Incoming", "Outcome", "Stored", "mark_gone", "store", "store_many"]

BATCH = 100
_CONTENT = ("kind", "title", "language", "published_at")
_DESCRIPTION = ("url", "region", "topics", "licence")


class Outcome(StrEnum):
    """What became of an item."""

    NEW = "new"
    CHANGED = "changed"
    UNCHANGED = "unchanged"


@dataclass(frozen=True)
class Stored:
    """One item's outcome and its document."""

    outcome: Outcome
    document: Document


def store(collection: Collection, incoming: Incoming, now: datetime) -> Stored:
    """Store one item; see :func:`store_many`."""
    return store_many(collection, [incoming], now)[0]


def store_many(
    collection: Collection, items: Iterable[Incoming], now: datetime, *, directory: Directory | None = None
) -> list[Stored]:
    """Store items in the open transaction; an id that comes twice is stored once, as it came last.

    A document is its (collection, external id); a new content hash makes a new version, whose names of the
    directory are masked. Its passages can be found by word at once, and by meaning after the
    ``knowledge.index`` job, which is queued here. An unchanged item only says when it was last seen.

    Args:
        directory: whom to mask; the organisation's own people unless given.
    """
    everybody = directory if directory is not None else company.directory()
    stored: list[Stored] = []
    for some in _batched([cleaned(item) for item in items]):
        stored += _Batch(collection, some, now, everybody).stored()
    if any(one.outcome is not Outcome.UNCHANGED for one in stored):
        enqueue("knowledge.index", key="all")
    return stored


def mark_gone(documents: Iterable[Document], now: datetime) -> int:
    """Documents of one collection that are gone: out of every search, still readable where cited."""
    current = [document for document in documents if document.gone_at is None]
    if current:
        passages.hold(current[0].collection_id)
        passages.retire(current)
        Document.objects.filter(pk__in=[document.pk for document in current]).update(gone_at=now)
    return len(current)


def _batched(items: Sequence[Incoming]) -> Iterable[Sequence[Incoming]]:
    return (items[start : start + BATCH] for start in range(0, len(items), BATCH))


@dataclass
class _Batch:
    """Up to a hundred items, stored with a number of queries that does not depend on how many they are."""

    collection: Collection
    items: Sequence[Incoming]
    now: datetime
    directory: Directory
    outcomes: dict[str, Outcome] = field(default_factory=dict)

    def stored(self) -> list[Stored]:
        """Decide, then write."""
        passages.hold(self.collection.pk)
        self.known = self._known()
        latest = {item.external_id: item for item in self.items}
        hashes = {item.external_id: content_hash(item) for item in latest.values()}
        self.outcomes = {key: self._outcome(key, digest) for key, digest in hashes.items()}
        self._seen([item for key, item in latest.items() if self.outcomes[key] is Outcome.UNCHANGED])
        self._write(
            [item for key, item in latest.items() if self.outcomes[key] is not Outcome.UNCHANGED], hashes
        )
        return [Stored(self.outcomes[item.external_id], self.known[item.external_id]) for item in self.items]

    def _known(self) -> dict[str, Document]:
        keys = [item.external_id for item in self.items]
        rows = Document.objects.filter(collection=self.collection, external_id__in=keys)
        # The text itself is not needed to see that it is the same.
        rows = rows.select_related("current_version").defer("current_version__text")
        return {document.external_id: document for document in rows}

    def _outcome(self, key: str, digest: str) -> Outcome:
        document = self.known.get(key)
        if document is None:
            return Outcome.NEW
        version = document.current_version
        return Outcome.UNCHANGED if version and version.content_hash == digest else Outcome.CHANGED

    def _seen(self, items: Sequence[Incoming]) -> None:
        """Unchanged ones: seen now, no longer gone, described anew if that has changed."""
        documents = [self.known[item.external_id] for item in items]
        passages.revive([document for document in documents if document.gone_at])
        described = [
            document
            for item, document in zip(items, documents, strict=True)
            if self._describe(document, item)
        ]
        if described:
            Document.objects.bulk_update(described, _DESCRIPTION)
        keys = [document.pk for document in documents]
        Document.objects.filter(pk__in=keys).update(fetched_at=self.now, gone_at=None)

    def _write(self, items: Sequence[Incoming], hashes: dict[str, str]) -> None:
        before = [self.known[item.external_id] for item in items if item.external_id in self.known]
        passages.retire(before)
        documents = [self._document(item) for item in items]
        new = [document for document in documents if self.outcomes[document.external_id] is Outcome.NEW]
        versions = [self._version(self.known[item.external_id], item, hashes) for item in items]
        Document.objects.bulk_create(new)
        DocumentVersion.objects.bulk_create(versions)
        fields = [*_CONTENT, *_DESCRIPTION, "fetched_at", "gone_at", "current_version"]
        if before:
            Document.objects.bulk_update(before, fields)
        passages.write(documents)

    def _document(self, item: Incoming) -> Document:
        """The row as it will be, known or new."""
        document = self.known.get(item.external_id)
        if document is None:
            document = Document(id=uuid4(), collection=self.collection, external_id=item.external_id)
            self.known[item.external_id] = document
        document.kind = item.kind
        document.title = mask(item.title, self.directory)[:300]
        document.language = item.language or "und"
        document.published_at = item.published_at
        document.fetched_at, document.gone_at = self.now, None
        self._describe(document, item)
        return document

    def _describe(self, document: Document, item: Incoming) -> bool:
        """Set what needs no new version; True when it differs. An address that names somebody is left out."""
        url = item.url if mask(item.url, self.directory) == item.url else ""
        values = {"url": url, "region": item.region, "topics": list(item.topics), "licence": item.licence}
        changed = any(getattr(document, name) != value for name, value in values.items())
        for name, value in values.items():
            setattr(document, name, value)
        return changed

    def _version(self, document: Document, item: Incoming, hashes: dict[str, str]) -> DocumentVersion:
        last = document.current_version
        document.current_version = DocumentVersion(
            document=document,
            number=last.number + 1 if last else 1,
            content_hash=hashes[item.external_id],
            text=mask(item.text, self.directory),
        )
        return document.current_version
