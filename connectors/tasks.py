from typing import Any
from uuid import UUID

from django.db.models import Q
from django.utils import timezone

from careerforge.jobs import schedules
from careerforge.jobs.queue import enqueue
from careerforge.jobs.registry import job
from careerforge.jobs.running import Running
from connectors.models import Connection
from connectors.sync import STAGES, synchronise


@job("connectors.sync", stages=STAGES)
def sync(running: Running, connection: str) -> dict[str, Any]:
    """Synchronise one connection."""
    return synchronise(running, UUID(connection))


@job("connectors.sync_due", stages=("Finding connections that are due",), keep_hours=2)
def sync_due(running: Running) -> dict[str, Any]:
    """Queue every connection whose time has come."""
    with running.transaction():
        now = timezone.now()
        due = Connection.objects.filter(Q(next_sync_at__isnull=True) | Q(next_sync_at__lte=now), paused=False)
        runs = [
            enqueue("connectors.sync", key=str(pk), connection=str(pk))
            for pk in due.values_list("pk", flat=True)
        ]
    return {"queued": len(runs)}


schedules.every("connectors.sync_due", "connectors.sync_due", "*/5 * * * *")
