"""Adding, changing, removing and synchronising connections: the same for the admin's form and the API."""

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from careerforge.governance import audit
from careerforge.jobs.models import JobRun
from careerforge.jobs.queue import enqueue
from careerforge.knowledge.models import Collection
from careerforge.people.models import User
from careerforge.skills.models import Practice
from connectors import removal, secrets
from connectors.models import Connection
from connectors.wishes import Refusal, Wish


def save(user: User, wish: Wish, connection: Connection | None) -> Connection:
    """Store a new or changed connection with its audience. ``wishes.problems`` has nothing against it.

    Raises:
        Refusal: somebody else took the name meanwhile.
    """
    row = connection or Connection()
    is_new = row._state.adding
    try:
        with transaction.atomic():
            row.collection = _collection(wish, Collection() if is_new else row.collection)
            draft(wish, row)
            if wish.secret is not None:
                row.sealed_secret = None
            if wish.secret:
                secrets.keep(row, wish.secret)
            row.save(force_insert=is_new, update_fields=None if is_new else _OURS)
    except IntegrityError:
        raise Refusal("name", _("Another connection or collection has this name.")) from None
    audit.record(user, "connection.added" if is_new else "connection.changed", target=row, kind=row.kind)
    return row


# What people decide; the rest belongs to the synchronisation, which may be at work.
_OURS = [
    "name", "kind", "location", "settings", "sealed_secret", "interval_minutes", "paused", "etag",
    "last_modified", "habit", "failures", "next_sync_at",
]  # fmt: skip


def draft(wish: Wish, row: Connection) -> Connection:
    """Make a connection what somebody wants, in memory. Its secret stays with the origin it was given for."""
    settings = {"items": wish.items, "fields": wish.fields, "header": wish.header}
    if secrets.origin(row.location) != secrets.origin(wish.location) or row.kind != wish.kind:
        row.sealed_secret = None
    if (row.kind, row.location, row.settings) != (
        wish.kind,
        wish.location,
        settings,
    ) or wish.secret is not None:
        # Another source, or seen with other eyes: nothing that is known of it holds.
        row.etag = row.last_modified = ""
        row.habit, row.failures, row.next_sync_at = {}, 0, None
    if row.paused and not wish.paused:
        row.failures, row.next_sync_at = 0, None
    row.name, row.kind, row.location, row.settings = wish.name, wish.kind, wish.location, settings
    row.interval_minutes, row.paused = wish.interval_minutes, wish.paused
    return row


def _collection(wish: Wish, row: Collection) -> Collection:
    row.name, row.audience, row.about = wish.name, wish.audience, wish.about
    row.audience_practice = None
    if wish.audience == Collection.Audience.PRACTICE:
        row.audience_practice = Practice.objects.get(slug=wish.audience_practice)
    row.audience_region = wish.audience_region if wish.audience == Collection.Audience.REGION else ""
    # What a search has to expect in it is for the knowledge base to write.
    fields = ["name", "audience", "about", "audience_practice", "audience_region"]
    row.save(force_insert=row._state.adding, update_fields=None if row._state.adding else fields)
    return row


def remove(user: User, connection: Connection) -> None:
    """Remove a connection with everything that came from it."""
    audit.record(user, "connection.removed", target=connection, kind=connection.kind)
    removal.remove(connection.collection)


def sync_now(user: User, connection: Connection, *, as_it_is: bool = False) -> JobRun:
    """Queue a synchronisation; while this person's last one is open, that one.

    Args:
        as_it_is: what looked suspicious was looked at, and is meant to be so.
    """
    audit.record(user, "connection.sync_asked", target=connection, as_it_is=as_it_is)
    if as_it_is:
        Connection.objects.filter(pk=connection.pk).update(habit={})
    # One that the clock began belongs to nobody, and who asks wants to see theirs: they take turns.
    key = f"{connection.pk}:{user.pk}"
    return enqueue("connectors.sync", key=key, asked_by=user.pk, connection=str(connection.pk))


def pause(user: User, connection: Connection, *, paused: bool) -> None:
    """Stop synchronising by the clock, or begin again."""
    Connection.objects.filter(pk=connection.pk).update(paused=paused, failures=0, next_sync_at=None)
    audit.record(user, "connection.paused" if paused else "connection.resumed", target=connection)
