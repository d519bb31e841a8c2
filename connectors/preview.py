"""Trying a connection out: fetch and read, store nothing."""

import os
from contextlib import nullcontext
from copy import copy
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from django.utils.translation import gettext as _

from careerforge.gateway import company
from careerforge.gateway.redact import Directory, mask
from careerforge.governance import audit
from careerforge.http.errors import FetchError
from careerforge.knowledge.documents.incoming import cleaned
from careerforge.knowledge.models import Collection, Document
from careerforge.people.models import User
from connectors import connecting
from connectors.kinds import registry
from connectors.kinds.fetching import Limits
from connectors.kinds.kind import Asked, Body, Kind
from connectors.models import Connection
from connectors.parsing.item import Item, Parsed, Problem
from connectors.secrecy import secrets
from connectors.syncing import arrivals, plausible, sources, tries
from connectors.syncing.places import Unbooked
from connectors.wishes import Wish

FOLDER = "folder"
SHOWN = 3
# Letters of a text that are shown.
LONGEST = 300
# Files or pages that are looked at.
MOST_BODIES = 12
# A person waits in front of it: one try, and no long ones.
LIMITS = Limits(fetch_s=10.0, total_s=20.0, tries=1, pages=MOST_BODIES, total_bytes=30_000_000)


@dataclass(frozen=True)
class Shown:
    """A document as it would be stored: names of the directory are masked."""

    title: str
    kind: str
    published_at: datetime | None
    text: str


@dataclass(frozen=True)
class Preview:
    """What a source holds: some documents, or the reason why there are none."""

    documents: tuple[Shown, ...] = ()
    # How many were found in what was looked at.
    count: int = 0
    problems: tuple[Problem, ...] = ()
    reason: str = ""
    # Who tries it out may not read what is meant for fewer people than everyone.
    is_readable: bool = True


@dataclass(frozen=True)
class _Look:
    body: Body
    parsed: Parsed


def preview(user: User, wish: Wish, connection: Connection | None, now: datetime) -> Preview:
    """Fetch what a wish points at, and show the first documents. Only that somebody tried is stored."""
    if sentence := tries.too_often(user, now):
        return Preview(reason=sentence)
    found = _look(wish, connection, now)
    audit.record(user, tries.TRIED, target=connection, kind=wish.kind, documents=found.count)
    return found


def _look(wish: Wish, connection: Connection | None, now: datetime) -> Preview:
    drafted = connecting.draft(wish, copy(connection) if connection else Connection())
    kind = registry.find(wish.kind)
    asked = sources.asked(drafted, fresh=True)
    try:
        looks = _read(kind, asked, wish, drafted, now)
    except FetchError as error:
        return Preview(reason=error.sentence)
    items = [(item, look.body) for look in looks for item in look.parsed.items]
    problems = tuple(problem for look in looks for problem in look.parsed.problems)[:SHOWN]
    doubt = plausible.doubt(kind, looks[0].parsed, 0, {}) if kind.is_listing and looks else None
    if doubt or not items:
        return Preview(
            problems=problems, reason=doubt.sentence if doubt else _("No document was found there.")
        )
    if not _is_for_everyone(wish, connection):
        return Preview(count=len(items), problems=problems, is_readable=False)
    directory = company.directory()
    shown = tuple(_shown(item, body, directory) for item, body in items[:SHOWN])
    return Preview(shown, len(items), problems)


def _is_for_everyone(wish: Wish, connection: Connection | None) -> bool:
    """Neither what is wished for nor what is stored is meant for fewer people."""
    audiences = {wish.audience, connection.collection.audience if connection else wish.audience}
    if audiences != {Collection.Audience.EVERYONE}:
        return False
    if wish.kind != FOLDER:
        return True
    restricted = Connection.objects.filter(kind=FOLDER).exclude(
        collection__audience=Collection.Audience.EVERYONE
    )
    here = _place(wish.location)
    there = [_place(one) for one in restricted.values_list("location", flat=True)]
    return not any(here.is_relative_to(one) or one.is_relative_to(here) for one in there)


def _place(location: str) -> Path:
    return Path(os.path.realpath(location.strip()))


def _shown(item: Item, body: Body, directory: Directory) -> Shown:
    document = cleaned(arrivals.incoming(item, body))
    # Names are masked before anything is cut, so that none is cut in two and shown.
    text = mask(document.text, directory)
    short = text if len(text) <= LONGEST else text[:LONGEST].rstrip() + "…"
    kind = str(Document.Kind(document.kind).label)
    return Shown(mask(document.title, directory), kind, document.published_at, short)


def _read(kind: Kind, asked: Asked, wish: Wish, drafted: Connection, now: datetime) -> list[_Look]:
    """The first bodies, until there is enough to show.

    Raises:
        FetchError: nothing at all could be had.
    """
    secret = "" if wish.secret == "" else wish.secret or secrets.opened(drafted)
    shown = secrets.in_use(drafted, sources.client, nullcontext, trial=secret or "")
    session = sources.session(drafted, Unbooked(), shown, limits=LIMITS)
    read: list[_Look] = []
    try:
        for body in kind.listing(asked, session):
            problem = (Problem(body.where, body.problem),)
            parsed = Parsed((), problem) if body.problem else kind.parse(asked, body, now)
            read.append(_Look(body, parsed))
            if len(read) >= MOST_BODIES or sum(len(one.parsed.items) for one in read) >= SHOWN:
                break
    except FetchError:
        if not read:
            raise
    return read
