"""One synchronisation: ask, read, store in batches; one bad file, page or entry never stops the rest.

What a run has seen is in rows of its own (``sightings``), and it counts in the transactions in which it
stores, so one that was killed anywhere and runs again ends with the same documents and the same counts.
"""

import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from careerforge.http.errors import FetchError
from careerforge.jobs.queue import enqueue
from careerforge.jobs.running import Failed, Running
from careerforge.knowledge.index import indexing
from connectors import clock
from connectors.kinds import registry
from connectors.kinds.fetching import USUAL, Credentials, Limits, Session
from connectors.kinds.kind import Listing
from connectors.kinds.manners import NotYet
from connectors.secrecy import secrets
from connectors.secrecy.credentials import Auth, Mode
from connectors.syncing import ledger, sightings, sources
from connectors.syncing.absent import remove_absent
from connectors.syncing.ledger import Entry, Outcome
from connectors.syncing.places import Places
from connectors.syncing.plausible import Doubt
from connectors.syncing.reading import ASKING, READING, STAGES, Changed, Doubtful, Full, Reading
from connectors.syncing.turns import turn

SEARCHABLE = STAGES[-1]
# A job's time is short; what takes longer is handed on, at a place where it can go on.
SHARE_S = 200.0
# With more that is new, the vectors are left to the job that storing has queued: a job's time is short.
INDEXED_HERE = 1_000
# A sign of life at most so often, on the way to the next page.
BEAT_S = 5.0

__all__ = ["STAGES", "synchronise"]


def synchronise(
    running: Running,
    connection_id: UUID,
    *,
    goes_on: str = "",
    limits: Limits = USUAL,
    monotonic: Callable[[], float] = time.monotonic,
) -> dict[str, Any]:
    """Bring a connection's documents up to date. Safe to run again after being killed anywhere.

    Args:
        goes_on: id of a run to go on with.
        limits: how much the source may take of us.
        monotonic: seconds.

    Raises:
        Failed: the source could not be read, or it is not as it used to be; its documents were left alone.
    """
    running.stage(ASKING)
    with turn(running, connection_id):
        entry = ledger.open_entry(running, connection_id, goes_on)
        if ledger.is_handed_on(running, entry.run):
            return {"connection": str(connection_id), "goes_on": True}
        attempt = _Run(running, entry, limits, monotonic)
        if entry.run.finished_at is None and not attempt.finish():
            return {"connection": str(connection_id), "goes_on": True}
    counts = ledger.counts(entry.run)
    if attempt.is_put_off:
        return {"connection": str(connection_id), **counts}
    if entry.run.error and not (counts["new"] or counts["changed"] or counts["unchanged"]):
        raise Failed(entry.run.error)
    running.stage(SEARCHABLE)
    if 0 < counts["new"] + counts["changed"] <= INDEXED_HERE:
        indexing.index_pending(running, is_over=indexing.share(indexing.SHARE_S))
    return {"connection": str(connection_id), **counts}


@dataclass
class _Run:
    """One attempt at a run."""

    running: Running
    entry: Entry
    limits: Limits
    monotonic: Callable[[], float]
    is_put_off: bool = False

    def finish(self) -> bool:
        """Read all of it; False when the time was up and another job goes on."""
        self.started = self.beaten = self.monotonic()
        try:
            self._begin()
        except FetchError as error:
            return self._close_unread(error)
        try:
            return self._read_and_close()
        except Changed:
            raise ledger.close_changed(self.running, self.entry) from None

    def _read_and_close(self) -> bool:
        broke_off = ""
        why: FetchError | None = None
        try:
            if not self._read():
                return False
        except Full as full:
            broke_off = str(full)
        except Doubtful as doubtful:
            return self._close_unread(doubtful.doubt)
        except FetchError as error:
            if self.reading.is_first and not self.reading.taken:
                return self._close_unread(error)
            broke_off, why = error.sentence, error
        self._close(broke_off, why)
        return True

    def _close_unread(self, why: FetchError | Doubt) -> bool:
        """Nothing was read: it failed, unless nobody was allowed to ask.

        Raises:
            Failed: it did.
        """
        if not isinstance(why, NotYet):
            raise ledger.close_unread(self.running, self.entry, why) from None
        ledger.put_off(self.running, self.entry, why)
        self.is_put_off = True
        return True

    def _begin(self) -> None:
        """Everything that is needed to ask.

        Raises:
            FetchError: it may not be asked, or nobody gave us a token.
        """
        connection, slice_ = self.entry.connection, self.running.transaction
        with slice_():
            whole_at, now = connection.whole_at, clock.now()
            self.fresh = whole_at is None or now - whole_at >= sources.WHOLE
            cursor, is_wanted = ledger.cursor(self.entry), ledger.is_wanted(self.entry)
        self.places = Places(slice_, connection, fresh=self.fresh, is_wanted=is_wanted)
        self.session = self._session()
        kind = registry.find(connection.kind)
        asked = sources.asked(connection, cursor, fresh=self.fresh)
        self.reading = Reading(self.running, self.entry, kind, asked, self.places)
        self.listing: Listing = kind.listing(asked, self.session)

    def _session(self) -> Session:
        connection = self.entry.connection
        is_token = Auth.of(connection.auth).mode == Mode.OAUTH2
        return sources.session(
            connection,
            self.places,
            self._credentials(),
            limits=self.limits,
            renew=(lambda: self._credentials(anew=True)) if is_token else None,
            beat=self._beat,
            clock=self.monotonic,
        )

    def _credentials(self, *, anew: bool = False) -> Credentials | None:
        # Looked up at each call, so that tests can put another client in its place.
        return secrets.in_use(
            self.entry.connection,
            lambda seconds: sources.client(seconds),
            self.running.transaction,
            anew=anew,
        )

    def _beat(self) -> None:
        if self.monotonic() - self.beaten >= BEAT_S:
            self.beaten = self.monotonic()
            self.running.stage(READING, self._share())

    def _share(self) -> float:
        done, count = self.listing.done + self.reading.taken, self.listing.count
        return done / max(count, done + 1)

    def _read(self) -> bool:
        self.running.stage(READING)
        for body in self.listing:
            self.reading.take(body, is_delta=self.listing.is_delta)
            if body.cursor and self.monotonic() - self.started > SHARE_S:
                self._hand_on()
                return False
        return True

    def _hand_on(self) -> None:
        """Somebody else goes on where this stopped."""
        entry = self.entry
        with self.running.transaction():
            self.reading.flush()
            pk, run = str(entry.connection.pk), entry.run
            key = f"{pk}:{run.pk}:{len(run.earlier_jobs)}"
            job = enqueue("connectors.sync", key=key, connection=pk, run=str(run.pk))
            ledger.hand_on(entry, job.pk)

    def _close(self, broke_off: str, why: FetchError | None) -> None:
        self.reading.save()
        end = replace(self.listing.end, is_complete=self.listing.end.is_complete and not broke_off)
        warning = remove_absent(self.running, self.entry, self.reading, end)
        with self.running.transaction():
            self.places.flush()
            if ledger.is_as_it_was(self.entry.connection):
                is_complete = end.is_complete and not warning
                sightings.settle(self.entry.connection, self.entry.run, is_complete=is_complete)
            if broke_off:
                ledger.note(self.entry, [(sources.without_query(self.entry.connection), broke_off)])
            ledger.add(self.entry, pages=self.session.pages)
            seen = len(self.reading.present())
            outcome = Outcome(seen, end, dict(self.reading.habit), warning or end.doubt, broke_off, why)
            ledger.close(self.entry, outcome, fresh=self.fresh)
