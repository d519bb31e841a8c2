"""Adding, changing, removing and synchronising connections: the same for the admin's form and the API."""

from dataclasses import dataclass, field
from urllib.parse import urlsplit, urlunsplit

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from careerforge.governance import audit
from careerforge.jobs.models import JobRun
from careerforge.jobs.queue import enqueue
from careerforge.knowledge.models import Collection
from careerforge.people.models import User
from careerforge.skills.models import Practice
from connectors import secrets, sources
from connectors.models import Connection


class Refusal(Exception):
    """The wish cannot be met; ``field`` says which part of it, the text says why."""

    def __init__(self, field_name: str, sentence: str) -> None:
        super().__init__(sentence)
        self.field_name = field_name


@dataclass(frozen=True)
class Wish:
    """What somebody wants a connection to be."""

    name: str
    kind: str
    location: str
    audience: str = "everyone"
    audience_practice: str = ""
    audience_region: str = ""
    about: str = "market"
    interval_minutes: int = 60
    paused: bool = False
    items: str = ""
    fields: dict[str, str] = field(default_factory=dict)
    header: str = ""
    # None: leave the secret as it is.
    secret: str | None = field(default=None, repr=False)


def save(user: User, wish: Wish, connection: Connection | None) -> Connection:
    """Store a new or changed connection with its audience.

    Raises:
        Refusal: in words, for one field.
    """
    problem = sources.problem_with(wish.kind, wish.location)
    if problem:
        audit.record(user, "connection.refused", kind=wish.kind)
        raise Refusal("location", problem)
    try:
        with transaction.atomic():
            return _store(user, wish, connection)
    except IntegrityError:
        raise Refusal("name", _("Another connection or collection has this name.")) from None


def _store(user: User, wish: Wish, connection: Connection | None) -> Connection:
    is_new = connection is None
    row = connection or Connection()
    moved = not is_new and secrets.origin(row.location) != secrets.origin(wish.location)
    row.collection = _collection(wish, None if is_new else row.collection)
    if row.location != wish.location or row.kind != wish.kind:
        row.etag = row.last_modified = ""
    row.name, row.kind, row.location = wish.name, wish.kind, wish.location
    row.interval_minutes, row.paused = wish.interval_minutes, wish.paused
    row.settings = {"items": wish.items, "fields": wish.fields, "header": wish.header}
    if moved:
        # A secret stays with the origin it was given for.
        row.sealed_secret = None
    if wish.secret:
        secrets.keep(row, wish.secret)
    row.save(force_insert=is_new)
    audit.record(user, "connection.added" if is_new else "connection.changed", target=row, kind=row.kind)
    return row


def _collection(wish: Wish, collection: Collection | None) -> Collection:
    row = collection or Collection()
    row.name, row.audience, row.about = wish.name, wish.audience, wish.about
    row.audience_practice = None
    row.audience_region = ""
    if wish.audience == Collection.Audience.PRACTICE:
        row.audience_practice = Practice.objects.filter(slug=wish.audience_practice).first()
        if row.audience_practice is None:
            raise Refusal("audience_practice", _("Choose the practice that may read this."))
    if wish.audience == Collection.Audience.REGION:
        row.audience_region = wish.audience_region.strip()
        if not row.audience_region:
            raise Refusal("audience_region", _("Name the region that may read this."))
    row.save()
    return row


def remove(user: User, connection: Connection) -> None:
    """Remove a connection with everything that came from it."""
    audit.record(user, "connection.removed", target=connection, kind=connection.kind)
    connection.collection.delete()


def sync_now(user: User, connection: Connection) -> JobRun:
    """Queue a synchronisation; while one is open, that one."""
    audit.record(user, "connection.sync_asked", target=connection)
    return enqueue(
        "connectors.sync", key=str(connection.pk), asked_by=user.pk, connection=str(connection.pk)
    )


def without_query(connection: Connection) -> str:
    """The address without its query string, which may hold a key; a folder as it is."""
    if connection.kind == Connection.Kind.FOLDER:
        return connection.location
    try:
        return urlunsplit(urlsplit(connection.location)._replace(query="", fragment=""))
    except ValueError:
        return ""


def note_pause(user: User, connection: Connection) -> None:
    """Record that somebody paused or resumed a connection."""
    audit.record(user, "connection.paused" if connection.paused else "connection.resumed", target=connection)
