"""Hours and days of synchronisations, by a clock of the test: the database's, as the engine sees it."""

from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest

from careerforge.jobs import running
from careerforge.jobs.models import JobRun
from careerforge.knowledge.models import Document, DocumentVersion
from connectors import clock
from connectors.health import freshness
from connectors.models import SyncRun
from tests.connectors.engine.jobs import MONDAY, URL, job

TICK = timedelta(minutes=5)


class World:
    """Time passes in steps of the schedule; each job takes no time."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, organisation) -> None:
        self.at, self.organisation = MONDAY, organisation
        monkeypatch.setattr(clock, "now", lambda: self.at)

    def tick(self) -> None:
        """The clock fires, and a worker does what is queued."""
        due = JobRun.objects.create(job="connectors.sync_due", dedup_key=str(uuid4()))
        running.run(str(due.pk), str(self.organisation.pk))
        for run in JobRun.objects.filter(job="connectors.sync", state="queued"):
            running.run(str(run.pk), str(self.organisation.pk))

    def live(self, until: datetime) -> None:
        while self.at < until:
            self.tick()
            self.at += TICK


@pytest.fixture
def world(monkeypatch, company, site, connect) -> World:
    return World(monkeypatch, company)


def runs() -> int:
    return SyncRun.objects.count()


def test_every_hour_once(world, site, connect) -> None:
    connect()
    site.feed("Alpha")
    world.live(MONDAY + timedelta(hours=5))
    assert runs() == 5


def test_a_connection_has_its_own_interval(world, site, connect) -> None:
    connect(interval_minutes=15)
    site.feed("Alpha")
    world.live(MONDAY + timedelta(hours=2))
    assert runs() == 8


def test_three_days_without_a_worker_are_one_synchronisation(world, site, connect) -> None:
    connect()
    site.feed("Alpha")
    world.tick()
    world.at += timedelta(days=3)
    # What the schedule fired meanwhile, all at once.
    for _ in range(72):
        world.tick()
    assert runs() == 2


def test_two_clocks_ten_minutes_apart_ask_once(world, site, connect) -> None:
    connect()
    site.feed("Alpha")
    for _ in range(12):
        for _scheduler in range(2):
            world.tick()
        world.at += TICK
    assert runs() == 1


def test_the_hour_that_the_summer_takes_or_gives_changes_nothing(world, site, connect) -> None:
    connect()
    site.feed("Alpha")
    world.at = datetime(2027, 3, 27, 23, tzinfo=UTC)
    world.live(datetime(2027, 3, 28, 5, tzinfo=UTC))
    assert runs() == 6


def test_a_failing_source_is_asked_more_and_more_rarely_and_the_others_as_ever(world, site, connect) -> None:
    bad = connect("http://news.example/bad", name="Bad")
    good = connect(name="Good")
    site.feed("Alpha")
    site.pages = {"/bad": b"<p>Not a feed.</p>"}
    world.live(MONDAY + timedelta(hours=8))
    assert good.runs.count() == 8
    # At once and after 1, 2 and 4 hours more: 0, 1, 3, 7.
    assert bad.runs.count() == 4


def test_from_publication_to_citable_in_less_than_two_hours(world, site, connect) -> None:
    board = connect(URL, kind="json")
    rows = [job(0, published_at=(MONDAY - timedelta(days=1, minutes=1)).isoformat())]
    for number in range(1, 60):
        published = MONDAY + timedelta(minutes=7 * number)
        rows.append(job(number, published_at=published.isoformat()))
    stored_at: dict[str, datetime] = {}
    while world.at < MONDAY + timedelta(hours=8):
        site.json(
            {"items": [row for row in rows if datetime.fromisoformat(str(row["published_at"])) <= world.at]}
        )
        world.tick()
        for external_id in Document.objects.values_list("external_id", flat=True):
            stored_at.setdefault(external_id, world.at)
        world.at += TICK
    for external_id, at in stored_at.items():
        DocumentVersion.objects.filter(document__external_id=external_id).update(made_at=at)
    found = freshness.freshness(board, world.at)
    assert found.n == 59
    assert found.p95 is not None
    assert timedelta(minutes=30) < found.p95 < freshness.GOAL


def test_a_date_without_a_time_of_day_and_a_first_reading_do_not_count(world, site, connect) -> None:
    board = connect(URL, kind="json")
    site.json({"items": [job(n, published_at="2026-11-01T10:00:00Z") for n in range(9)]})
    world.tick()
    DocumentVersion.objects.update(made_at=MONDAY)
    site.json({"items": [job(n, published_at="2026-11-24") for n in range(20, 29)]})
    world.at += timedelta(days=2)
    world.tick()
    assert freshness.freshness(board, world.at) == freshness.Freshness(0, None, None)


def test_percentiles_are_ranks_that_occurred() -> None:
    waits = [timedelta(minutes=n) for n in range(1, 101)]
    found = freshness.of(waits)
    assert (found.median, found.p95) == (timedelta(minutes=50), timedelta(minutes=95))
    assert freshness.of(waits[:4]) == freshness.Freshness(4, None, None)
