"""The record of a synchronisation: opened once per job, counted off the documents, closed in one
transaction.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Count, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from careerforge.governance import audit
from careerforge.http.errors import BadStatus, FetchError, Refused
from careerforge.jobs.running import Failed, Running
from careerforge.knowledge.models import Document
from connectors.bodies import Listing
from connectors.models import Connection, SyncProblem, SyncRun
from connectors.plausible import Doubt

# Runs that stay on record per connection, with their problems.
HISTORY = 100
LONGEST_WAIT = timedelta(days=1)
GONE_FOR_GOOD = 410


@dataclass(frozen=True)
class Entry:
    """A connection as it was when the run began, and the run's row."""

    connection: Connection
    run: SyncRun


def open_entry(running: Running, connection_id: UUID) -> Entry:
    """The run of this job: a new one, or the one that an earlier attempt began.

    Raises:
        Failed: the connection has been removed.
    """
    with running.transaction():
        connection = Connection.objects.select_related("collection").filter(pk=connection_id).first()
        if connection is None:
            raise Failed(_("This connection has been removed."))
        run, is_new = SyncRun.objects.get_or_create(
            job_run_id=running.run_id, defaults={"connection": connection}
        )
        if not is_new and not running.cursor():
            # Nothing was finished by the attempt before: it all comes again.
            run.problems.all().delete()
        Connection.objects.filter(pk=connection.pk).update(
            newest_run=run, next_sync_at=_next(connection, timezone.now(), connection.failures)
        )
    return Entry(connection, run)


def documents(entry: Entry) -> QuerySet[Document]:
    """What came from the connection and has not gone."""
    return Document.objects.filter(collection_id=entry.connection.collection_id, gone_at__isnull=True)


def seen(entry: Entry) -> Q:
    """Documents that this run has come across."""
    return Q(gone_at__isnull=True, fetched_at__gte=entry.run.started_at)


def note(entry: Entry, problems: list[tuple[str, str]]) -> None:
    """Keep what could not be used, with its reasons."""
    SyncProblem.objects.bulk_create(
        SyncProblem(run=entry.run, where=where[:500], reason=reason[:300]) for where, reason in problems
    )


def counts(run: SyncRun) -> dict[str, int]:
    """A finished run's counts."""
    return {name: getattr(run, name) for name in ("new", "changed", "unchanged", "failed", "gone")}


def close(running: Running, entry: Entry, listing: Listing, habit: dict[str, float], warning: str) -> None:
    """Write down how the run went, and when the next one is due.

    Args:
        warning: what was suspicious about the source; empty when nothing was.
    """
    with running.transaction():
        counted = _counted(entry)
        empty = counted["failed"] and not (counted["new"] or counted["changed"] or counted["unchanged"])
        error = warning or (
            _("Nothing at this source could be read; the reasons are listed.") if empty else ""
        )
        _finish(entry, error=error, is_suspicious=bool(warning), **counted)
        if not error:
            _remember(entry.connection, listing, habit, is_whole=not counted["failed"])
        _plan(entry.connection, failures=0)
        detail: dict[str, Any] = {**counted}
        audit.record(None, "connection.synchronised", target=entry.connection, **detail)


def close_unread(running: Running, entry: Entry, why: FetchError | Doubt) -> Failed:
    """Write down that nothing was stored, and why; gives back what to raise. A failure doubles the wait."""
    is_suspicious = isinstance(why, Doubt) and why.is_suspicious
    failures = entry.connection.failures + 1
    with running.transaction():
        _finish(entry, error=why.sentence, is_suspicious=is_suspicious)
        _plan(entry.connection, failures, at_least=getattr(why, "retry_after", None))
        act = "connection.refused" if isinstance(why, Refused) else "connection.sync_failed"
        code = why.code if isinstance(why, FetchError) else "suspicious" if is_suspicious else "shape"
        audit.record(None, act, target=entry.connection, code=code)
        if isinstance(why, BadStatus) and why.status == GONE_FOR_GOOD:
            Connection.objects.filter(pk=entry.connection.pk).update(paused=True)
            audit.record(None, "connection.paused", target=entry.connection, code=code)
    return Failed(why.sentence)


def _counted(entry: Entry) -> dict[str, int]:
    since = entry.run.started_at
    came = seen(entry)
    made = came & Q(current_version__made_at__gte=since)
    every = Document.objects.filter(collection_id=entry.connection.collection_id)
    counted: dict[str, int] = every.aggregate(
        new=Count("id", filter=made & Q(current_version__number=1)),
        changed=Count("id", filter=made & Q(current_version__number__gt=1)),
        unchanged=Count("id", filter=came & Q(current_version__made_at__lt=since)),
        gone=Count("id", filter=Q(gone_at__gte=since)),
    )
    return counted | {"failed": entry.run.problems.count()}


def _finish(entry: Entry, *, error: str, **values: Any) -> None:
    """Write the run's end, and forget the runs that are too many."""
    run = entry.run
    run.finished_at, run.error = timezone.now(), error[:300]
    for name, value in values.items():
        setattr(run, name, value)
    run.save(update_fields=["finished_at", "error", *values])
    kept = SyncRun.objects.filter(connection=entry.connection).order_by("-started_at").values("pk")[:HISTORY]
    SyncRun.objects.filter(connection=entry.connection).exclude(pk__in=kept).delete()


def _remember(connection: Connection, listing: Listing, habit: dict[str, float], *, is_whole: bool) -> None:
    """Keep how the source is, unless somebody pointed the connection elsewhere meanwhile."""
    same = Connection.objects.filter(
        pk=connection.pk, kind=connection.kind, location=connection.location, settings=connection.settings
    )
    # With a validator kept, a source that was read in part would never be read again.
    etag, last_modified = (listing.etag, listing.last_modified) if is_whole else ("", "")
    same.update(habit=habit, etag=etag, last_modified=last_modified)


def _plan(connection: Connection, failures: int, at_least: float | None = None) -> None:
    now = timezone.now()
    at = max(_next(connection, now, failures), now + timedelta(seconds=at_least or 0))
    Connection.objects.filter(pk=connection.pk).update(next_sync_at=at, failures=min(failures, 1000))


def _next(connection: Connection, now: datetime, failures: int) -> datetime:
    """When to ask again: after the interval, doubled for each failure but the first, at most a day or the
    interval.
    """
    interval = timedelta(minutes=connection.interval_minutes)
    doublings = min(max(failures - 1, 0), 20)
    wait: timedelta = min(interval * 2**doublings, max(interval, LONGEST_WAIT))
    return now + wait
