"""What is known of a connection's places, in the database: validators, failures, and the breaker of each.

A place that failed in ``PATIENCE`` synchronisations in a row is left alone, longer each time. When that time
is over, one request goes through and decides (half open), whichever worker sends it.
"""

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import blake2b

from django.db.models import Q
from django.utils.translation import ngettext

from careerforge.gateway import company
from careerforge.gateway.redact import mask
from careerforge.http.errors import BadStatus, FetchError
from connectors import clock
from connectors.kinds.manners import NotYet
from connectors.models import Connection, Sighting, Source, SyncRun
from connectors.syncing import hosts

PATIENCE = 3
FIRST_REST, LONGEST_REST = timedelta(hours=1), timedelta(days=1)
# As long as a request may take with all its tries.
PROBE = timedelta(minutes=2)

Slice = Callable[[], AbstractContextManager[None]]


def key(place: str) -> str:
    """What stands for a place: 32 hex digits."""
    return blake2b(place.encode("utf-8", "replace"), digest_size=16).hexdigest()


def rest(failures: int) -> timedelta:
    """How long a place is left alone after so many failures in a row: an hour, doubled each time, at most a
    day; nothing before the third.
    """
    doublings = min(failures - PATIENCE, 10)
    wait: timedelta = FIRST_REST * 2**doublings if doublings >= 0 else timedelta(0)
    return min(wait, LONGEST_REST)


@dataclass(frozen=True)
class _Answer:
    where: str
    seconds: float
    tries: int


class Places:
    """A :class:`~connectors.kinds.fetching.Book` of one connection, read once at the beginning.

    Args:
        slice_: opens a transaction in which the organisation's rows exist.
        fresh: everything is to be read, so that no validators are told.
        is_wanted: a person asked for it, so that a failure makes no rest longer.
    """

    def __init__(
        self, slice_: Slice, connection: Connection, *, fresh: bool, is_wanted: bool = False
    ) -> None:
        self._slice, self._connection, self._fresh, self._is_wanted = slice_, connection, fresh, is_wanted
        self._answers: dict[str, _Answer] = {}
        with slice_():
            rows = Source.objects.filter(connection=connection).defer("held")
            self._rows = {row.key: row for row in rows}

    def known(self, place: str) -> tuple[str, str]:
        """The validators of the body that was stored last, if it was stored whole."""
        row = self._rows.get(key(place))
        if self._fresh or row is None or row.digest is None:
            return "", ""
        return row.etag, row.last_modified

    def digest(self, place: str) -> bytes:
        """Of the body that was stored last; empty when there is none, or all is to be read."""
        row = self._rows.get(key(place))
        return b"" if self._fresh or row is None else bytes(row.digest or b"")

    def admit(self, place: str) -> None:
        """Let a request through unless the place is left alone.

        Raises:
            NotYet: it is.
        """
        row = self._rows.get(key(place))
        if row is None or row.open_until is None:
            return
        with self._slice():
            now = clock.now()
            free = Q(probe_until__isnull=True) | Q(probe_until__lt=now)
            mine = Source.objects.filter(free, pk=row.pk, open_until__lte=now)
            if mine.update(probe_until=now + PROBE):
                return
        until = max(row.open_until, row.probe_until or now, now)
        raise NotYet(_alone(row), "open", (until - now).total_seconds())

    def turn(self, host: str) -> float:
        """The seconds to wait for the next turn at a host, which belongs to no organisation."""
        return hosts.turn(host)

    def told_to_wait(self, host: str, wait: timedelta) -> None:
        """Nobody asks the host for so long."""
        hosts.close(host, wait)

    def answered(self, place: str, where: str, seconds: float, tries: int) -> None:
        """Noted, and written down with :meth:`flush`."""
        self._answers[key(place)] = _Answer(where, seconds, tries)

    def failed(self, place: str, where: str, error: FetchError, tries: int) -> None:
        """Written down at once, so that a worker that is killed next does not forget it."""
        if error.code == "not_yet":
            return
        with self._slice():
            self._failed(place, where, error, tries)

    def _failed(self, place: str, where: str, error: FetchError, tries: int) -> None:
        now = clock.now()
        shown = mask(where, company.directory())[:500]
        told = {"where": shown, "reason": error.sentence[:300], "tried_at": now, "tries": tries}
        row, _is_new = Source.objects.update_or_create(
            connection=self._connection, key=key(place), defaults=told
        )
        failures = max(row.failures, 1) if self._is_wanted else min(row.failures + 1, 1000)
        wait = timedelta(0) if self._is_wanted else rest(failures)
        if isinstance(error, BadStatus) and error.retry_after:
            # It knows best when it can be asked again.
            wait = max(min(wait, FIRST_REST), timedelta(seconds=error.retry_after))
        Source.objects.filter(pk=row.pk).update(
            failures=failures, open_until=now + wait if wait else None, probe_until=None
        )

    def flush(self) -> None:
        """Write down who answered. In the open transaction, which may be that of the run's end."""
        if not self._answers:
            return
        now, everybody = clock.now(), company.directory()
        rows = [
            Source(
                connection=self._connection, key=one, where=mask(answer.where, everybody)[:500],
                seconds=answer.seconds, tries=answer.tries, tried_at=now, good_at=now,
            )
            for one, answer in self._answers.items()
        ]  # fmt: skip
        Source.objects.bulk_create(
            rows, update_conflicts=True, unique_fields=["connection", "key"], update_fields=_ANSWERED
        )
        self._answers.clear()


_ANSWERED = [
    "where", "seconds", "tries", "tried_at", "good_at", "failures", "reason", "open_until", "probe_until",
]  # fmt: skip


def forget(connection: Connection) -> None:
    """Nothing that is known of the places holds any more: the connection leads elsewhere."""
    Source.objects.filter(connection=connection).delete()
    # A run that was handed on begins anew.
    Sighting.objects.filter(run__connection=connection).delete()
    SyncRun.objects.filter(connection=connection, finished_at=None).update(sealed_cursor=None)


def let_through(connection: Connection) -> None:
    """Somebody wants it tried now: the next request to each place decides."""
    left_alone = Source.objects.filter(connection=connection, open_until__isnull=False)
    left_alone.update(open_until=clock.now(), probe_until=None)


def _alone(row: Source) -> str:
    until: datetime = row.open_until or row.tried_at  # type: ignore[assignment]
    told = ngettext(
        "%(where)s failed once; it is asked again after %(at)s. %(why)s",
        "%(where)s failed %(n)s times in a row; it is asked again after %(at)s. %(why)s",
        row.failures,
    )
    return told % {
        "where": row.where,
        "n": row.failures,
        "at": f"{until:%d %b %H:%M} UTC",
        "why": row.reason,
    }


class Unbooked:
    """The book of a try-out, which leaves nothing behind and asks for a page or two."""

    def known(self, place: str) -> tuple[str, str]:
        """The whole answer is wanted."""
        return "", ""

    def admit(self, place: str) -> None:
        """Somebody wants to know now."""

    def turn(self, host: str) -> float:
        """At once: how often somebody may try is bounded elsewhere."""
        return 0.0

    def told_to_wait(self, host: str, wait: timedelta) -> None:
        """The one who tries is told so."""

    def answered(self, place: str, where: str, seconds: float, tries: int) -> None:
        """Not noted."""

    def failed(self, place: str, where: str, error: FetchError, tries: int) -> None:
        """Not noted."""
