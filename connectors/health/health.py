"""Whether a connection is well, since when not, and telling its owner, once, after a day.

An owner is told in the administration, where a notice stands until the connection is well again, and by mail
where the operator has set that up.
"""

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from django.db.models import (
    Case,
    CharField,
    Count,
    DurationField,
    ExpressionWrapper,
    F,
    Q,
    QuerySet,
    TextChoices,
    Value,
    When,
)
from django.db.models.functions import Greatest
from django.utils.translation import gettext_lazy as _

from careerforge.governance import audit
from careerforge.jobs.queue import enqueue
from connectors.models import Connection, Ownership

if TYPE_CHECKING:
    from careerforge.people.models import User

PATIENCE = timedelta(hours=24)
# So many intervals after its time, an hour at least, nobody asks any more.
LATE_INTERVALS, LATE_AT_LEAST = 2, timedelta(hours=1)


class Health(TextChoices):
    """How a connection is."""

    NEW = "new", _("Not synchronised yet")
    WELL = "well", _("Well")
    # Nobody was allowed to ask: its host wants to be left alone for a while.
    WAITING = "waiting", _("Waits for its turn")
    PARTLY = "partly", _("Partly read")
    SUSPICIOUS = "suspicious", _("Suspicious change")
    FAILING = "failing", _("Failing")
    # Its time has come long ago, and nobody asked it: the worker stands still.
    LATE = "late", _("Overdue")
    GONE = "gone", _("Gone for good")
    PAUSED = "paused", _("Paused")


def of(connection: Connection, now: datetime) -> Health:
    """How a connection is. Needs ``newest_run``."""
    run = connection.newest_run
    if connection.is_gone:
        return Health.GONE
    if connection.paused:
        return Health.PAUSED
    if run is None or _is_first(connection):
        return Health.NEW
    if is_late(connection, now):
        return Health.LATE
    if connection.unhealthy_since is not None:
        return Health.SUSPICIOUS if run.is_suspicious else Health.FAILING
    if run.error and connection.next_sync_at is not None:
        return Health.WAITING
    return Health.PARTLY if run.failed else Health.WELL


def _is_first(connection: Connection) -> bool:
    """Whether it is being read for the first time."""
    run, never = connection.newest_run, connection.good_at is None and connection.unhealthy_since is None
    return never and run is not None and run.finished_at is None


def is_late(connection: Connection, now: datetime) -> bool:
    """Whether it was due two intervals ago, an hour at least, and nobody asked."""
    due = connection.next_sync_at
    patience = max(timedelta(minutes=LATE_INTERVALS * connection.interval_minutes), LATE_AT_LEAST)
    return due is not None and not connection.paused and now - due > patience


def told(connections: QuerySet[Connection], now: datetime) -> QuerySet[Connection]:
    """The connections with ``health``, which is what :func:`of` says of each, counted by the database."""
    intervals = ExpressionWrapper(
        F("interval_minutes") * Value(timedelta(minutes=LATE_INTERVALS)), output_field=DurationField()
    )
    first = Q(good_at=None, unhealthy_since=None, newest_run__finished_at=None)
    waits = Q(unhealthy_since=None, next_sync_at__isnull=False) & ~Q(newest_run__error="")
    return connections.alias(late_at=F("next_sync_at") + Greatest(intervals, Value(LATE_AT_LEAST))).annotate(
        health=Case(
            When(is_gone=True, then=Value(Health.GONE)),
            When(paused=True, then=Value(Health.PAUSED)),
            When(Q(newest_run=None) | first, then=Value(Health.NEW)),
            When(late_at__lt=now, then=Value(Health.LATE)),
            When(waits, then=Value(Health.WAITING)),
            When(unhealthy_since=None, newest_run__failed__gt=0, then=Value(Health.PARTLY)),
            When(unhealthy_since=None, then=Value(Health.WELL)),
            When(newest_run__is_suspicious=True, then=Value(Health.SUSPICIOUS)),
            default=Value(Health.FAILING),
            output_field=CharField(),
        )
    )


def numbers(now: datetime) -> dict[Health, int]:
    """How many connections are how; those in trouble first."""
    rows: Any = told(Connection.objects.order_by(), now)
    found = dict(rows.values_list("health").annotate(n=Count("pk")).values_list("health", "n"))
    return {one: found[one] for one in TROUBLE_FIRST if one in found}


TROUBLE_FIRST = (
    Health.FAILING, Health.SUSPICIOUS, Health.GONE, Health.LATE, Health.WAITING, Health.PARTLY, Health.NEW,
    Health.WELL, Health.PAUSED,
)  # fmt: skip


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

    Nobody is told of a connection that a person paused. In the open transaction.
    """
    ill = Q(connection__unhealthy_since__lte=now - PATIENCE) & (
        Q(connection__paused=False) | Q(connection__is_gone=True)
    )
    count = 0
    for one in Ownership.objects.filter(ill, told_at__isnull=True).select_related("connection"):
        if not Ownership.objects.filter(pk=one.pk, told_at__isnull=True).update(told_at=now):
            continue
        count += 1
        audit.record(None, "connection.owner_told", target=one.connection, subject=one.user_id)
        enqueue("connectors.tell_owner", key=str(one.pk), ownership=str(one.pk))
    return count


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
