"""Two synchronisations of one connection take turns, whichever workers they run in."""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from uuid import UUID

from django.db import Error, OperationalError, connection
from django.utils.translation import gettext as _

from careerforge.jobs.running import Failed, Running

# Longer than a source may take to answer, shorter than a job's lease.
PATIENCE = "75s"
_LOCK_NOT_AVAILABLE = "55P03"


@contextmanager
def turn(running: Running, connection_id: UUID, *, patience: str = PATIENCE) -> Iterator[None]:
    """Hold the connection's turn. The lock belongs to the database session, so a killed worker loses it.

    Raises:
        Failed: somebody else held it for longer than ``patience``.
    """
    key = f"connectors.sync:{connection_id}"
    try:
        with running.transaction(), connection.cursor() as cursor:
            cursor.execute("SELECT set_config('lock_timeout', %s, true)", [patience])
            cursor.execute("SELECT pg_advisory_lock(hashtextextended(%s, 0))", [key])
    except OperationalError as error:
        if getattr(error.__cause__, "sqlstate", "") != _LOCK_NOT_AVAILABLE:
            raise
        raise Failed(_("Another synchronisation of this connection is still at work.")) from None
    try:
        yield
    finally:
        # A session that is broken has lost the lock already.
        with suppress(Error), connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_unlock(hashtextextended(%s, 0))", [key])
