"""A company that exists only while something is measured, with one person who sees what is for everyone."""

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType
from uuid import UUID

from django.db import connection
from django_q.models import OrmQ
from psycopg import sql

from careerforge.jobs import running
from careerforge.jobs.models import JobRun
from careerforge.people.models import User
from careerforge.tenancy import context
from careerforge.tenancy.models import Organisation
from careerforge.tenancy.row_security import tenant_models

NAME = "Evaluation, removed when it ends"


@contextmanager
def throw_away() -> Iterator[User]:
    """Make the company and its person; afterwards no row is left, also after Ctrl-C or a polite kill.

    What an evaluation left that was killed otherwise is removed first.
    """
    with _terminated_as_interrupted():
        _remove_leftovers()
        organisation = Organisation(name=NAME)
        _hold(organisation.id)
        try:
            with context.organisation(organisation.id):
                organisation.save(force_insert=True)
                person = User.objects.create(
                    username=f"evaluation-{organisation.id}", handle="Even Keel 0001", state=User.State.ACTIVE
                )
            yield person
        finally:
            _remove(organisation.id)


def keep_from_workers(organisation: UUID | None) -> None:
    """Take what the open transaction has queued off the queue: :func:`finish` does that work here."""
    mine = [row.pk for row in OrmQ.objects.iterator() if str(organisation) in row.task.get("args", ())]
    OrmQ.objects.filter(pk__in=mine).delete()


def finish(organisation: UUID | None) -> None:
    """Do the company's queued work, as a worker would.

    Raises:
        ValueError: a job did not succeed.
    """
    while waiting := _queued(organisation):
        running.run(str(waiting.pk), str(organisation))
    with context.organisation(organisation):
        failed = JobRun.objects.filter(attempt__gt=0).exclude(state=JobRun.State.DONE).first()
    if failed:
        raise ValueError(f"{failed.job} ended as {failed.state}: {failed.error or failed.error_id}")


def _queued(organisation: UUID | None) -> JobRun | None:
    """The next run that has not been tried; a job may ask for others."""
    with context.organisation(organisation):
        queued = JobRun.objects.filter(state=JobRun.State.QUEUED, attempt=0, run_after__isnull=True)
        return queued.order_by("created_at").first()


@contextmanager
def _terminated_as_interrupted() -> Iterator[None]:
    def interrupt(number: int, frame: FrameType | None) -> None:
        raise KeyboardInterrupt

    before = signal.signal(signal.SIGTERM, interrupt)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


def _hold(organisation: UUID) -> bool:
    """Take the company's lock, until it is removed or this connection ends; False when another run has it."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(hashtextextended(%s, 0))", [str(organisation)])
        return bool(cursor.fetchone()[0])


def _remove_leftovers() -> None:
    for organisation in Organisation.objects.filter(name=NAME).values_list("id", flat=True):
        if _hold(organisation):
            _remove(organisation)


def _remove(organisation: UUID) -> None:
    """Every row, in one transaction, and the lock. A second Ctrl-C has to wait for it."""
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        with context.organisation(organisation), connection.cursor() as cursor:
            # Rows point at each other in circles; at the end there is nothing left to point at.
            cursor.execute("SET CONSTRAINTS ALL DEFERRED")
            for model in tenant_models():
                if not model.append_only:
                    table = sql.Identifier(model._meta.db_table)
                    cursor.execute(
                        sql.SQL("DELETE FROM {} WHERE organisation_id = %s").format(table), [organisation]
                    )
            rows = Organisation.objects.filter(pk=organisation)
            rows._raw_delete(rows.db)
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_unlock(hashtextextended(%s, 0))", [str(organisation)])
    finally:
        signal.signal(signal.SIGINT, before)
