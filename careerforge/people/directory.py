"""Everybody of the open organisation, opened. Personal data: keep it in memory, never in a log."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.db import connection

from careerforge.people import identity
from careerforge.people.identity import Person
from careerforge.people.models import User

_STAMP = """
    SELECT count(*), coalesce(bit_xor(hashtextextended(concat(i.user_id, i.xmin, p.xmin), 0)), 0)
    FROM people_identity AS i JOIN people_personkey AS k ON k.user_id = i.user_id
    LEFT JOIN people_profile AS p ON p.user_id = i.user_id
"""


@dataclass(frozen=True)
class Known:
    """What could tell who one person is."""

    person: Person
    handles: tuple[str, ...]


def everybody(people: Iterable[UUID] | None = None) -> list[Known]:
    """All people whose key has not been destroyed, or only those with the given ids; always in one order."""
    users = User.objects.select_related("identity", "key", "profile").order_by("id")
    users = users.filter(identity__isnull=False, key__isnull=False)
    if people is not None:
        users = users.filter(pk__in=list(people))
    return [Known(identity.read_all(user), _handles(user)) for user in users]


def stamp() -> tuple[int, int]:
    """Equal as long as nobody is added, changed or erased: row versions, nothing is opened."""
    with connection.cursor() as cursor:
        cursor.execute(_STAMP)
        count, mark = cursor.fetchone()
    return int(count), int(mark)


def _handles(user: User) -> tuple[str, ...]:
    """What the person is called where no name stands: in lists, at the sign-in, in addresses."""
    if hasattr(user, "profile"):
        return user.handle, user.username, user.profile.coaching_handle, user.profile.pseudo_id
    return user.handle, user.username
