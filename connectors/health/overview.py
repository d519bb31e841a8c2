"""What the page of one connection says above everything else: how it is, and what is going on."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Exists, OuterRef, Q, Window
from django.utils.translation import gettext as _

from careerforge.jobs.models import JobRun
from careerforge.knowledge.models import Document, DocumentVersion
from connectors.health import standing
from connectors.health.health import Health
from connectors.health.standing import PlaceStatus, counts
from connectors.models import Connection

JOB = "connectors.sync"


def headline(connection: Connection, health: Health) -> str:
    """How a connection is, in a sentence. Needs ``newest_run``."""
    run = connection.newest_run
    said = {
        Health.NEW: _("Nothing has been read yet."),
        Health.WELL: _("Everything that the source holds could be read."),
        Health.LATE: _("Its time has come long ago and nobody asked. Does the worker run?"),
        Health.GONE: _("The source says that it is gone for good, so it is not asked any more."),
        Health.PAUSED: _("It is not synchronised by the clock until somebody resumes it."),
    }
    if run is not None and health == Health.PARTLY:
        return _("Some of it could not be used (%(n)s); the reasons are below.") % {"n": run.failed}
    return said.get(health) or (run.error if run is not None else "")


@dataclass(frozen=True)
class Progress:
    """A synchronisation that waits or is at work.

    Attributes:
        percent: None while it waits for a worker.
        done: what it has done so far; empty before there is anything.
    """

    stage: str
    percent: int | None
    done: str


def progress(connection: Connection) -> Progress | None:
    """How far the synchronisation is that is at work or waits; None when there is none. Needs
    ``newest_run``.
    """
    open_ = Q(state__in=(JobRun.State.QUEUED, JobRun.State.RUNNING))
    jobs = JobRun.objects.filter(open_, job=JOB, arguments__connection=str(connection.pk))
    # One at work comes before one that waits.
    job = jobs.order_by("-state", "created_at").first()
    if job is None:
        return None
    if job.state == JobRun.State.QUEUED:
        return Progress(_("It waits for a worker."), None, "")
    run = connection.newest_run
    done = counts(run) if run is not None and run.finished_at is None and run.pages + run.new else ""
    return Progress(_(job.stage), int(job.progress * 100), done)


@dataclass(frozen=True)
class Holdings:
    """How many documents came from a connection.

    Attributes:
        repeats: of the current ones, those that only repeat another; they are one more origin of it.
        held: texts that wait for somebody to look at them.
    """

    current: int
    gone: int
    repeats: int
    held: int


def holdings(connection: Connection) -> Holdings:
    """What came from a connection."""
    is_here = Q(gone_at__isnull=True)
    is_read = is_here & Q(current_version__isnull=False)
    # Of one document at most one version waits.
    held = DocumentVersion.objects.filter(document=OuterRef("pk"), state=DocumentVersion.State.HELD)
    found = Document.objects.filter(collection=connection.collection_id).aggregate(
        current=Count("pk", filter=is_read),
        gone=Count("pk", filter=~is_here),
        repeats=Count("pk", filter=is_read & Q(same_as__isnull=False)),
        held=Count("pk", filter=Exists(held)),
    )
    return Holdings(**found)


@dataclass(frozen=True)
class Places:
    """How many places a connection has, how many of them are in trouble, and the first of them."""

    all: int = 0
    failing: int = 0
    left_alone: int = 0
    partly: int = 0
    first: tuple[PlaceStatus, ...] = ()

    @property
    def is_well(self) -> bool:
        """None of them is in trouble."""
        return not (self.failing or self.left_alone or self.partly)


def places(connection: Connection, now: datetime, limit: int) -> Places:
    """The places of a connection by how they are, those in trouble first; by the rules of
    ``standing.status``.
    """
    is_open = Q(open_until__gt=now)
    numbers = {
        "all": Q(),
        "left_alone": is_open,
        "failing": ~is_open & Q(failures__gt=0),
        "partly": ~is_open & Q(failures=0) & ~Q(reason=""),
    }
    counted = {f"n_{name}": Window(Count("pk", filter=which)) for name, which in numbers.items()}
    rows = list(standing.sources(connection).annotate(**counted)[:limit])
    if not rows:
        return Places()
    found = {name: getattr(rows[0], f"n_{name}") for name in numbers}
    return Places(**found, first=tuple(standing.status(row, now) for row in rows))
