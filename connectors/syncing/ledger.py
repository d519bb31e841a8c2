"""The record of a synchronisation: opened once per job, kept as it goes, closed in one transaction."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import F, Q, QuerySet
from django.utils.translation import gettext as _

from careerforge.gateway import company
from careerforge.gateway.redact import mask
from careerforge.governance import audit
from careerforge.http.errors import BadStatus, FetchError, Refused
from careerforge.jobs.running import Failed, Running
from careerforge.knowledge.documents.store import mark_seen
from careerforge.knowledge.models import Document
from careerforge.vault.sealing import Place, seal_under, unseal_under
from connectors import clock
from connectors.health import health
from connectors.kinds.kind import End
from connectors.kinds.manners import NotYet
from connectors.models import Connection, SyncProblem, SyncRun
from connectors.syncing import planning
from connectors.syncing.plausible import Doubt

# Runs that stay on record per connection, with their problems.
HISTORY = 100
GONE_FOR_GOOD = 410
NUMBERS = ("new", "changed", "unchanged", "held", "failed", "gone")


@dataclass(frozen=True)
class Entry:
    """A connection as it was when the run began, and the run's row."""

    connection: Connection
    run: SyncRun


def open_entry(running: Running, connection_id: UUID, goes_on: str = "") -> Entry:
    """The run of this job: a new one, the one that an earlier attempt began, or the one to go on with.

    Args:
        goes_on: id of a run that another job handed on when its time was up.

    Raises:
        Failed: the connection has been removed.
    """
    with running.transaction():
        connection = Connection.objects.select_related("collection").filter(pk=connection_id).first()
        if connection is None:
            raise Failed(_("This connection has been removed."))
        run = _run(running, connection, goes_on)
        Connection.objects.filter(pk=connection.pk).update(
            newest_run=run, next_sync_at=planning.following(connection, clock.now(), connection.failures)
        )
    return Entry(connection, run)


def is_wanted(entry: Entry) -> bool:
    """Whether a person asked for the run, and not the clock. In a transaction."""
    job = entry.run.job_run
    return job is not None and job.asked_by is not None


def _run(running: Running, connection: Connection, goes_on: str) -> SyncRun:
    mine = Q(job_run_id=running.run_id) | Q(earlier_jobs__contains=[str(running.run_id)])
    known = SyncRun.objects.filter(Q(pk=goes_on) if goes_on else mine, connection=connection).first()
    return known or SyncRun.objects.create(job_run_id=running.run_id, connection=connection)


def hand_on(entry: Entry, job_id: UUID) -> None:
    """Another job goes on with the run. In the transaction that queues it."""
    run = entry.run
    run.earlier_jobs = [*run.earlier_jobs, str(run.job_run_id)]
    run.job_run_id = job_id
    run.save(update_fields=["earlier_jobs", "job_run"])


def is_handed_on(running: Running, run: SyncRun) -> bool:
    """Whether another job is at work on it: this one did its share."""
    return run.job_run_id != running.run_id and run.finished_at is None


def documents(entry: Entry) -> QuerySet[Document]:
    """What came from the connection and has not gone."""
    return Document.objects.filter(collection_id=entry.connection.collection_id, gone_at__isnull=True)


def note(entry: Entry, problems: list[tuple[str, str]]) -> None:
    """Keep what could not be used, with its reasons, nobody named; what was noted before is noted once."""
    if not problems:
        return
    noted = set(entry.run.problems.values_list("where", "reason"))
    everybody = company.directory()
    told = dict.fromkeys((mask(where, everybody)[:500], reason[:300]) for where, reason in problems)
    SyncProblem.objects.bulk_create(
        SyncProblem(run=entry.run, where=where, reason=reason)
        for where, reason in told
        if (where, reason) not in noted
    )


def keep_cursor(entry: Entry, cursor: str) -> None:
    """Where to go on, sealed."""
    sealed = seal_under("credential", cursor.encode(), _cursor_place(entry.run)) if cursor else None
    SyncRun.objects.filter(pk=entry.run.pk).update(sealed_cursor=sealed)


def cursor(entry: Entry) -> str:
    """Where an earlier attempt stopped."""
    sealed = entry.run.sealed_cursor
    return unseal_under("credential", bytes(sealed), _cursor_place(entry.run)).decode() if sealed else ""


def _cursor_place(run: SyncRun) -> Place:
    organisation: Any = run.organisation_id
    return Place("connectors.syncrun", organisation, run.id, "cursor")


def add(entry: Entry, **numbers: int) -> None:
    """Count something, in the transaction in which it was stored."""
    SyncRun.objects.filter(pk=entry.run.pk).update(**{name: F(name) + n for name, n in numbers.items()})


def counts(run: SyncRun) -> dict[str, int]:
    """A finished run's counts."""
    return {name: getattr(run, name) for name in NUMBERS}


@dataclass(frozen=True)
class Outcome:
    """How a run ended that read something.

    Attributes:
        seen: how many entries are there.
        habit: what they usually have.
        warning: what was suspicious; empty when nothing was.
        broke_off: why it could not be read to its end; empty when it was.
        why: the same, where the source or its host is the reason.
    """

    seen: int
    end: End
    habit: dict[str, float]
    warning: str = ""
    broke_off: str = ""
    why: FetchError | None = None


