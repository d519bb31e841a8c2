"""A wait that a source or its host asked for is waited for, by everybody, and is nobody's failure."""

from datetime import timedelta
from uuid import uuid4

import pytest

from careerforge.jobs import running
from careerforge.jobs.models import JobRun
from connectors import clock, connecting
from connectors.health import health
from connectors.models import Connection, Host, Source
from connectors.syncing import hosts
from tests.connectors.connections.site import synchronise
from tests.connectors.engine.jobs import MONDAY

MINUTE = timedelta(minutes=1)


class Clock:
    """The database's clock, and that of the hosts, as the engine sees them."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.at = MONDAY
        monkeypatch.setattr(clock, "now", lambda: self.at)

    def move(self, by: timedelta) -> None:
        self.at += by
        for host in Host.objects.filter(closed_until__isnull=False):
            assert host.closed_until is not None
            host.closed_until -= by
            host.save()

    def minutes_to_wait(self, connection: Connection) -> int:
        connection.refresh_from_db()
        assert connection.next_sync_at is not None
        return round((connection.next_sync_at - self.at) / MINUTE)


@pytest.fixture
def time(monkeypatch, site) -> Clock:
    return Clock(monkeypatch)


def ask(who, connection: Connection) -> JobRun:
    """Somebody presses “Synchronise now”, and a worker does it."""
    job = connecting.sync_now(who, connection)
    running.run(str(job.pk), str(connection.organisation_id))
    return JobRun.objects.get(pk=job.pk)


def test_the_next_try_comes_when_the_wait_is_over(time, site, connect) -> None:
    connection = connect(interval_minutes=60)
    Connection.objects.update(failures=3)
    site.fails("429 Slow", Retry_After="1800")
    synchronise(connection)
    assert time.minutes_to_wait(connection) == 30
    place = Source.objects.get(connection=connection)
    assert place.open_until == connection.next_sync_at


def test_however_often_a_source_asks_for_a_wait_it_is_citable_within_two_hours(time, site, connect) -> None:
    connection = connect(interval_minutes=60)
    site.fails("429 Slow", Retry_After="1800")
    for _ in range(8):
        synchronise(connection)
        time.move(time.minutes_to_wait(connection) * MINUTE)
    site.feed("Alpha")
    began = time.at
    while not synchronise(connection).new:
        time.move(time.minutes_to_wait(connection) * MINUTE)
    assert time.at - began <= timedelta(hours=2)


def test_a_press_inside_the_wait_is_no_failure_and_moves_nothing(time, site, connect, platform) -> None:
    connection = connect(interval_minutes=60)
    site.fails("429 Slow", Retry_After="1800")
    synchronise(connection)
    connection.refresh_from_db()
    planned, failures = connection.next_sync_at, connection.failures
    site.feed("Alpha")
    for _ in range(3):
        assert ask(platform, connection).state == "done"
    connection.refresh_from_db()
    assert connection.failures == failures
    assert abs(connection.next_sync_at - planned) < MINUTE
    assert len(site.heads) == 1
    time.move(31 * MINUTE)
    assert synchronise(connection).new == 1


def test_an_open_breaker_is_no_failure_either(time, site, connect) -> None:
    connection = connect(interval_minutes=5)
    site.fails("500 Oops")
    for _ in range(3):
        synchronise(connection)
    connection.refresh_from_db()
    run = synchronise(connection)
    assert "it is asked again after" in run.error
    assert time.minutes_to_wait(connection) == 60
    assert connection.failures == 3


def test_what_a_person_asked_for_makes_no_wait_longer(time, site, connect, platform) -> None:
    connection = connect(interval_minutes=60)
    site.fails("500 Oops")
    for _ in range(3):
        synchronise(connection)
    waits = []
    for _ in range(4):
        assert ask(platform, connection).state == "failed"
        waits.append(time.minutes_to_wait(connection))
    assert waits == [240, 240, 240, 240]
    assert connection.failures == 3
    time.move(timedelta(hours=4))
    site.feed("Alpha")
    assert synchronise(connection).new == 1


def test_another_connection_to_the_host_waits_and_stays_well(time, site, connect) -> None:
    busy, other = connect("http://news.example/busy", name="Busy"), connect(name="Other")
    site.feed("Alpha")
    synchronise(other)
    site.fails("429 Slow", Retry_After="1800")
    synchronise(busy)
    asked = len(site.heads)
    run = synchronise(other)
    assert run.error == "news.example asked to be called less often; it is asked again later."
    assert JobRun.objects.get(pk=str(run.job_run_id)).state == "done"
    assert len(site.heads) == asked
    other.refresh_from_db()
    assert (other.unhealthy_since, other.failures) == (None, 0)
    assert health.of(other, time.at) is health.Health.WAITING
    told = health.told(Connection.objects.filter(pk=other.pk), time.at)
    assert vars(told.get())["health"] == "waiting"
    assert time.minutes_to_wait(other) == 30


def test_one_that_was_never_asked_waits_for_its_host(time, site, connect) -> None:
    hosts.close("news.example", timedelta(minutes=20))
    connection = connect()
    synchronise(connection)
    connection.refresh_from_db()
    assert health.of(connection, time.at) is health.Health.WAITING
    assert time.minutes_to_wait(connection) == 20


def test_one_that_was_suspicious_still_is_while_it_waits(time, site, connect) -> None:
    connection = connect()
    site.feed("Alpha")
    synchronise(connection)
    site.feed()
    synchronise(connection)
    hosts.close("news.example", timedelta(minutes=20))
    synchronise(connection)
    connection.refresh_from_db()
    assert health.of(connection, time.at) is health.Health.SUSPICIOUS


def test_a_clock_that_fires_meanwhile_leaves_it_alone(time, site, connect, company) -> None:
    hosts.close("news.example", timedelta(minutes=20))
    connection = connect()
    synchronise(connection)
    due = JobRun.objects.create(job="connectors.sync_due", dedup_key=str(uuid4()))
    running.run(str(due.pk), str(company.pk))
    assert not JobRun.objects.filter(job="connectors.sync", state="queued").exists()
