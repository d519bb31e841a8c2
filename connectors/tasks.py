from typing import Any
from uuid import UUID

from django.db.models import Q

from careerforge.jobs import schedules
from careerforge.jobs.queue import enqueue
from careerforge.jobs.registry import job
from careerforge.jobs.running import Running
from connectors import clock
from connectors.health import health, telling
from connectors.kinds import registry
from connectors.models import Connection
from connectors.syncing import hosts
from connectors.syncing.reading import STAGES
from connectors.syncing.sync import synchronise


@job("connectors.sync", stages=STAGES)
def sync(running: Running, connection: str, run: str = "") -> dict[str, Any]:
    """Synchronise one connection, or go on with a run that took longer than one job may."""
    return synchronise(running, UUID(connection), goes_on=run)


@job("connectors.sync_due", stages=("Finding connections that are due",), keep_hours=2)
def sync_due(running: Running) -> dict[str, Any]:
    """Queue every connection whose time has come, once, however long nobody looked; tell who has to know."""
    with running.transaction():
        now = clock.now()
        is_due = Q(next_sync_at__isnull=True) | Q(next_sync_at__lte=now)
        due = Connection.objects.filter(is_due, paused=False).exclude(kind__in=registry.BY_HAND)
        runs = [
            enqueue("connectors.sync", key=str(pk), connection=str(pk))
            for pk in due.values_list("pk", flat=True)
        ]
        told = health.tell_owners(now)
        hosts.forget_idle()
    return {"queued": len(runs), "told": told}


@job("connectors.tell_owner", stages=("Writing to the owner",))
def tell_owner(running: Running, ownership: str) -> dict[str, Any]:
    """Send the mail that belongs to an owner's notice, where mail is set up."""
    return {"sent": telling.write(running, UUID(ownership))}


schedules.every("connectors.sync_due", "connectors.sync_due", "*/5 * * * *")
