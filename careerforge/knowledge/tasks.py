"""Jobs of the knowledge base."""

from typing import Any

from django.utils import timezone

from careerforge.jobs import schedules
from careerforge.jobs.registry import job
from careerforge.jobs.running import Running
from careerforge.knowledge import generations, indexing, masking, tidying

EMBEDDING, MASKING, TIDYING = "Making passages searchable", "Masking names", "Tidying the word index"


@job("knowledge.index", stages=(EMBEDDING,))
def index(running: Running) -> dict[str, Any]:
    """Vectors for what has none; then over to a new generation, if that completed it."""
    running.stage(EMBEDDING)
    done = indexing.index_pending(running)
    return {"passages": done, "switched": generations.switch() is not None}


@job(masking.JOB, stages=(MASKING,))
def mask_again(running: Running, people: list[str] | None = None) -> dict[str, Any]:
    """Take newcomers' names, or those of the given people, out of documents that were stored before."""
    return {"documents": masking.mask_again(running, people, timezone.now())}


@job("knowledge.tidy", stages=(TIDYING,))
def tidy(running: Running) -> dict[str, Any]:
    """Merge the fragments that a day's batches leave in the word index."""
    return {"words": tidying.merge_postings(running)}


# Passages whose job was lost, or that came while one was ending.
schedules.every("knowledge.index", "knowledge.index", "*/10 * * * *")
schedules.every("knowledge.mask_again", "knowledge.mask_again", "5-59/15 * * * *")
schedules.every("knowledge.tidy", "knowledge.tidy", "40 2 * * *")
