"""Each source fails for itself: with its own reason, and more and more rarely."""

import time
from datetime import timedelta

import pytest
from django.utils import timezone

from careerforge.governance.models import AuditEvent
from careerforge.jobs.models import JobRun
from careerforge.jobs.running import run
from connectors import clock
from connectors.models import Connection, SyncRun
from connectors.syncing import sources
from tests.connectors.connections.site import numbers, synchronise


def minutes_to_wait(connection: Connection) -> int:
    connection.refresh_from_db()
    assert connection.next_sync_at is not None
    return round((connection.next_sync_at - timezone.now()) / timedelta(minutes=1))


@pytest.mark.parametrize(
    ("status", "sentence"),
    [
        ("500 Oops", "news.example has a fault of its own (status 500)."),
        ("401 Who", "news.example rejected the credentials."),
        ("410 Gone", "news.example says that this source is gone for good."),
        ("403 No", "news.example refuses access: the credentials were rejected or lack a permission."),
    ],
)
def test_the_reason_is_told_in_words(site, connect, status, sentence) -> None:
    site.fails(status)
    found = synchronise(connect())
    assert found.error == sentence
    assert found.finished_at
    assert numbers(found) == (0, 0, 0, 0, 0)
    assert JobRun.objects.get(pk=str(found.job_run_id)).error == sentence


def test_each_failure_doubles_the_wait_up_to_a_day(site, connect, monkeypatch) -> None:
    connection, waits, gone_by = connect(interval_minutes=60), [], 0
    monkeypatch.setattr(clock, "now", lambda: timezone.now() + timedelta(minutes=gone_by))
    site.fails("500 Oops")
    for _ in range(7):
        synchronise(connection)
        waits.append(minutes_to_wait(connection) - gone_by)
        gone_by += waits[-1]
    assert waits == [60, 120, 240, 480, 960, 1440, 1440]


def test_one_success_makes_up_for_it(site, connect) -> None:
    connection = connect(interval_minutes=60)
    site.fails("500 Oops")
    synchronise(connection)
    site.feed("Alpha")
    synchronise(connection)
    assert minutes_to_wait(connection) == 60
    assert connection.failures == 0


def test_a_source_may_ask_for_a_longer_wait(site, connect) -> None:
    connection = connect(interval_minutes=60)
    site.fails("429 Slow", Retry_After="7200")
    synchronise(connection)
    assert minutes_to_wait(connection) == 120


def test_a_source_that_is_gone_for_good_is_paused(site, connect) -> None:
    connection = connect()
    site.fails("410 Gone")
    synchronise(connection)
    connection.refresh_from_db()
    assert connection.paused
    assert (
        AuditEvent.objects.filter(act="connection.paused", actor=None, object_id=str(connection.pk)).count()
        == 1
    )


def test_the_clock_asks_each_source_that_is_due_and_none_that_is_paused(site, connect, company) -> None:
    connect(name="Due")
    connect(name="Paused", paused=True)
    later = connect(name="Later")
    Connection.objects.filter(pk=later.pk).update(next_sync_at=timezone.now() + timedelta(minutes=9))
    job = JobRun.objects.create(job="connectors.sync_due", dedup_key="clock")
    run(str(job.pk), str(company.pk))
    queued = JobRun.objects.filter(job="connectors.sync").values_list("arguments", flat=True)
    assert [one["connection"] for one in queued] == [str(Connection.objects.get(name="Due").pk)]


def test_a_connection_that_was_removed_meanwhile_is_no_fault(site, connect, company) -> None:
    connection = connect()
    job = JobRun.objects.create(
        job="connectors.sync", dedup_key="x", arguments={"connection": str(connection.pk)}
    )
    connection.collection.delete()
    run(str(job.pk), str(company.pk))
    job.refresh_from_db()
    assert (job.state, job.error) == ("failed", "This connection has been removed.")


def test_not_modified_that_nobody_asked_for_is_a_fault(site, connect) -> None:
    site.fails("304 Not Modified")
    site.body = b""
    assert "was not asked" in synchronise(connect()).error


def test_other_sources_go_on(site, connect) -> None:
    bad = connect("http://nowhere.example/feed", name="Bad")
    good = connect(name="Good")
    site.feed("Alpha")
    runs = [synchronise(bad), synchronise(good)]
    assert runs[0].error
    assert numbers(runs[1]) == (1, 0, 0, 0, 0)
    assert SyncRun.objects.count() == 2


def test_a_body_beyond_the_limit_is_a_reason_and_stores_nothing(site, connect) -> None:
    site.says(b"<rss><channel>" + b" " * 10_000_000, "application/rss+xml")
    assert synchronise(connect()).error == "The source sends more than 10 MB."


def test_a_source_that_hangs_is_given_up(site, connect, monkeypatch) -> None:
    monkeypatch.setattr(sources, "client", lambda timeout_s=1.0: site.net.client(timeout_s=0.3))
    site.origin.script = lambda connection, head: time.sleep(0.6)
    assert synchronise(connect()).error == "news.example did not answer in time."
