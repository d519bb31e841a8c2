"""Trying a connection out: fetch and read, store nothing."""

from contextlib import nullcontext
from copy import copy
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils.translation import gettext as _

from careerforge.governance import audit
from careerforge.governance.models import AuditEvent
from careerforge.http.errors import FetchError
from careerforge.knowledge.models import Collection
from careerforge.people.models import User
from connectors import connecting, plausible, secrets, sources
from connectors.kinds import registry
from connectors.kinds.fetching import Limits
from connectors.kinds.kind import Asked, Kind
from connectors.models import Connection
from connectors.parsing.item import Item, Parsed, Problem
from connectors.places import Unbooked
from connectors.wishes import Wish

SHOWN = 3
# Files or pages that are looked at.
MOST_BODIES = 12
# A person waits in front of it: one try, and no long ones.
LIMITS = Limits(fetch_s=10.0, total_s=20.0, tries=1, pages=MOST_BODIES, total_bytes=30_000_000)
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
    found = _look(wish, connection, now)
    audit.record(user, "connection.tried", target=connection, kind=wish.kind, documents=found.count)
    return found


def _look(wish: Wish, connection: Connection | None, now: datetime) -> Preview:
    drafted = connecting.draft(wish, copy(connection) if connection else Connection())
    kind = registry.find(wish.kind)
    asked = sources.asked(drafted, fresh=True)
    try:
        read = _read(kind, asked, wish, drafted, now)
    except FetchError as error:
        return Preview(reason=error.sentence)
    items = [item for parsed in read for item in parsed.items]
    problems = tuple(problem for parsed in read for problem in parsed.problems)[:SHOWN]
    doubt = plausible.doubt(kind, read[0], 0, {}) if kind.is_listing and read else None
    if doubt or not items:
        return Preview(
            problems=problems, reason=doubt.sentence if doubt else _("No document was found there.")
        )
    if wish.audience != Collection.Audience.EVERYONE:
        return Preview(count=len(items), problems=problems, is_readable=False)
    return Preview(tuple(items[:SHOWN]), len(items), problems)


def _read(kind: Kind, asked: Asked, wish: Wish, drafted: Connection, now: datetime) -> list[Parsed]:
    """The first bodies, until there is enough to show.

    Raises:
        FetchError: nothing at all could be had.
    """
    secret = "" if wish.secret == "" else wish.secret or secrets.opened(drafted)
    shown = secrets.in_use(drafted, sources.client, nullcontext, trial=secret or "")
    session = sources.session(drafted, Unbooked(), shown, limits=LIMITS)
    read: list[Parsed] = []
    try:
        for body in kind.listing(asked, session):
            problem = (Problem(body.where, body.problem),)
            read.append(Parsed((), problem) if body.problem else kind.parse(asked, body, now))
            if len(read) >= MOST_BODIES or sum(len(parsed.items) for parsed in read) >= SHOWN:
                break
    except FetchError:
        if not read:
            raise
    return read
