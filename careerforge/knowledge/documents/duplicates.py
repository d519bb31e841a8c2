"""One text, several origins: documents of one audience that say the same are searched as one.

Each origin keeps a row and a text of its own. The one that came first leads and is searched; the others
point to it (``same_as``) and have no passages. So an origin that goes, or whose audience changes, takes
nothing along and gives nothing away: the others stand alone again, as soon as :func:`settle_waiting` has run.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from uuid import UUID

from django.db import connection
from django.db.models import F, Min, Q, QuerySet

from careerforge.jobs.queue import enqueue
from careerforge.jobs.running import Running
from careerforge.knowledge.documents.likeness import Likeness
from careerforge.knowledge.models import Collection, Document, Sketch
from careerforge.knowledge.search import passages

JOB = "knowledge.settle"
SLICE = 100
# Texts that are read to be compared with one batch; boilerplate alone makes no more of them alike.
MOST_READ = 400

_PLACES = ("one", "two", "three", "four")


@dataclass(frozen=True)
class _Text:
    """A document and what comparing needs of it."""

    document: Document

    @cached_property
    def likeness(self) -> Likeness:
        version = self.document.current_version
        return Likeness(version.text if version else "")

    def repeats(self, other: "_Text") -> bool:
        """Whether it says the same as the other, and is about the same."""
        mine, its = self.document, other.document
        if mine.kind != its.kind or mine.language != its.language:
            return False
        same_title = Likeness(mine.title).words == Likeness(its.title).words
        if mine.collection_id == its.collection_id:
            # A source that lists two openings with one text has two openings.
            is_posting = mine.kind == Document.Kind.POSTING
            return same_title and not is_posting and self.likeness.words == other.likeness.words
        if not same_title and (mine.kind == Document.Kind.POSTING or self.likeness.is_short):
            return False
        return _one_place(mine, its) and self.likeness.is_same(other.likeness)


def _one_place(mine: Document, its: Document) -> bool:
    """No different regions."""
    return not mine.region or not its.region or mine.region == its.region


def peers(collection: Collection) -> QuerySet[Collection]:
    """Collections of exactly the same audience, about the same (company or market), itself among them."""
    return Collection.objects.filter(
        audience=collection.audience,
        audience_practice=collection.audience_practice_id,
        audience_region=collection.audience_region,
        about=collection.about,
        removed_at__isnull=True,
    )


def settle(collection: Collection, documents: Sequence[Document]) -> list[Document]:
    """Find out which saved documents of a held collection repeat another, and note it.

    Args:
        documents: with their current versions and texts.

    Returns:
        Those that stand alone, to be made findable. A number of queries that does not depend on how many
        documents there are.
    """
    texts = [_Text(document) for document in documents if document.current_version_id]
    if not texts:
        return []
    _sketch(texts)
    known = defaultdict[tuple[int, int], list[_Text]](list)
    for other in _candidates(collection, texts):
        _add(known, other)
    leaders = {text.document.pk: _leader(text, known) for text in texts}
    changed = [one.document for one in texts if one.document.same_as_id != leaders[one.document.pk]]
    for document in changed:
        document.same_as_id = leaders[document.pk]
    if changed:
        Document.objects.bulk_update(changed, ["same_as"])
    return [document for document in documents if leaders.get(document.pk, "") is None]


def _leader(text: _Text, known: dict[tuple[int, int], list[_Text]]) -> UUID | None:
    """Whom it repeats; one that repeats nobody is known to those after it."""
    for place in enumerate(text.likeness.bands):
        for other in known.get(place, ()):
            if text.repeats(other):
                return other.document.pk
    _add(known, text)
    return None


def _add(known: dict[tuple[int, int], list[_Text]], text: _Text) -> None:
    for place in enumerate(text.likeness.bands):
        known[place].append(text)


def _sketch(texts: Sequence[_Text]) -> None:
    rows = [
        Sketch(document=text.document, **dict(zip(_PLACES, text.likeness.bands, strict=True)))
        for text in texts
    ]
    Sketch.objects.bulk_create(
        rows, update_conflicts=True, unique_fields=["document"], update_fields=list(_PLACES)
    )


def _candidates(collection: Collection, texts: Sequence[_Text]) -> list[_Text]:
    """Documents that lead, share a band with one of these, and have the same readers; the oldest first."""
    shared = Q()
    for place, name in enumerate(_PLACES):
        shared |= Q(**{f"{name}__in": [text.likeness.bands[place] for text in texts]})
    own_postings = Q(document__kind=Document.Kind.POSTING, document__collection=collection)
    found = (
        Sketch.objects.filter(shared, document__collection__in=peers(collection))
        .filter(document__same_as=None, document__gone_at=None, document__waits=False)
        .filter(document__current_version__isnull=False)
        .exclude(document__in=[text.document.pk for text in texts])
        .exclude(own_postings)
        .select_related("document__current_version")
        .order_by("pk")
    )
    return [_Text(sketch.document) for sketch in found[:MOST_READ]]


def let_go(documents: Iterable[UUID]) -> None:
    """Documents change or go: those that repeat them are to be compared again."""
    waiting = Document.objects.filter(same_as__in=list(documents)).update(same_as=None, waits=True)
    if waiting:
        enqueue(JOB, key="all")


def part(collection: Collection) -> None:
    """A collection has got another audience: nothing of it is one with anything outside any more."""
    own = Document.objects.filter(collection=collection)
    apart = own.filter(same_as__isnull=False).exclude(same_as__collection=collection)
    others = Document.objects.filter(same_as__collection=collection).exclude(collection=collection)
    apart.update(waits=True)
    others.update(same_as=None, waits=True)
    # Those that nothing is like stay as they are; the rest may be one with others of the new audience.
    own.filter(waits=True).update(same_as=None)
    enqueue(JOB, key="all")


def settle_waiting(running: Running) -> int:
    """Compare those that wait, a slice at a time; gives back how many. Safe to kill and run again."""
    with running.transaction():
        _find_lost()
        # Where the oldest is: whoever came first leads again.
        first = (
            _waiting().values("collection").annotate(oldest=Min("sketch")).order_by("oldest", "collection")
        )
        collections = list(first.values_list("collection", flat=True))
    done = 0
    for place, collection in enumerate(collections, 1):
        more = SLICE
        while more == SLICE:
            with running.transaction():
                more = settle_slice(collection)
            done += more
            running.stage(running.stages[-1], place / len(collections))
    return done


def settle_slice(collection: UUID) -> int:
    """Up to a hundred waiting documents of one collection: compared, shown or hidden."""
    held = passages.hold(collection)
    waiting = _waiting().filter(collection=collection).order_by("sketch", "pk")
    documents = list(waiting.select_related("current_version")[:SLICE])
    alone = {document.pk for document in settle(held, documents)}
    passages.show([document for document in documents if document.pk in alone])
    passages.retire([document for document in documents if document.pk not in alone])
    Document.objects.filter(pk__in=[document.pk for document in documents]).update(waits=False)
    let_go(document.pk for document in documents if document.pk not in alone)
    if alone:
        enqueue("knowledge.index", key="all")
    return len(documents)


def _waiting() -> QuerySet[Document]:
    return Document.objects.filter(waits=True, gone_at=None, current_version__isnull=False)


def _find_lost() -> None:
    """Whatever happened meanwhile: who repeats something gone, or of other readers, waits again."""
    repeating = Document.objects.filter(same_as__isnull=False)
    astray = repeating.filter(Q(same_as__gone_at__isnull=False) | Q(same_as__same_as__isnull=False))
    lost = set(astray.values_list("pk", flat=True))
    known = {one.pk: readers(one) for one in Collection.objects.all()}
    pairs = repeating.order_by().values_list("collection", "same_as__collection").distinct()
    for own, its in pairs:
        if known[own] != known[its]:
            apart = repeating.filter(collection=own, same_as__collection=its)
            lost |= set(apart.values_list("pk", flat=True))
    if lost:
        Document.objects.filter(pk__in=lost).update(same_as=None, waits=True)


def readers(collection: Collection) -> tuple[object, ...]:
    """What two collections must have in common for their documents to be one."""
    return (
        collection.audience,
        collection.audience_practice_id,
        collection.audience_region,
        collection.about,
        collection.removed_at,
    )


def origins(document: Document, visible: QuerySet[Document]) -> list[Document]:
    """The document and everything that says the same, as far as somebody may see it; leading ones first.

    Args:
        visible: what the asker may see.
    """
    if document.gone_at is not None:
        return _still_there(document, visible)
    leader = document.same_as_id or document.pk
    rows = visible.filter(Q(pk=leader) | Q(same_as=leader), current_version__isnull=False)
    return list(rows.select_related("collection").order_by(F("same_as").asc(nulls_first=True), "pk"))


def _still_there(document: Document, visible: QuerySet[Document]) -> list[Document]:
    """Where the text of a document that is gone can be read now."""
    sketch = Sketch.objects.filter(document=document).first()
    if sketch is None:
        return []
    shared = Q()
    for name in _PLACES:
        shared |= Q(**{f"sketch__{name}": getattr(sketch, name)})
    alike = visible.filter(shared, gone_at=None, current_version__isnull=False).exclude(pk=document.pk)
    text = _Text(document)
    rows = alike.select_related("collection", "current_version").order_by("pk")[:SLICE]
    return [one for one in rows if _Text(one).repeats(text)]


def compare_leaders(running: Running) -> int:
    """Each night: documents from before there were sketches get one, and pairs that two synchronisations at
    once have left apart wait to be compared. Gives back how many.
    """
    found, more = 0, SLICE
    while more:
        with running.transaction():
            more = _sketch_older()
        found += more
    with running.transaction(), connection.cursor() as cursor:
        cursor.execute(_PAIRS)
        younger = [row[0] for row in cursor.fetchall()]
        found += Document.objects.filter(pk__in=younger, waits=False).update(waits=True)
        if younger:
            enqueue(JOB, key="all")
    return found


def _sketch_older() -> int:
    without = Document.objects.current().leading().filter(sketch=None, current_version__isnull=False)
    documents = list(without.select_related("current_version").order_by("pk")[:SLICE])
    if documents:
        _sketch([_Text(document) for document in documents])
    return len(documents)


_LEADING = """
    SELECT s.id, s.document_id, s.{place} AS band, d.collection_id, d.kind, c.about,
           concat_ws('|', c.audience, c.audience_practice_id, c.audience_region) AS readers
    FROM knowledge_sketch AS s JOIN knowledge_document AS d ON d.id = s.document_id
    JOIN knowledge_collection AS c ON c.id = d.collection_id
    WHERE d.same_as_id IS NULL AND d.gone_at IS NULL AND d.current_version_id IS NOT NULL
      AND c.removed_at IS NULL
"""
_SAME_BAND = """
    SELECT b.document_id FROM ({first}) AS a JOIN ({other}) AS b USING (band, about, readers, kind)
    WHERE a.id < b.id AND a.collection_id <> b.collection_id
"""
_PAIRS = " UNION ".join(
    _SAME_BAND.format(first=_LEADING.format(place=place), other=_LEADING.format(place=place))
    for place in _PLACES
)
