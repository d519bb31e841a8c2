"""Which organisation the current transaction may read and write.

PostgreSQL's row-level security decides; this module only tells it. The setting is local to the
transaction, so a connection that is used again starts with nothing.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from uuid import UUID

from django.db import connection, transaction

from careerforge.tenancy import pausing

ORGANISATION_SETTING = "careerforge.organisation"
NAMED_ROW_SETTING = "careerforge.named_row"

_current: ContextVar[UUID | None] = ContextVar("organisation", default=None)


def current_id() -> UUID | None:
    """The organisation of this transaction, or None outside of one."""
    return _current.get()


def _tell(setting: str, value: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config(%s, %s, true)", [setting, value])


@contextmanager
def organisation(organisation_id: UUID | None) -> Iterator[None]:
    """Open a transaction (or a savepoint) in which one organisation's rows exist.

    After an error the rollback takes the setting back by itself.

    Args:
        organisation_id: never None; a row's own is typed so, because its default may be.
    """
    if organisation_id is None:
        raise RuntimeError("This row belongs to no organisation.")
    before = _current.get()
    with transaction.atomic():
        token = _current.set(organisation_id)
        try:
            _tell(ORGANISATION_SETTING, str(organisation_id))
            yield
        finally:
            _current.reset(token)
        _tell(ORGANISATION_SETTING, str(before or ""))


@contextmanager
def named(organisation_id: UUID | None) -> Iterator[None]:
    """Say which organisation is meant, without a transaction.

    For what opens short transactions of its own (:mod:`careerforge.tenancy.aside`) and waits between them.
    By itself it shows nobody's rows.

    Raises:
        RuntimeError: another organisation is open, or none is given.
    """
    before = _current.get()
    if organisation_id is None or before not in (None, organisation_id):
        raise RuntimeError("Only the organisation that is open can be named.")
    token = _current.set(organisation_id)
    try:
        yield
    finally:
        _current.reset(token)


@contextmanager
def nobody() -> Iterator[None]:
    """A transaction that belongs to no organisation until :func:`enter` gives it one. It can be paused.

    Inside an open transaction (a test's) whatever was set there is hidden, and comes back afterwards.
    """
    before = _current.get()
    nested = connection.in_atomic_block
    token = _current.set(None)
    try:
        with pausing.pausable():
            if nested:
                _tell(ORGANISATION_SETTING, "")
            yield
    finally:
        _current.reset(token)
        if nested and not connection.needs_rollback:
            _tell(ORGANISATION_SETTING, str(before or ""))


def enter(organisation_id: UUID | None) -> None:
    """Give the open transaction its organisation, until it ends (a web request calls this once)."""
    if organisation_id is None:
        raise RuntimeError("This row belongs to no organisation.")
    if not connection.in_atomic_block:
        raise RuntimeError("An organisation can be entered only inside a transaction.")
    _current.set(organisation_id)
    _tell(ORGANISATION_SETTING, str(organisation_id))


@contextmanager
def pause() -> Iterator[None]:
    """Commit what this request has done and wait for somebody outside with no transaction open; then go on in
    a new one of the same organisation. Where no request has one open, nothing happens.

    Raises:
        RuntimeError: no organisation is open, or a part of the transaction is not settled yet.
    """
    organisation_id = _current.get()
    if organisation_id is None:
        raise RuntimeError("Only the transaction of an organisation can be paused.")
    try:
        with pausing.pause():
            yield
    finally:
        _tell(ORGANISATION_SETTING, str(organisation_id))


@contextmanager
def named_row(value: str) -> Iterator[None]:
    """Make readable the rows whose look-up column equals ``value`` exactly, whatever the organisation.

    This is how a sign-in name, a token or a one-time link finds its row before anyone is known.
    Tables opt in by ``named_row_columns`` on the model.
    """
    with transaction.atomic():
        _tell(NAMED_ROW_SETTING, value)
        yield
        _tell(NAMED_ROW_SETTING, "")
