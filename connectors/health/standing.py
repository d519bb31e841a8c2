"""How a connection, its places and its synchronisations are doing, in words and figures."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from django.db.models import Count, Exists, Min, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _

from careerforge.knowledge.models import Collection, DocumentVersion
from connectors.kinds import registry
from connectors.models import Connection, Source, SyncProblem, SyncRun


def standing(connection: Connection) -> str:
    """In a few words: whether documents arrive, and if not, why. Needs ``newest_run`` with its job."""
    run = connection.newest_run
    if run is not None and run.is_at_work:
        return _("Synchronising")
    told = outcome(run) if run else _("Not synchronised yet")
    return _("Paused. %(state)s") % {"state": told} if connection.paused else told


def outcome(run: SyncRun) -> str:
    """How a synchronisation ended."""
    if run.is_suspicious:
        return _("Suspicious: %(why)s") % {"why": run.error}
    if run.error:
        return run.error
    if run.finished_at is None:
        return _("At work") if run.is_at_work else _("Broken off")
    return _("Some could not be used") if run.failed else _("All well")


def counts(run: SyncRun) -> str:
    """What a synchronisation did, in one line."""
    numbers = {"new": run.new, "changed": run.changed, "unchanged": run.unchanged, "failed": run.failed}
    told = _("%(new)s new, %(changed)s changed, %(unchanged)s unchanged, %(failed)s failed") % numbers
    rest = [_("%(n)s gone") % {"n": run.gone}] if run.gone else []
    rest += [_("%(n)s held for review") % {"n": run.held}] if run.held else []
    return ", ".join([told, *rest])


def duration(run: SyncRun) -> timedelta | None:
    """How long a synchronisation took; None while it is at work."""
    return run.finished_at - run.started_at if run.finished_at else None


@dataclass(frozen=True)
class PlaceStatus:
    """How one place is doing.

    Attributes:
        state: ``well``, ``partly`` (some of it could not be used), ``failing`` or ``left_alone``.
        items: entries it held when it was read last.
        good_at, tried_at: when it answered last, and when it was asked last; None for files.
        reason: why not, in words.
        until: when it is asked again, while it is left alone.
    """

    where: str
    state: str
    items: int
    good_at: datetime | None
    tried_at: datetime | None
    seconds: float | None
    tries: int
    failures: int
    reason: str
    until: datetime | None


def sources(connection: Connection) -> QuerySet[Source]:
    """The rows of a connection's places, those in trouble first."""
    rows = Source.objects.filter(connection=connection).defer("held", "digest")
    return rows.order_by("-failures", "-reason", "where", "pk")


def places_of(connection: Connection, now: datetime, limit: int = 50) -> list[PlaceStatus]:
    """The places of a connection, those in trouble first; those of a restricted one without their names."""
    found = [status(row, now) for row in sources(connection)[:limit]]
    if connection.collection.audience == Collection.Audience.EVERYONE:
        return found
    return [replace(one, where=_("A place of a restricted source")) for one in found]


def status(row: Source, now: datetime) -> PlaceStatus:
    """How one place is doing."""
    is_open = row.open_until is not None and row.open_until > now
    state = "left_alone" if is_open else "failing" if row.failures else "partly" if row.reason else "well"
    return PlaceStatus(
        row.where, state, row.items, row.good_at, row.tried_at, row.seconds, row.tries, row.failures,
        row.reason, row.open_until if is_open else None,
    )  # fmt: skip


def reasons(run: SyncRun, limit: int = 20) -> list[tuple[str, str, int]]:
    """Why entries of a run could not be used: reason, an example of where, and how often."""
    rows = SyncProblem.objects.filter(run=run).order_by().values_list("reason")
    found = rows.annotate(first=Min("where"), number=Count("pk")).order_by("-number", "reason")
    return list(found.values_list("reason", "first", "number")[:limit])


def changed_by(run: SyncRun, limit: int = 20) -> QuerySet[DocumentVersion]:
    """The versions that a run made, newest first, with their documents: number 1 is a new document."""
    end = run.finished_at or run.started_at + timedelta(days=1)
    made = Q(made_at__gte=run.started_at, made_at__lte=end)
    versions = DocumentVersion.objects.filter(made, document__collection=run.connection.collection_id)
    return versions.select_related("document").defer("text").order_by("-made_at", "pk")[:limit]


def gone_by(run: SyncRun) -> Q:
    """Which documents of its connection a run found gone."""
    end = run.finished_at or run.started_at + timedelta(days=1)
    return Q(collection=run.connection.collection_id, gone_at__gte=run.started_at, gone_at__lte=end)


def is_proved() -> Exists:
    """For a query of connections: whether a real synchronisation of their kind has passed here."""
    return Exists(Connection.objects.filter(kind=OuterRef("kind"), good_at__isnull=False))


def is_documented_only(kind: str) -> bool:
    """Whether a kind was built from documentation, and no real synchronisation of it has passed here yet."""
    is_own = registry.find(kind).own_shape
    return is_own and not Connection.objects.filter(kind=kind, good_at__isnull=False).exists()


def kinds() -> Iterator[tuple[str, bool]]:
    """Each kind's key, and whether it is known from documentation only."""
    proved = set(Connection.objects.filter(good_at__isnull=False).values_list("kind", flat=True))
    for kind in registry.all_kinds():
        yield kind.key, kind.own_shape and kind.key not in proved
