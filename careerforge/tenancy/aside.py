"""Short transactions on a connection of their own, beside the one that is open.

What is kept here stays when the act fails, and no lock of it waits for the act: a call to a model takes
seconds, and its price is owed whatever becomes of its answer. It sees only what others have committed.
"""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

from django.conf import settings
from django.db import connections, transaction
from django.db.backends.utils import CursorWrapper

from careerforge.tenancy import context

TELL = "SELECT set_config(%s, %s, true)"


def alias() -> str:
    """The name of the second connection, for ``QuerySet.using``."""
    return str(settings.ASIDE)


class Aside:
    """An open transaction of the second connection."""

    def __init__(self, cursor: CursorWrapper, organisation: str) -> None:
        self._cursor = cursor
        self._told: tuple[str, ...] = (context.ORGANISATION_SETTING, organisation)

    def enter(self) -> None:
        """Name the organisation to PostgreSQL, for what the ORM does afterwards."""
        if self._told:
            self._cursor.execute(TELL, self._told)
            self._told = ()

    def execute(self, statement: str, values: Sequence[Any] | Mapping[str, Any]) -> CursorWrapper:
        """Run one statement; the first one takes the organisation's name along, in one round trip."""
        if not self._told:
            self._cursor.execute(statement, values)
            return self._cursor
        if isinstance(values, Mapping):
            told: Any = {**values, "_setting": self._told[0], "_organisation": self._told[1]}
            first = "SELECT set_config(%(_setting)s, %(_organisation)s, true)"
        else:
            told, first = [*self._told, *values], TELL
        self._cursor.execute(f"{first}; {statement}", told)
        self._told = ()
        self._cursor.nextset()
        return self._cursor


@contextmanager
def transaction_of_its_own() -> Iterator[Aside]:
    """A transaction in the organisation that is open.

    Raises:
        RuntimeError: no organisation is open.
    """
    organisation = context.current_id()
    if organisation is None:
        raise RuntimeError("Nothing is kept aside for nobody.")
    with transaction.atomic(using=alias()), connections[alias()].cursor() as cursor:
        yield Aside(cursor, str(organisation))
