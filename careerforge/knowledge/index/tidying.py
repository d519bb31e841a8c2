"""Keeping the word index in few rows, and as the current way of writing words has it."""

from uuid import UUID

from careerforge.jobs.running import Running
from careerforge.knowledge.index import postings, terms
from careerforge.knowledge.models import Chunk, Collection
from careerforge.knowledge.search import passages

# Passages whose words are written anew in one transaction.
SLICE = 500


def merge_postings(running: Running) -> int:
    """Merge the rows of every word that has many; gives back how many words."""
    with running.transaction():
        collections = list(Collection.objects.order_by("pk").values_list("pk", flat=True))
    done = 0
    for place, collection in enumerate(collections, 1):
        after, more = "", True
        while more:
            with running.transaction():
                passages.hold(collection)
                merged, after = postings.merge(collection, after=after)
            done, more = done + merged, merged > 0
            running.stage(running.stages[-1], place / len(collections))
    return done


def write_anew(running: Running) -> int:
    """Write the words of collections anew whose words an older version wrote; gives back how many passages.

    Each slice of passages goes over in one transaction, so that a search finds every passage at any time. A
    run that was killed goes on behind the last slice that it finished.
    """
    done = 0
    with running.transaction():
        old = Collection.objects.exclude(wording=terms.WORDING).order_by("pk")
        collections = list(old.values_list("pk", flat=True))
    for collection in collections:
        after: int | None = _place(running.cursor(), collection)
        while after is not None:
            with running.transaction():
                number, after = _slice(collection, after)
            done += number
            running.stage(running.stages[-1], cursor=f"{collection} {after}" if after is not None else "")
    return done


def _place(cursor: str, collection: UUID) -> int:
    """The chunk behind which to go on, by what an earlier attempt has noted."""
    known, _, chunk = cursor.partition(" ")
    return int(chunk) if known == str(collection) else 0


def _slice(collection: UUID, after: int) -> tuple[int, int | None]:
    """Write some passages anew: how many, and the last of them; None at the end of the collection."""
    passages.hold(collection)
    own = Chunk.objects.filter(collection=collection, pk__gt=after).select_related("document").order_by("pk")
    some = list(own[:SLICE])
    live = [chunk for chunk in some if chunk.live]
    is_last = len(some) < SLICE
    # The last slice takes away whatever an old version left behind the last passage.
    last = 2**39 if is_last else some[-1].pk
    titles = {chunk.document_id: chunk.document.title for chunk in live}
    postings.replace(collection, after + 1, last, live, titles)
    if is_last:
        Collection.objects.filter(pk=collection).update(wording=terms.WORDING)
    return len(live), None if is_last else last
