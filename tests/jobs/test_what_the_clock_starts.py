"""The queue's own scheduler: each slot once, whatever was down and whoever's clock is off."""

from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone
from django.utils.module_loading import import_string
from django_q.models import OrmQ, Schedule
from django_q.scheduler import scheduler

from careerforge.jobs import schedules
from careerforge.jobs.models import JobRun
from careerforge.tenancy.models import Organisation
from tests.jobs.conftest import Counting

HOURLY, WEEKLY = "test.hourly", "test.weekly"
SATURDAY = datetime(2026, 11, 21, 8, 30, tzinfo=UTC)
MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)


class Clusters:
    """Clusters whose hosts' clocks are off by so much, and one time for everybody else."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, *clocks: timedelta) -> None:
        self.clocks = clocks
        self.at = SATURDAY
        self.skew = timedelta(0)
        monkeypatch.setattr(timezone, "now", lambda: self.at + self.skew)
        # A test has one connection, which holds its transaction.
        monkeypatch.setattr("django_q.scheduler.close_old_django_connections", lambda: None)

    def tick(self) -> None:
        """Each cluster looks at the schedules, then works off its queue."""
        for skew in self.clocks:
            self.skew = skew
            scheduler()
            for row in OrmQ.objects.order_by("pk"):
                task = row.task
                row.delete()
                if task["func"] != "careerforge.jobs.running.recover":
                    import_string(task["func"])(*task["args"])

    def live(self, until: datetime, step: timedelta = 5 * MINUTE) -> None:
        while self.at < until:
            self.tick()
            self.at += step


@pytest.fixture
def declared(company: Organisation, counting: Counting, monkeypatch: pytest.MonkeyPatch) -> None:
    """An hourly and a weekly job, and nothing else."""
    monkeypatch.setattr(schedules, "_schedules", {})
    schedules.every(HOURLY, "test.count", "0 * * * *")
    schedules.every(WEEKLY, "test.count", "0 6 * * 1")
    monkeypatch.setattr(timezone, "now", lambda: SATURDAY)
    schedules.synchronise()
    # What has just been made is due at once; here it begins with the next slot.
    Schedule.objects.filter(name=HOURLY).update(next_run=SATURDAY.replace(hour=9, minute=0))
    Schedule.objects.filter(name=WEEKLY).update(next_run=datetime(2026, 11, 23, 6, tzinfo=UTC))


def runs(name: str) -> int:
    return JobRun.objects.filter(dedup_key=f"test.count:clock:{name}").count()


def test_three_days_without_a_cluster_are_one_run_each(
    declared: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    cluster = Clusters(monkeypatch, timedelta(0))
    cluster.live(SATURDAY + 3 * HOUR)
    assert (runs(HOURLY), runs(WEEKLY)) == (3, 0)
    # The weekly slot is on Monday, when nobody looks.
    cluster.at += timedelta(days=3)
    cluster.live(cluster.at + 25 * MINUTE)
    assert (runs(HOURLY), runs(WEEKLY)) == (4, 1)
    cluster.live(cluster.at + 2 * HOUR)
    assert (runs(HOURLY), runs(WEEKLY)) == (6, 1)


def test_two_clusters_ten_minutes_apart_start_each_slot_once(
    declared: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    clusters = Clusters(monkeypatch, timedelta(0), 10 * MINUTE)
    clusters.live(SATURDAY + 6 * HOUR, MINUTE)
    assert runs(HOURLY) == 6


CHANGES = [datetime(2027, 3, 28, 1, tzinfo=UTC), datetime(2026, 10, 25, 1, tzinfo=UTC)]


@pytest.mark.parametrize("change", CHANGES, ids=["spring", "autumn"])
def test_the_hour_that_the_summer_takes_or_gives_is_one_slot(
    declared: None, monkeypatch: pytest.MonkeyPatch, change: datetime
) -> None:
    Organisation.objects.update(time_zone="Europe/Berlin")
    clusters = Clusters(monkeypatch, timedelta(0), 10 * MINUTE)
    clusters.at = change - 150 * MINUTE
    Schedule.objects.filter(name=HOURLY).update(next_run=change - 2 * HOUR)
    clusters.live(change + 150 * MINUTE)
    assert runs(HOURLY) == 5
