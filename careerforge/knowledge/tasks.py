"""Jobs of the knowledge base."""

from typing import Any
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _

from careerforge.jobs import schedules
from careerforge.jobs.models import JobRun
from careerforge.jobs.queue import enqueue
from careerforge.jobs.registry import job
from careerforge.jobs.running import Failed, Running
from careerforge.knowledge.documents import duplicates, masking, removing, trusting
from careerforge.knowledge.index import generations, graph, indexing, tidying
from careerforge.knowledge.models import IndexGeneration

EMBEDDING, MASKING, TIDYING = "Making passages searchable", "Masking names", "Tidying the word index"
COMPARING, TRUSTING, REMOVING = "Comparing documents", "Counting trust", "Removing documents"
LINKING, WRITING_ANEW = "Linking passages", "Writing the word index anew"
ASKING_BOTH = "Asking both the same questions"
# After so many new passages the word index is tidied at once.
MANY = 2_000


@job("knowledge.index", stages=(EMBEDDING,))
def index(running: Running, earlier: int = 0) -> dict[str, Any]:
    """Vectors for what has none; then over to a new generation, if that completed it.

    After a share of the work it queues itself again, behind the jobs that have come meanwhile.

    Args:
        earlier: how many passages the shares before this one have brought in.
    """
    running.stage(EMBEDDING)
    is_over = indexing.share(indexing.SHARE_S)
    done = indexing.index_pending(running, is_over=is_over)
    if is_over():
        _go_on(running, earlier + done)
        return {"passages": done, "switched": False}
    with running.transaction():
        if any(graph.is_wanted(generation) for generation in generations.to_fill()):
            enqueue("knowledge.link", key="all")
        if earlier + done >= MANY:
            enqueue("knowledge.tidy", key="many")
    return {
        "passages": done,
        "switched": generations.switch(lambda: running.stage(EMBEDDING, 1.0)) is not None,
    }


def _go_on(running: Running, done: int) -> None:
    with running.transaction():
        key = JobRun.objects.values_list("dedup_key", flat=True).get(pk=running.run_id)
        # Under its own name nothing can be queued while it is at work.
        enqueue("knowledge.index", key="more" if key.endswith(":all") else "all", earlier=done)


@job("knowledge.link", stages=(LINKING,))
def link(running: Running) -> dict[str, Any]:
    """Bring the vectors that wait outside a graph into it."""
    running.stage(LINKING)
    with running.transaction():
        wanted = generations.to_fill()
    return {"passages": sum(graph.fill(running, generation) for generation in wanted)}


@job(masking.JOB, stages=(MASKING,))
def mask_again(running: Running, people: list[str] | None = None) -> dict[str, Any]:
    """Take newcomers' names, or those of the given people, out of documents that were stored before."""
    return {"documents": masking.mask_again(running, people, timezone.now())}


@job(duplicates.JOB, stages=(COMPARING,))
def settle(running: Running) -> dict[str, Any]:
    """Compare documents that lost the one they repeat, and make those findable that stand alone now."""
    return {"documents": duplicates.settle_waiting(running)}


@job("knowledge.compare", stages=(COMPARING,))
def compare(running: Running) -> dict[str, Any]:
    """Find documents that say the same and were stored apart."""
    return {"documents": duplicates.compare_leaders(running)}


@job("knowledge.compare_generation", stages=(ASKING_BOTH,))
def compare_generation(running: Running, generation: int) -> dict[str, Any]:
    """Ask an index generation and the live one the same questions."""
    running.stage(ASKING_BOTH)
    with running.transaction():
        one = IndexGeneration.objects.filter(pk=generation).first()
    if one is None:
        raise Failed(_("This generation has been removed."))
    return generations.compared(one, lambda: running.stage(ASKING_BOTH)).as_json()


@job("knowledge.trust", stages=(TRUSTING,))
def trust(running: Running) -> dict[str, Any]:
    """What each source's word is worth today."""
    return {"changed": trusting.count_trust(running, timezone.now())}


@job(removing.JOB, stages=(REMOVING,))
def remove_collection(running: Running, collection: str) -> dict[str, Any]:
    """Remove a discarded collection with everything in it, a slice at a time."""
    return {"documents": removing.remove(running, UUID(collection))}


@job("knowledge.write_anew", stages=(WRITING_ANEW,))
def write_anew(running: Running) -> dict[str, Any]:
    """Words that an older version of this program has written."""
    running.stage(WRITING_ANEW)
    return {"passages": tidying.write_anew(running)}


@job("knowledge.tidy", stages=(TIDYING,))
def tidy(running: Running) -> dict[str, Any]:
    """Merge the fragments that a day's batches leave in the word index."""
    return {"words": tidying.merge_postings(running)}


# Passages whose job was lost, or that came while one was ending.
schedules.every("knowledge.index", "knowledge.index", "*/10 * * * *")
schedules.every("knowledge.mask_again", "knowledge.mask_again", "5-59/15 * * * *")
schedules.every("knowledge.tidy", "knowledge.tidy", "40 2 * * *")
schedules.every("knowledge.link", "knowledge.link", "50 * * * *")
# Finds nothing to do but after an update.
schedules.every("knowledge.write_anew", "knowledge.write_anew", "8-59/15 * * * *")
# What a lost job, or a change that nobody told, has left apart.
schedules.every("knowledge.settle", "knowledge.settle", "3-59/10 * * * *")
schedules.every("knowledge.compare", "knowledge.compare", "10 2 * * *")
schedules.every("knowledge.trust", "knowledge.trust", "20 3 * * *")
