"""Files that people hand in become documents of a connection of kind ``upload``. The files are not kept."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from django.db import DataError, transaction
from django.db.models import Count, Max, Q, Value
from django.db.models.functions import Left, StrIndex
from django.utils.translation import gettext as _

from careerforge.governance import audit
from careerforge.governance.models import AuditEvent
from careerforge.knowledge.documents.room import Room, room
from careerforge.knowledge.documents.store import Stored, mark_gone, store_many
from careerforge.knowledge.documents.unnamed import hidden_identity
from careerforge.knowledge.models import Document
from careerforge.people.models import User
from connectors.kinds import registry
from connectors.kinds.kind import Body
from connectors.kinds.upload.names import safe_name
from connectors.models import Connection
from connectors.parsing.item import Parsed
from connectors.syncing import arrivals, sources

LARGEST_FILE = 25_000_000
MOST_FILES, PERIOD = 200, timedelta(hours=1)
# So many documents of one request are stored while somebody waits for the page: some three seconds.
MOST_ITEMS = 300
UPLOADED, TAKEN_BACK = "connection.uploaded", "connection.upload_removed"


@dataclass(frozen=True)
class Handed:
    """A file as it was handed in."""

    name: str
    content: bytes


@dataclass(frozen=True)
class Taken:
    """What became of a file: so many documents, or the reasons why there is none, under its safe name.

    Attributes:
        held: documents that somebody has to look at before anybody finds them.
    """

    name: str
    documents: int = 0
    held: int = 0
    reasons: tuple[str, ...] = ()


def take(user: User, connection: Connection, files: Sequence[Handed], now: datetime) -> list[Taken]:
    """Read files and store what they hold, each with its audit row; one bad file stops none of the others.

    A file of a name that was there before replaces what that one held. Of one request ``MOST_ITEMS``
    documents are stored: a file that is beyond it on its own is cut, and then it takes nothing away.
    """
    taken: list[Taken] = []
    items = MOST_ITEMS
    left = room(connection.collection)
    for file in files:
        name = safe_name(file.name)
        with transaction.atomic():
            recent = AuditEvent.objects.filter(actor=user.pk, act=UPLOADED, at__gt=now - PERIOD).count()
        if recent >= MOST_FILES:
            reason = _("You have handed in %(n)s files within an hour. Go on later.") % {"n": MOST_FILES}
            taken.append(Taken(name, reasons=(reason,)))
        elif len(file.content) > LARGEST_FILE:
            taken.append(Taken(name, reasons=(_("The file is larger than 25 MB."),)))
        else:
            body = Body(name, file.content, place=name, prefix=name)
            result, left = _take(user, connection, body, now, left, items)
            items -= result.documents + result.held
            taken.append(result)
    return taken


def remove(user: User, connection: Connection, name: str, now: datetime) -> int:
    """Take back what a file held: out of every search, still readable where it is cited."""
    with transaction.atomic():
        gone = mark_gone(_held(connection, safe_name(name)), now)
        audit.record(user, TAKEN_BACK, target=connection, documents=gone)
    return gone


def files(connection: Connection) -> Any:
    """Each file that was handed in and not taken back: ``file``, ``documents`` it holds, ``at`` when."""
    documents = Document.objects.filter(
        collection_id=connection.collection_id, gone_at__isnull=True, external_id__contains="#"
    )
    named = documents.annotate(file=Left("external_id", StrIndex("external_id", Value("#")) - 1))
    return named.values("file").annotate(documents=Count("pk"), at=Max("fetched_at")).order_by("file")


def _take(
    user: User, connection: Connection, body: Body, now: datetime, left: Room, items: int
) -> tuple[Taken, Room]:
    """What became of a file, and the room that is left after it."""
    kind = registry.find(connection.kind)
    parsed = kind.parse(sources.asked(connection), body, now)
    reasons = tuple(problem.reason for problem in parsed.problems)
    total = len(parsed.items)
    if min(total, MOST_ITEMS) > items:
        return Taken(body.where, reasons=(*reasons, _("It was too much at once: hand it in again."))), left
    if is_cut := total > MOST_ITEMS:
        parsed = replace(parsed, items=parsed.items[:MOST_ITEMS])
        reasons = (*reasons, _cut(total))
    rest = _after(left, parsed)
    if rest is None:
        words = _("There is no room for it here: add another connection for further files.")
        return Taken(body.where, reasons=(*reasons, words)), left
    try:
        with transaction.atomic():
            stored = _stored(connection, parsed, body, now, replaces=not is_cut)
            audit.record(user, UPLOADED, target=connection, documents=len(stored), problems=len(reasons))
    except DataError:
        return Taken(body.where, reasons=(*reasons, _("The database does not take this file."))), left
    held = sum(one.is_held for one in stored)
    return Taken(body.where, len(stored) - held, held, reasons), rest


def _cut(total: int) -> str:
    words = _(
        "The file holds %(total)s entries; the first %(most)s were read and the rest was left out. Divide it "
        "into files of at most %(most)s, or put it into a folder and add a connection for that."
    )
    return words % {"total": total, "most": MOST_ITEMS}


def _after(left: Room, parsed: Parsed) -> Room | None:
    """The room after these documents; None when they do not fit."""
    versions = left.versions - len(parsed.items)
    characters = left.characters - sum(len(item.text) for item in parsed.items)
    return Room(versions, characters) if versions >= 0 and characters >= 0 else None


def _stored(
    connection: Connection, parsed: Parsed, body: Body, now: datetime, *, replaces: bool
) -> list[Stored]:
    stored = store_many(connection.collection, [arrivals.incoming(item, body) for item in parsed.items], now)
    if stored and replaces:
        kept = {one.document.pk for one in stored}
        mark_gone([document for document in _held(connection, body.where) if document.pk not in kept], now)
    return stored


def _held(connection: Connection, name: str) -> list[Document]:
    documents = Document.objects.filter(collection_id=connection.collection_id, gone_at__isnull=True)
    its = Q(external_id__startswith=f"{name}#") | Q(external_id__startswith=f"{hidden_identity(name)}#")
    return list(documents.filter(its))
