"""One synchronisation: fetch, parse, store in batches; one bad file, page or item never stops the rest."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from itertools import islice
from typing import Any
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _

from careerforge.governance import audit
from careerforge.http.client import GuardedClient
from careerforge.http.errors import FetchError
from careerforge.jobs.running import Failed, Running
from careerforge.knowledge import indexing
from careerforge.knowledge.models import Document
from careerforge.knowledge.store import Incoming, store_many
from connectors import arrivals, secrets, sources
from connectors.arrivals import Counted
from connectors.models import Connection, SyncProblem, SyncRun
from connectors.parsing.sniff import parse

ASKING, READING, SEARCHABLE = "Asking the source", "Reading and storing", "Making it searchable"
STAGES = (ASKING, READING, SEARCHABLE)
BATCH = 100
# Less than this share of the known documents in a complete listing is no deletion but a fault.
PLAUSIBLE_SHARE = 0.5


@dataclass
class _Tally:
    """What this run has done so far."""

    counted: Counted = field(default_factory=Counted)
    failed: int = 0
    seen: set[str] = field(default_factory=set)


def synchronise(running: Running, connection_id: UUID) -> dict[str, Any]:
    """Bring a connection's documents up to date. Safe to run again after being killed anywhere.

    Raises:
        Failed: the source could not be asked; nothing was changed.
    """
    running.stage(ASKING)
    with running.transaction():
        connection = Connection.objects.select_related("collection").get(pk=connection_id)
        run = _open_run(connection, running.run_id)
        secret = secrets.header(connection)
    refusal = sources.problem_with(connection.kind, connection.location)
    if refusal:
        raise _failed(running, run, refusal)
    try:
        listing = sources.listing(connection, secret, GuardedClient(sources.policy()))
    except FetchError as error:
        raise _failed(running, run, error.sentence) from None
    tally = _Tally()
    running.stage(READING)
    for place, body in enumerate(listing.bodies):
        _take(running, connection, run, body, tally)
        running.stage(READING, (place + 1) / max(listing.count, 1))
    gone = _mark_gone(running, connection, tally) if listing.is_complete and tally.seen else 0
    running.stage(SEARCHABLE)
    indexing.index_pending(running)
    return _close(running, connection, run, listing, tally, gone)


def _open_run(connection: Connection, job_run: UUID) -> SyncRun:
    """This job's row; a second attempt goes on with the first one's, counting anew."""
    run, made = SyncRun.objects.get_or_create(job_run_id=job_run, defaults={"connection": connection})
    if not made:
        run.problems.all().delete()
    return run


def _failed(running: Running, run: SyncRun, sentence: str) -> Failed:
    with running.transaction():
        SyncRun.objects.filter(pk=run.pk).update(error=sentence[:300], finished_at=timezone.now())
        _plan_next(run.connection)
    return Failed(sentence)


def _plan_next(connection: Connection, **values: Any) -> None:
    next_at = timezone.now() + timedelta(minutes=connection.interval_minutes)
    Connection.objects.filter(pk=connection.pk).update(next_sync_at=next_at, **values)


def _take(running: Running, connection: Connection, run: SyncRun, body: sources.Body, tally: _Tally) -> None:
    """Parse one body and store what it holds."""
    if body.problem:
        _note(running, run, tally, [(body.where, body.problem)])
        return
    parsed = parse(
        body.where, body.content, body.content_type, now=timezone.now(), mapped=arrivals.mapped(connection)
    )
    _note(running, run, tally, [(problem.where, problem.reason) for problem in parsed.problems])
    for batch in _batches(arrivals.incoming(item, body) for item in parsed.items):
        with running.transaction():
            stored = store_many(connection.collection, batch, timezone.now())
        tally.counted += Counted(
            sum(one.outcome == "new" for one in stored),
            sum(one.outcome == "changed" for one in stored),
            sum(one.outcome == "unchanged" for one in stored),
        )
        tally.seen.update(document.external_id for document in batch)


def _batches(items: Iterator[Incoming]) -> Iterator[list[Incoming]]:
    while batch := list(islice(items, BATCH)):
        # The same id twice in one batch: the later one counts.
        yield list({one.external_id: one for one in batch}.values())


def _note(running: Running, run: SyncRun, tally: _Tally, problems: list[tuple[str, str]]) -> None:
    tally.failed += len(problems)
    if not problems:
        return
    with running.transaction():
        SyncProblem.objects.bulk_create(
            SyncProblem(run=run, where=where[:500], reason=reason[:300]) for where, reason in problems
        )


def _mark_gone(running: Running, connection: Connection, tally: _Tally) -> int:
    """Documents absent from a complete listing are gone; a suspiciously short one deletes nothing."""
    with running.transaction():
        known = Document.objects.filter(collection=connection.collection, gone_at__isnull=True)
        absent = set(known.values_list("external_id", flat=True)) - tally.seen
        if not absent or tally.failed or len(tally.seen) < PLAUSIBLE_SHARE * (len(tally.seen) + len(absent)):
            return 0
        return known.filter(external_id__in=absent).update(gone_at=timezone.now())


def _close(
    running: Running,
    connection: Connection,
    run: SyncRun,
    listing: sources.Listing,
    tally: _Tally,
    gone: int,
) -> dict[str, Any]:
    counts = {
        "new": tally.counted.new,
        "changed": tally.counted.changed,
        "unchanged": tally.counted.unchanged,
        "failed": tally.failed,
        "gone": gone,
    }
    with running.transaction():
        if listing.unchanged:
            counts["unchanged"] = Document.objects.filter(
                collection=connection.collection, gone_at__isnull=True
            ).count()
        SyncRun.objects.filter(pk=run.pk).update(finished_at=timezone.now(), **counts)
        _plan_next(connection, etag=listing.etag, last_modified=listing.last_modified)
        audit.record(None, "connection.synchronised", target=connection, **counts)
    if tally.failed and not tally.seen:
        raise Failed(_("Nothing at this source could be read; the reasons are listed."))
    return {"connection": str(connection.pk), **counts}


