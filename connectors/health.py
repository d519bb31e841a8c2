"""Whether a connection is well, since when not, and telling its owner, once, after a day.

An owner is told in the administration: a notice stands on their pages until the connection is well again.
"""

from datetime import datetime, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING

from django.db.models import Q, QuerySet

from careerforge.governance import audit
from connectors.models import Connection, Ownership

if TYPE_CHECKING:
    from careerforge.people.models import User

PATIENCE = timedelta(hours=24)


class Health(StrEnum):
    """How a connection is."""

    NEW = "new"
    WELL = "well"
    PARTLY = "partly"
    SUSPICIOUS = "suspicious"
    FAILING = "failing"
    # Its time has come long ago, and nobody asked it: the worker stands still.
    LATE = "late"
    GONE = "gone"
    PAUSED = "paused"


def of(connection: Connection, now: datetime) -> Health:
    """How a connection is. Needs ``newest_run``."""
    run = connection.newest_run
    if connection.is_gone:
        return Health.GONE
    if connection.paused:
        return Health.PAUSED
    if run is None:
        return Health.NEW
    if is_late(connection, now):
        return Health.LATE
    if connection.unhealthy_since is not None:
        return Health.SUSPICIOUS if run.is_suspicious else Health.FAILING
    return Health.PARTLY if run.failed else Health.WELL


def is_late(connection: Connection, now: datetime) -> bool:
    """Whether it was due two intervals ago, an hour at least, and nobody asked."""
    due = connection.next_sync_at
    patience = max(timedelta(minutes=2 * connection.interval_minutes), timedelta(hours=1))
    return due is not None and not connection.paused and now - due > patience


def judge(connection: Connection, *, is_well: bool, now: datetime) -> None:
    """A run has ended: it is well again, or it is not since now, unless it was not before."""
    rows = Connection.objects.filter(pk=connection.pk)
    if is_well:
        rows.update(unhealthy_since=None)
        Ownership.objects.filter(connection=connection).update(told_at=None)
    else:
        rows.filter(unhealthy_since__isnull=True).update(unhealthy_since=now)


def tell_owners(now: datetime) -> int:
    """Tell the owners of connections that have been unhealthy for a day, each once; gives back how many.

    Nobody is told of a connection that a person paused.
    """
    ill = Q(connection__unhealthy_since__lte=now - PATIENCE) & (
        Q(connection__paused=False) | Q(connection__is_gone=True)
    )
    told = 0
    for one in Ownership.objects.filter(ill, told_at__isnull=True).select_related("connection"):
        told += Ownership.objects.filter(pk=one.pk, told_at__isnull=True).update(told_at=now)
        audit.record(None, "connection.owner_told", target=one.connection, subject=one.user_id)
    return told


def notices(user: "User") -> QuerySet[Connection]:
    """The connections of which their owner was told, and which are still not well."""
    return Connection.objects.filter(
        ownership__user=user, ownership__told_at__isnull=False, unhealthy_since__isnull=False
    ).select_related("newest_run__job_run", "ownership")


def own(connection: Connection, user: "User | None") -> None:
    """Somebody looks after a connection, or nobody."""
    if user is None:
        Ownership.objects.filter(connection=connection).delete()
        return
    row, is_new = Ownership.objects.get_or_create(connection=connection, defaults={"user": user})
    if not is_new and row.user_id != user.pk:
        # Who takes over is told anew.
        Ownership.objects.filter(pk=row.pk).update(user=user, told_at=None)
