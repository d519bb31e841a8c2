"""Items of a source become documents with versions. The only way text gets in."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID, uuid4

from django.db.models import Max

from careerforge.gateway import company
from careerforge.gateway.redact import Directory, mask
from careerforge.jobs.queue import enqueue
from careerforge.knowledge.documents import duplicates, topics
from careerforge.knowledge.documents.describing import FIELDS, as_held, describe, quality_of, said_of, words
from careerforge.knowledge.documents.incoming import Incoming, cleaned, content_hash
from careerforge.knowledge.documents.unnamed import hidden_identity, identity, masked_facts
from careerforge.knowledge.models import Collection, Document, DocumentVersion
from careerforge.knowledge.quarantine import released, suspicion
from careerforge.knowledge.search import passages

__all__ = ["Incoming", "Outcome", "Stored", "mark_gone", "mark_seen", "store", "store_many"]

BATCH = 100
_CONTENT = ("kind", "title", "language", "published_at")
_STATE = ("fetched_at", "gone_at", "current_version", "content_hash", "quality", "waits")
HELD, REJECTED = DocumentVersion.State.HELD, DocumentVersion.State.REJECTED


class Outcome(StrEnum):
    """What became of an item."""

    NEW = "new"
    CHANGED = "changed"
    UNCHANGED = "unchanged"


@dataclass(frozen=True)
class Stored:
    """One item's outcome and its document.

    Attributes:
        is_held: what came waits for somebody to look at it; what was there before stays.
    """

    outcome: Outcome
    document: Document
    is_held: bool = False


def store(collection: Collection, incoming: Incoming, now: datetime) -> Stored:
    """Store one item; see :func:`store_many`."""
    return store_many(collection, [incoming], now)[0]


def store_many(
    collection: Collection, items: Iterable[Incoming], now: datetime, *, directory: Directory | None = None
) -> list[Stored]:
    """Store items in the open transaction; an id that comes twice is stored once, as it came last.

    A document is its (collection, external id); a new content hash makes a new version, whose names of the
    directory are masked. Its passages can be found by word at once, and by meaning after the
    ``knowledge.index`` job, which is queued here. A text that is like another of the same audience is one
    more origin of that document; one that looks like an attack is held for review, and what was there before
    stays. For an unchanged item no row is written.

    Args:
        directory: whom to mask; the organisation's own people unless given.
    """
    everybody = directory if directory is not None else company.directory()
    stored: list[Stored] = []
    for some in _batched([cleaned(item) for item in items]):
        stored += _Batch(collection, some, now, everybody).stored()
    if any(one.outcome is not Outcome.UNCHANGED and not one.is_held for one in stored):
        enqueue("knowledge.index", key="all")
    return stored


def mark_gone(documents: Iterable[Document], now: datetime) -> int:
    """Documents of one collection that are gone: out of every search, still readable where cited.

    Those that say the same from another origin take their place.
    """
    current = [document for document in documents if document.gone_at is None]
    keys = [document.pk for document in current]
    if current:
        passages.hold(current[0].collection_id)
        passages.retire(current)
        Document.objects.filter(pk__in=keys).update(gone_at=now, same_as=None, waits=False)
        duplicates.let_go(keys)
    return len(current)


def mark_seen(collection: UUID, now: datetime) -> None:
    """A source was read to its end: what is current in this collection was there. Once per run."""
    Collection.objects.filter(pk=collection).update(seen_at=now)


def _batched(items: Sequence[Incoming]) -> Iterable[Sequence[Incoming]]:
    return (items[start : start + BATCH] for start in range(0, len(items), BATCH))


@dataclass(frozen=True)
class _Arrival:
    """A new or changed item, and the version it makes."""

    item: Incoming
    title: str
    version: DocumentVersion
    said: Mapping[str, Any]

    @property
    def is_held(self) -> bool:
        """Something about it is suspicious."""
        return bool(self.version.suspicions)


@dataclass
class _Batch:
    """Up to a hundred items, stored with a number of queries that does not depend on how many they are."""

    collection: Collection
    items: Sequence[Incoming]
    now: datetime
    directory: Directory
    outcomes: dict[str, Outcome] = field(default_factory=dict)
    held: set[str] = field(default_factory=set)

    def stored(self) -> list[Stored]:
        """Decide, then write."""
        self.collection = passages.hold(self.collection.pk)
        self._identify()
        latest = {item.external_id: item for item in self.items}
        self.hashes = {item.external_id: content_hash(item) for item in latest.values()}
        self.outcomes = {key: self._outcome(key, digest) for key, digest in self.hashes.items()}
        same = [item for key, item in latest.items() if self.outcomes[key] is Outcome.UNCHANGED]
        fresh = [item for key, item in latest.items() if self.outcomes[key] is not Outcome.UNCHANGED]
        self._keep(same)
        if fresh:
            self._write(fresh)
        return [self._told(item.external_id) for item in self.items]

    def _told(self, key: str) -> Stored:
        return Stored(self.outcomes[key], self.known[key], key in self.held)

    def _identify(self) -> None:
        """Find the documents of the items. An id that names somebody is replaced by what stands for it, and
        stays replaced when that person is in the directory no more.
        """
        hidden = {item.external_id: hidden_identity(item.external_id) for item in self.items}
        self.known = self._known([*hidden, *hidden.values()])
        names = {
            key: instead if instead in self.known else identity(key, self.directory)
            for key, instead in hidden.items()
        }
        self.items = [replace(item, external_id=names[item.external_id]) for item in self.items]
        renamed = [key for key, name in names.items() if key in self.known and name not in self.known]
        for key in renamed:
            document = self.known[names[key]] = self.known.pop(key)
            document.external_id = names[key]
        if renamed:
            Document.objects.bulk_update([self.known[names[key]] for key in renamed], ["external_id"])

    def _known(self, keys: Sequence[str]) -> dict[str, Document]:
        rows = Document.objects.filter(collection=self.collection, external_id__in=keys)
        # The text itself is not needed to see that it is the same.
        rows = rows.select_related("current_version")
        rows = rows.defer("current_version__text", "current_version__facts")
        return {document.external_id: document for document in rows}

    def _outcome(self, key: str, digest: str) -> Outcome:
        document = self.known.get(key)
        if document is None:
            return Outcome.NEW
        version = document.current_version
        known = document.content_hash or (version.content_hash if version else "")
        return Outcome.UNCHANGED if known == digest else Outcome.CHANGED

    def _keep(self, items: Sequence[Incoming]) -> None:
        """Unchanged ones: no longer gone, described anew if that has changed, else left alone.

        What came with a text that somebody has to look at, or has refused, waits with it.
        """
        documents = [self.known[item.external_id] for item in items]
        described = [
            document
            for item, document in zip(items, documents, strict=True)
            if _is_published(document) and describe(document, said_of(document, item, self.directory))
        ]
        if described:
            Document.objects.bulk_update(described, FIELDS)
        self._bring_back([document for document in documents if document.gone_at])

    def _bring_back(self, documents: Sequence[Document]) -> None:
        """Documents that are at their source again, with the text they had."""
        keys = [document.pk for document in documents]
        if not keys:
            return
        Document.objects.filter(pk__in=keys).update(gone_at=None)
        for document in documents:
            document.gone_at = None
        rows = list(Document.objects.filter(pk__in=keys).select_related("current_version"))
        passages.show(duplicates.settle(self.collection, rows))

    def _write(self, items: Sequence[Incoming]) -> None:
        before = [self.known[item.external_id] for item in items if item.external_id in self.known]
        self._read_last(before)
        arrivals = [self._arrival(item) for item in items]
        self.held = {one.item.external_id for one in arrivals if one.is_held}
        changing = [one for one in before if one.external_id not in self.held]
        back = [one for one in before if one.gone_at and one.external_id in self.held]
        passages.retire(changing)
        documents = [self._document(one) for one in arrivals]
        self._name_topics(arrivals, documents)
        Document.objects.bulk_create([one for one in documents if one._state.adding])
        DocumentVersion.objects.bulk_create([one.version for one in arrivals])
        if before:
            Document.objects.bulk_update(before, [*_CONTENT, *FIELDS, *_STATE])
            duplicates.let_go(one.pk for one in changing)
        clear = [one for one in documents if one.external_id not in self.held]
        passages.write(duplicates.settle(self.collection, clear))
        self._bring_back(back)

    def _name_topics(self, arrivals: Sequence[_Arrival], documents: Sequence[Document]) -> None:
        """Of those whose source names none, if anything of them changes."""
        changing = [
            (document, one.version.text)
            for one, document in zip(arrivals, documents, strict=True)
            if not one.item.topics and (not one.is_held or document._state.adding)
        ]
        topics.fill(changing)

    def _read_last(self, before: Sequence[Document]) -> None:
        """Numbers of the newest versions, and the texts that steady pages had; what was held is outdated."""
        self.numbers: dict[UUID, int] = {}
        self.texts: dict[UUID, str] = {}
        self.trusted: dict[UUID, set[str]] = {}
        if not before:
            return
        versions = DocumentVersion.objects.filter(document__in=before)
        newest = versions.values("document").annotate(number=Max("number")).order_by()
        self.numbers = dict(newest.values_list("document", "number"))
        watched = [one.pk for one in before if suspicion.is_watched(one, self.collection)]
        self.texts = released.steady_texts(versions.filter(document__in=watched), self.now) if watched else {}
        self.trusted = released.trusted(before)
        versions.filter(state=HELD).update(state=REJECTED)

    def _arrival(self, item: Incoming) -> _Arrival:
        """Mask it, and look whether anything about it is suspicious."""
        document = self.known.get(item.external_id)
        text, title = mask(item.text, self.directory), mask(item.title, self.directory)[:300]
        hidden = mask(item.hidden, self.directory)
        trusted = self.trusted.get(document.pk, set()) if document else set()
        said = said_of(document, item, self.directory)
        found = suspicion.suspicions(text, title=title, hidden=hidden, trusted=trusted, beside=words(said))
        if document and document.pk in self.texts:
            found += suspicion.sudden(self.texts[document.pk], text)
        version = DocumentVersion(
            number=self.numbers.get(document.pk, 0) + 1 if document else 1,
            content_hash=self.hashes[item.external_id],
            text=text,
            facts=masked_facts(item.facts, self.directory),
            state=HELD if found else DocumentVersion.State.CLEAR,
            suspicions=[one.as_row() for one in found],
            described=as_held(item, title, said) if found else {},
        )
        return _Arrival(item, title, version, said)

    def _document(self, arrival: _Arrival) -> Document:
        """The row as it will be, known or new. What is held changes nothing that people see."""
        item, version = arrival.item, arrival.version
        document = self.known.get(item.external_id)
        is_new = document is None
        if document is None:
            document = Document(id=uuid4(), collection=self.collection, external_id=item.external_id)
            self.known[item.external_id] = document
        version.document = document
        document.content_hash = self.hashes[item.external_id]
        if is_new or not arrival.is_held:
            document.title, document.kind, document.language = (
                arrival.title,
                item.kind,
                item.language or "und",
            )
            document.published_at, document.fetched_at = item.published_at, self.now
            describe(document, arrival.said)
        if not arrival.is_held:
            document.gone_at, document.waits = None, False
            document.current_version = version
            document.quality = quality_of(document, version.text)
        return document


def _is_published(document: Document) -> bool:
    """Whether what came last is what people read: it is not held, nor was it rejected."""
    version = document.current_version
    return version is not None and document.content_hash in ("", version.content_hash)
