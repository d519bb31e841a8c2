"""Removing a collection: from sight at once, from the database by a job."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import models

from careerforge.jobs.models import JobRun
from careerforge.jobs.queue import enqueue
from careerforge.jobs.running import Running
from careerforge.knowledge.documents import duplicates
from careerforge.knowledge.models import Chunk, Collection, Document

JOB = "knowledge.remove_collection"
# Documents in one transaction, and rows of the indexes, which nothing refers to.
SLICE, ROWS = 50, 5000


def discard(collection: Collection, now: datetime, asked_by: UUID | None = None) -> JobRun:
    """From now on nobody sees it, searches it or can name it; a job removes it. In the act's transaction.

    Documents of other collections that say the same take the place of what goes.
    """
    Collection.objects.filter(pk=collection.pk).update(
        removed_at=now, name=f"{collection.name[:80]} {collection.pk}", passages=0, words=0
    )
    astray = Document.objects.filter(same_as__collection=collection).exclude(collection=collection)
    if astray.update(same_as=None, waits=True):
        enqueue(duplicates.JOB, key="all")
    return enqueue(JOB, key=str(collection.pk), asked_by=asked_by, collection=str(collection.pk))


def remove(running: Running, collection: UUID) -> int:
    """Remove a discarded collection; gives back how many documents went. Safe to kill and run again."""
    with running.transaction():
        row = Collection.objects.filter(pk=collection, removed_at__isnull=False).first()
        left = total = Document.objects.filter(collection=collection).count() if row else 0
    if row is None:
        return 0
    for model in _indexes():
        while _thin(running, model, collection):
            running.stage(running.stages[-1])
    while left:
        with running.transaction():
            some = Document.objects.filter(collection=collection).order_by("pk")
            keys = list(some.values_list("pk", flat=True)[:SLICE])
            # Those of other collections first: an arrival may have found one of these meanwhile.
            duplicates.let_go(keys)
            Document.objects.filter(pk__in=keys).delete()
        left = max(left - len(keys), 0) if keys else 0
        running.stage(running.stages[-1], 1 - left / total)
    with running.transaction():
        Collection.objects.filter(pk=collection).delete()
    return total


def _indexes() -> list[type[models.Model]]:
    """Tables of ours that only point at a collection, and that nothing points at."""
    found: list[type[models.Model]] = []
    for relation in Collection._meta.get_fields(include_hidden=True):
        model: Any = relation.related_model if relation.auto_created and not relation.concrete else None
        if model is None or model in (Document, Chunk) or model._meta.app_label != "knowledge":
            continue
        if not any(
            one.auto_created and not one.concrete for one in model._meta.get_fields(include_hidden=True)
        ):
            found.append(model)
    return found


def _thin(running: Running, model: Any, collection: UUID) -> int:
    with running.transaction():
        keys = list(model._base_manager.filter(collection=collection).values_list("pk", flat=True)[:ROWS])
        rows = model._base_manager.filter(pk__in=keys)
        rows._raw_delete(rows.db)
    return len(keys)
