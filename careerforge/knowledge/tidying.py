"""Keeping the word index in few rows."""

from careerforge.jobs.running import Running
from careerforge.knowledge import passages, postings
from careerforge.knowledge.models import Collection


def merge_postings(running: Running) -> int:
    """Merge the rows of every word that has many; gives back how many words."""
    with running.transaction():
        collections = list(Collection.objects.order_by("pk").values_list("pk", flat=True))
    done = 0
    for place, collection in enumerate(collections, 1):
        more = True
        while more:
            with running.transaction():
                passages.hold(collection)
                merged = postings.merge(collection)
            done, more = done + merged, merged > 0
        running.stage(running.stages[-1], place / len(collections))
    return done
