"""Chunks of documents: written, retired, revived, together with their words, vectors and counts.

Whoever calls these holds the collection's row (:func:`hold`), so that counts and word index stay exact.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from uuid import UUID

from django.db.models import F

from careerforge.knowledge.documents.languages import configuration
from careerforge.knowledge.index import embedders, postings, terms
from careerforge.knowledge.index.chunking import Starts, split
from careerforge.knowledge.models import Chunk, ChunkVector, Collection, Document


def hold(collection: UUID) -> Collection:
    """Lock a collection against other writers, to the end of the transaction. Readers go on."""
    return Collection.objects.select_for_update(no_key=True).get(pk=collection)


def write(documents: Sequence[Document]) -> None:
    """Cut the current versions of saved documents of one collection, and make them findable by word."""
    if not documents:
        return
    starts = embedders.configured().token_starts
    made = [chunk for document in documents for chunk in _cut(document, starts)]
    Chunk.objects.bulk_create(made)
    _publish(made, {document.id: document.title for document in documents})


def retire(documents: Iterable[Document]) -> None:
    """Take the live chunks of documents out of every search. The rows stay: old citations still open."""
    titles = {document.id: document.title for document in documents}
    live = list(Chunk.objects.filter(document__in=titles, live=True))
    # Before their vectors go, so that the indexer, which looks at this under a lock, adds no more.
    Chunk.objects.filter(pk__in=[chunk.pk for chunk in live]).update(live=False)
    _withdraw(live, titles)


def show(documents: Sequence[Document]) -> None:
    """Make documents of one collection findable that are to stand in searches (again).

    Args:
        documents: with their current versions. One whose chunks are there gets them back, the others are cut.
    """
    if not documents:
        return
    titles = {document.id: document.title for document in documents}
    known = list(Chunk.objects.filter(document__in=titles, version=F("document__current_version")))
    back = [chunk for chunk in known if not chunk.live]
    Chunk.objects.filter(pk__in=[chunk.pk for chunk in back]).update(live=True)
    for chunk in back:
        chunk.live = True
    _publish(back, titles)
    cut = {chunk.document_id for chunk in known}
    write([document for document in documents if document.pk not in cut])


def rewrite(chunks: Sequence[Chunk], old: dict[UUID, str], new: dict[UUID, str]) -> None:
    """Store chunks whose places and words have changed. ``old``, ``new``: titles by document."""
    before = list(Chunk.objects.filter(pk__in=[chunk.pk for chunk in chunks], live=True))
    _withdraw(before, old)
    Chunk.objects.bulk_update(chunks, ["start", "end", "text", "heading", "length"])
    _publish([chunk for chunk in chunks if chunk.live], new)


def _cut(document: Document, starts: Starts) -> Iterable[Chunk]:
    version = document.current_version
    if version is None:
        return
    for ordinal, piece in enumerate(split(version.text, starts, title=document.title)):
        yield Chunk(
            collection_id=document.collection_id,
            document=document,
            version=version,
            ordinal=ordinal,
            heading=piece.heading,
            start=piece.start,
            end=piece.end,
            text=piece.text,
            configuration=configuration(document.language),
            length=terms.length(piece.text),
        )


def _publish(chunks: Sequence[Chunk], titles: dict[UUID, str]) -> None:
    postings.add(chunks, titles)
    _count(chunks, 1)


def _withdraw(chunks: Sequence[Chunk], titles: dict[UUID, str]) -> None:
    postings.remove(chunks, titles)
    _count(chunks, -1)
    ChunkVector.objects.filter(chunk__in=[chunk.pk for chunk in chunks]).delete()


def _count(chunks: Iterable[Chunk], sign: int) -> None:
    """Keep what the collections say of themselves."""
    by_collection = defaultdict[UUID, list[Chunk]](list)
    for chunk in chunks:
        by_collection[chunk.collection_id].append(chunk)
    for collection, its in by_collection.items():
        row = Collection.objects.get(pk=collection)
        row.passages = F("passages") + sign * len(its)
        row.words = F("words") + sign * sum(chunk.length for chunk in its)
        row.configurations = sorted({*row.configurations, *(chunk.configuration for chunk in its)})
        row.save(update_fields=["passages", "words", "configurations"])
