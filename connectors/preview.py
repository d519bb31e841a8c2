"""Trying a connection out: fetch and read, store nothing."""

from copy import copy
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import islice

from django.utils.translation import gettext as _

from careerforge.governance import audit
from careerforge.governance.models import AuditEvent
from careerforge.http.errors import FetchError
from careerforge.knowledge.models import Collection
from careerforge.people.models import User
from connectors import connecting, plausible, secrets, sources
from connectors.models import Connection
from connectors.parsing.item import Item, Problem
from connectors.sync import read_body
from connectors.wishes import Wish

SHOWN = 3
# Files of a folder that are looked at.
MOST_BODIES = 12
TIMEOUT_S = 10.0
MOST_TRIES, PERIOD = 10, timedelta(minutes=1)


@dataclass(frozen=True)
class Preview:
    """What a source holds: some documents, or the reason why there are none."""

    documents: tuple[Item, ...] = ()
    # How many were found in what was looked at.
    count: int = 0
    problems: tuple[Problem, ...] = ()
    reason: str = ""
    # Who tries it out may not read what is meant for fewer people than everyone.
    is_readable: bool = True


def preview(user: User, wish: Wish, connection: Connection | None, now: datetime) -> Preview:
    """Fetch what a wish points at, and show the first documents. Only that somebody tried is stored."""
    mine = AuditEvent.objects.filter(actor=user.pk, act="connection.tried", at__gt=now - PERIOD)
    if mine.count() >= MOST_TRIES:
        return Preview(reason=_("You have tried %(n)s times in a minute. Wait a moment.") % {"n": MOST_TRIES})
    found = _look(wish, connection)
    audit.record(user, "connection.tried", target=connection, kind=wish.kind, documents=found.count)
    return found


def _look(wish: Wish, connection: Connection | None) -> Preview:
    drafted = connecting.draft(wish, copy(connection) if connection else Connection())
    # The whole answer is wanted, not that it has not changed.
    drafted.etag = drafted.last_modified = ""
    try:
        listing = sources.listing(drafted, _secret(wish, drafted), timeout_s=TIMEOUT_S)
    except FetchError as error:
        return Preview(reason=error.sentence)
    read = [read_body(drafted, body) for body in islice(listing.bodies, MOST_BODIES)]
    items = [item for parsed in read for item in parsed.items]
    problems = tuple(problem for parsed in read for problem in parsed.problems)[:SHOWN]
    doubt = (
        plausible.doubt(wish.kind, read[0], 0, {}) if wish.kind != Connection.Kind.FOLDER and read else None
    )
    if doubt or not items:
        return Preview(
            problems=problems, reason=doubt.sentence if doubt else _("No document was found there.")
        )
    if wish.audience != Collection.Audience.EVERYONE:
        return Preview(count=len(items), problems=problems, is_readable=False)
    return Preview(tuple(items[:SHOWN]), len(items), problems)


def _secret(wish: Wish, drafted: Connection) -> tuple[str, str] | None:
    if wish.secret:
        return wish.header or secrets.DEFAULT_HEADER, wish.secret
    return None if wish.secret == "" else secrets.header(drafted)