def close(entry: Entry, outcome: Outcome, *, fresh: bool) -> None:
    """Write down how the run went, and when the next one is due. In the open transaction.

    Args:
        fresh: everything was asked for, and not only what is new.
    """
    run = SyncRun.objects.get(pk=entry.run.pk)
    counted = {name: getattr(run, name) for name in ("new", "changed", "held", "gone")}
    counted["unchanged"] = max(outcome.seen - run.new - run.changed - run.held, 0)
    counted["failed"] = run.problems.count()
    nothing = counted["failed"] and not outcome.seen
    error = outcome.warning or outcome.broke_off
    if nothing and not error:
        error = _("Nothing at this source could be read; the reasons are listed.")
    is_whole = not (error or counted["failed"])
    # What is missing at once may be meant so; what its source itself doubts may not.
    may_be_taken = not outcome.broke_off and outcome.warning != outcome.end.doubt
    now = clock.now()
    _finish(entry, now, error=error, is_suspicious=bool(outcome.warning),
            is_complete=may_be_taken if outcome.warning else outcome.end.is_complete and not error,
            **counted)  # fmt: skip
    if not error:
        _remember(entry.connection, outcome, now, is_whole=is_whole, fresh=fresh)
        mark_seen(entry.connection.collection_id, now)
    planning.plan(entry.connection, now, outcome.why or outcome.broke_off or None, is_wanted=is_wanted(entry))
    if outcome.warning or not isinstance(outcome.why, NotYet):
        health.judge(entry.connection, is_well=not error, now=now)
    detail: dict[str, Any] = {**counted}
    audit.record(None, "connection.synchronised", target=entry.connection, **detail)


def close_unread(running: Running, entry: Entry, why: FetchError | Doubt) -> Failed:
    """Write down that nothing was stored, and why; gives back what to raise. A failure doubles the wait."""
    is_suspicious = isinstance(why, Doubt) and why.is_suspicious
    may_be_taken = isinstance(why, Doubt) and why.may_be_taken
    with running.transaction():
        now = clock.now()
        _finish(entry, now, error=why.sentence, is_suspicious=is_suspicious, is_complete=may_be_taken)
        planning.plan(entry.connection, now, why, is_wanted=is_wanted(entry))
        act = "connection.refused" if isinstance(why, Refused) else "connection.sync_failed"
        code = why.code if isinstance(why, FetchError) else "suspicious" if is_suspicious else "shape"
        audit.record(None, act, target=entry.connection, code=code)
        health.judge(entry.connection, is_well=False, now=now)
        if isinstance(why, BadStatus) and why.status == GONE_FOR_GOOD:
            Connection.objects.filter(pk=entry.connection.pk).update(paused=True, is_gone=True)
            audit.record(None, "connection.paused", target=entry.connection, code=code)
    return Failed(why.sentence)


def put_off(running: Running, entry: Entry, why: NotYet) -> None:
    """Write down that nobody was allowed to ask: no failure, and its health stays as it was."""
    connection = entry.connection
    with running.transaction():
        now = clock.now()
        _finish(entry, now, error=why.sentence)
        planning.plan(entry.connection, now, why, is_wanted=is_wanted(entry))
        if connection.unhealthy_since is not None and connection.newest_run_id:
            # What is wrong is still what people have to know.
            Connection.objects.filter(pk=connection.pk).update(newest_run=connection.newest_run_id)
        audit.record(None, "connection.put_off", target=connection, code=why.code)


def close_changed(running: Running, entry: Entry) -> Failed:
    """Write down that somebody changed the connection meanwhile; gives back what to raise. The next run,
    which is due as whoever changed it left it, begins with what it is now.
    """
    if not _is_there(running, entry):
        return Failed(_("This connection has been removed."))
    sentence = _("The connection was changed while it was read. The next synchronisation begins anew.")
    with running.transaction():
        _finish(entry, clock.now(), error=sentence)
        audit.record(None, "connection.sync_failed", target=entry.connection, code="changed")
    return Failed(sentence)


def _is_there(running: Running, entry: Entry) -> bool:
    with running.transaction():
        return Connection.objects.filter(pk=entry.connection.pk).exists()


def _finish(entry: Entry, now: datetime, *, error: str, **values: Any) -> None:
    """Write the run's end, and forget the runs that are too many."""
    run = entry.run
    run.finished_at, run.error, run.sealed_cursor = now, error[:300], None
    for name, value in values.items():
        setattr(run, name, value)
    run.save(update_fields=["finished_at", "error", "sealed_cursor", *values])
    run.sightings.all()._raw_delete(run.sightings.db)
    kept = SyncRun.objects.filter(connection=entry.connection).order_by("-started_at").values("pk")[:HISTORY]
    SyncRun.objects.filter(connection=entry.connection).exclude(pk__in=kept).delete()


def is_as_it_was(connection: Connection) -> bool:
    """Whether nobody pointed the connection elsewhere meanwhile, or gave it other readers.

    Holds the row until the transaction ends.
    """
    collection = connection.collection
    same = Connection.objects.filter(
        pk=connection.pk,
        kind=connection.kind,
        location=connection.location,
        settings=connection.settings,
        auth=connection.auth,
        collection__audience=collection.audience,
        collection__audience_practice=collection.audience_practice_id,
        collection__audience_region=collection.audience_region,
    )
    held = same.select_for_update(of=("self",), no_key=True)
    return held.values_list("pk").first() is not None


def _remember(
    connection: Connection, outcome: Outcome, now: datetime, *, is_whole: bool, fresh: bool
) -> None:
    """Keep how the source is, unless somebody pointed the connection elsewhere meanwhile."""
    if not is_as_it_was(connection):
        return
    values: dict[str, Any] = {"habit": outcome.habit or {"known": 1}, "good_at": now}
    if is_whole:
        # Had something been left out, it would never be asked for again.
        values["since"] = dict(outcome.end.remember)
    if fresh:
        values["whole_at"] = now
    Connection.objects.filter(pk=connection.pk).update(**values)
