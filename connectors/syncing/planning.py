"""When a connection is asked again."""

from datetime import datetime, timedelta

from careerforge.http.errors import BadStatus, FetchError
from connectors.kinds.manners import NotYet
from connectors.models import Connection
from connectors.syncing.plausible import Doubt

LONGEST_WAIT = timedelta(days=1)
# A wait that a source asked for says when to come again; a shorter one was waited out in vain.
TOLD_WAIT_S = 60.0

Why = FetchError | Doubt | str | None


def plan(connection: Connection, now: datetime, why: Why, *, is_wanted: bool) -> None:
    """Write down when to ask again, and how many failures there are in a row now.

    Where somebody said how long to wait, right after that. A run that was not allowed to ask is no failure,
    and one that a person asked for makes no wait longer.

    Args:
        connection: as it was when the run began.
        why: why not all of it could be read; None when it could.
        is_wanted: a person asked for the run.
    """
    is_failure = why is not None and not isinstance(why, NotYet) and not is_wanted
    failures = (connection.failures + is_failure) if why is not None else 0
    told, planned = _told_wait(why), connection.next_sync_at
    at = following(connection, now, failures) if told is None else now + told
    if why is not None and told is None and is_wanted and planned is not None and planned > now:
        at = min(at, planned)
    Connection.objects.filter(pk=connection.pk).update(next_sync_at=at, failures=min(failures, 1000))


def _told_wait(why: Why) -> timedelta | None:
    """How long nobody may ask, where that was said."""
    if isinstance(why, NotYet):
        return timedelta(seconds=why.wait)
    if isinstance(why, BadStatus) and (why.retry_after or 0) >= TOLD_WAIT_S:
        return timedelta(seconds=why.retry_after or 0)
    return None


def following(connection: Connection, now: datetime, failures: int) -> datetime:
    """When to ask again: after the interval, doubled for each failure but the first, at most a day or the
    interval.
    """
    interval = timedelta(minutes=connection.interval_minutes)
    doublings = min(max(failures - 1, 0), 20)
    wait: timedelta = min(interval * 2**doublings, max(interval, LONGEST_WAIT))
    return now + wait
