"""Adding, changing, removing and synchronising connections: the same for the admin's form and the API."""

from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from careerforge.governance import audit
from careerforge.jobs.models import JobRun
from careerforge.jobs.queue import enqueue
from careerforge.knowledge.documents import duplicates, removing
from careerforge.knowledge.documents.store import mark_gone
from careerforge.knowledge.models import Collection, Document
from careerforge.people.models import User
from careerforge.skills.models import Practice
from connectors import clock, deleting, wishes
from connectors.health import health
from connectors.kinds import links, registry
from connectors.models import Connection
from connectors.secrecy import secrets
from connectors.secrecy.credentials import Auth
from connectors.syncing import places
from connectors.wishes import Refusal, Wish


def save(user: User, wish: Wish, connection: Connection | None) -> Connection:
    """Store a new or changed connection with its audience. ``wishes.problems`` has nothing against it.

    Raises:
        Refusal: somebody else took the name meanwhile.
    """
    row = connection or Connection()
    is_new = row._state.adding
    is_other, was = is_new or leads_elsewhere(wish, row), (row.kind, row.location)
    heard = wish.audience if is_new else row.collection.audience
    try:
        with transaction.atomic():
            # Before its collection, as a synchronisation does, which may be at work.
            Connection.objects.select_for_update(no_key=True).filter(pk=row.pk).first()
            row.collection = _collection(wish, Collection() if is_new else row.collection)
            draft(wish, row)
            if wish.secret is not None:
                row.sealed_secret = None
            if wish.secret and registry.find(wish.kind).is_remote:
                secrets.keep(row, wish.secret)
            row.save(force_insert=is_new, update_fields=None if is_new else _OURS)
            if is_other:
                places.forget(row)
            if not is_new and _is_another_source(was, wish):
                _let_go(row.collection)
            _own(user, wish, row, is_new=is_new)
    except IntegrityError:
        raise Refusal("name", _("Another connection or collection has this name.")) from None
    told: dict[str, Any] = {"kind": row.kind}
    if heard != wish.audience:
        told |= {"audience_was": heard, "audience": wish.audience}
    act = "connection.added" if is_new else "connection.changed"
    audit.record(user, act, target=row, **told)
    return row


# What people decide; the rest belongs to the synchronisation, which may be at work.
_OURS = [
    "name", "kind", "location", "settings", "auth", "sealed_secret", "sealed_token", "token_until",
    "interval_minutes", "paused", "is_gone", "habit", "since", "whole_at", "failures", "unhealthy_since",
    "next_sync_at",
]  # fmt: skip
# Documents that are let go in one go.
_SLICE = 1000


def leads_elsewhere(wish: Wish, row: Connection) -> bool:
    """Whether it is another source, or the same one seen with other eyes: what is known of it is void."""
    wanted = (wish.kind, wish.location, wish.own_settings, wish.auth.stored())
    return (row.kind, row.location, row.settings, row.auth) != wanted or wish.secret is not None


def _is_another_source(was: tuple[str, str], wish: Wish) -> bool:
    """What is handed in comes from nowhere, whatever that is called."""
    return was != (wish.kind, wish.location) and not (wish.kind == was[0] and wish.kind in registry.BY_HAND)


def _let_go(collection: Collection) -> None:
    """Nothing that came from the source before is there any more; what the new one holds too comes back."""
    current = Document.objects.filter(collection=collection, gone_at__isnull=True)
    keys = list(current.values_list("pk", flat=True))
    for start in range(0, len(keys), _SLICE):
        mark_gone(Document.objects.filter(pk__in=keys[start : start + _SLICE]), clock.now())


def draft(wish: Wish, row: Connection) -> Connection:
    """Make a connection what somebody wants, in memory. Its secret stays with the origins it was for."""
    if _origins(row.kind, row.location, Auth.of(row.auth)) != _origins(wish.kind, wish.location, wish.auth):
        row.sealed_secret = None
    if leads_elsewhere(wish, row):
        row.sealed_token = row.token_until = None
        row.habit, row.since, row.whole_at = {}, {}, None
        _try_soon(row)
    if row.paused and not wish.paused:
        _try_soon(row)
    row.name, row.kind, row.location = wish.name, wish.kind, wish.location
    row.settings, row.auth = wish.own_settings, wish.auth.stored()
    row.interval_minutes, row.paused = wish.interval_minutes, wish.paused
    return row


def _origins(kind: str, location: str, auth: Auth) -> tuple[str, links.Origin, tuple[links.Origin, ...]]:
    """What a secret is bound to: the kind, and scheme, host and port of every place it is sent to."""
    return kind, links.origin(location), auth.origins


def _try_soon(row: Connection) -> None:
    row.failures, row.next_sync_at, row.unhealthy_since, row.is_gone = 0, None, None, False


def _own(user: User, wish: Wish, row: Connection, *, is_new: bool) -> None:
    if wish.owner:
        health.own(row, wishes.owners().get(handle=wish.owner))
    elif is_new:
        health.own(row, user)


def _collection(wish: Wish, row: Collection) -> Collection:
    readers = duplicates.readers(row)
    row.name, row.audience, row.about = wish.name, wish.audience, wish.about
    row.audience_practice = None
    if wish.audience == Collection.Audience.PRACTICE:
        row.audience_practice = Practice.objects.get(slug=wish.audience_practice)
    row.audience_region = wish.audience_region if wish.audience == Collection.Audience.REGION else ""
    # What a search has to expect in it is for the knowledge base to write.
    fields = ["name", "audience", "about", "audience_practice", "audience_region"]
    is_new = row._state.adding
    row.save(force_insert=is_new, update_fields=None if is_new else fields)
    if not is_new and duplicates.readers(row) != readers:
        duplicates.part(row)
    return row


def remove(user: User, connection: Connection) -> None:
    """Remove a connection: from now on nobody sees what came from it, and a job removes that."""
    audit.record(user, "connection.removed", target=connection, kind=connection.kind)
    collection = connection.collection
    deleting.remove(connection)
    removing.discard(collection, clock.now(), user.pk)


def sync_now(user: User, connection: Connection, *, as_it_is: bool = False) -> JobRun:
    """Queue a synchronisation; while this person's last one is open, that one.

    Args:
        as_it_is: what looked suspicious was looked at, and is meant to be so.
    """
    audit.record(user, "connection.sync_asked", target=connection, as_it_is=as_it_is)
    if as_it_is:
        Connection.objects.filter(pk=connection.pk).update(habit={}, whole_at=None)
    places.let_through(connection)
    # One that the clock began belongs to nobody, and who asks wants to see theirs: they take turns.
    key = f"{connection.pk}:{user.pk}"
    return enqueue("connectors.sync", key=key, asked_by=user.pk, connection=str(connection.pk))


def pause(user: User, connection: Connection, *, paused: bool) -> None:
    """Stop synchronising by the clock, or begin again."""
    values = {"paused": paused, "is_gone": False, "failures": 0, "next_sync_at": None}
    Connection.objects.filter(pk=connection.pk).update(**values)
    audit.record(user, "connection.paused" if paused else "connection.resumed", target=connection)
