"""A listing that takes longer than one job may is handed on, and ends as if one job had read it."""

import pytest

from careerforge.jobs.models import JobRun
from careerforge.jobs.running import run as work
from careerforge.knowledge.models import Document
from connectors.kinds.fetching import Limits
from connectors.models import Connection, SyncRun
from connectors.syncing import ledger, sync
from connectors.syncing.sync import synchronise
from tests.connectors.connections.site import begin, numbers, running
from tests.connectors.connections.test_killed_anywhere import Killed, killed_at
from tests.connectors.engine.jobs import URL, WHOLE, jobs


@pytest.fixture
def board(site, connect) -> Connection:
    """Four pages of five."""
    site.pages_of(*(jobs(*range(start, start + 5)) for start in range(0, 20, 5)))
    return connect(URL, kind="json", settings=WHOLE)


class Slow:
    """Seconds that pass: a minute and a half at each look."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        self.now += 45.0
        return self.now


LONG = Limits(total_s=1e6, fetch_s=1e6)


def all_of_it(board: Connection) -> list[JobRun]:
    """Jobs that go on until none is left."""
    first = begin(board)
    jobs_done = [first]
    result = synchronise(running(first), board.pk, limits=LONG, monotonic=Slow())
    while result.get("goes_on"):
        job = (
            JobRun.objects.filter(job="connectors.sync", state="queued")
            .exclude(pk__in=[one.pk for one in jobs_done])
            .get()
        )
        jobs_done.append(job)
        goes_on = job.arguments["run"]
        result = synchronise(running(job), board.pk, goes_on=goes_on, limits=LONG, monotonic=Slow())
        JobRun.objects.filter(pk=job.pk).update(state="done")
    return jobs_done


def test_it_is_one_run_in_several_jobs(site, board) -> None:
    taken = all_of_it(board)
    run = SyncRun.objects.get()
    assert len(taken) > 1
    assert numbers(run) == (20, 0, 0, 0, 0)
    assert (run.is_complete, run.error) == (True, "")
    # No page was asked for twice.
    targets = [head.split(" ")[1] for head in site.heads]
    assert targets == ["/jobs", "/jobs?page=2", "/jobs?page=3", "/jobs?page=4"]


def test_what_was_gone_is_gone_at_its_end_and_not_before(site, board) -> None:
    all_of_it(board)
    site.pages_of(jobs(*range(5)), jobs(*range(5, 10)), jobs(*range(10, 15)), jobs(15, 16))
    SyncRun.objects.all().delete()
    JobRun.objects.all().delete()
    all_of_it(board)
    assert numbers(SyncRun.objects.get()) == (0, 0, 17, 0, 3)


def test_the_job_that_handed_on_does_nothing_when_it_is_delivered_again(site, board) -> None:
    first = begin(board)
    synchronise(running(first), board.pk, limits=LONG, monotonic=Slow())
    asked = len(site.heads)
    assert synchronise(running(first), board.pk)["goes_on"]
    assert len(site.heads) == asked
    assert SyncRun.objects.count() == 1


@pytest.mark.parametrize(("place", "name"), [(sync, "enqueue"), (ledger, "hand_on")])
def test_killed_while_handing_on(board, monkeypatch, place, name) -> None:
    first = begin(board)
    with killed_at(monkeypatch, place, name, 1), pytest.raises(Killed):
        synchronise(running(first), board.pk, limits=LONG, monotonic=Slow())
    synchronise(running(first), board.pk)
    assert numbers(SyncRun.objects.get()) == (20, 0, 0, 0, 0)
    assert Document.objects.count() == 20


def test_an_interrupted_attempt_goes_on_at_its_page(site, board, monkeypatch) -> None:
    first = begin(board)
    with killed_at(monkeypatch, ledger, "keep_cursor", 3), pytest.raises(Killed):
        synchronise(running(first), board.pk)
    before = len(site.heads)
    synchronise(running(first), board.pk)
    assert site.heads[before].startswith("GET /jobs?page=3 ")
    assert numbers(SyncRun.objects.get()) == (20, 0, 0, 0, 0)


def test_where_to_go_on_is_sealed(site, board, monkeypatch) -> None:
    site.pages = {
        place.replace("page", "t0ken"): body.replace(b"page", b"t0ken") for place, body in site.pages.items()
    }
    with killed_at(monkeypatch, ledger, "keep_cursor", 3), pytest.raises(Killed):
        synchronise(running(begin(board)), board.pk)
    run = SyncRun.objects.get()
    assert run.sealed_cursor
    assert b"t0ken" not in bytes(run.sealed_cursor)


def test_the_queue_runs_what_was_handed_on(board, company) -> None:
    first = begin(board)
    synchronise(running(first), board.pk, limits=LONG, monotonic=Slow())
    job = JobRun.objects.get(job="connectors.sync", arguments__has_key="run")
    work(str(job.pk), str(company.pk))
    job.refresh_from_db()
    assert (job.state, job.error) == ("done", "")
    assert numbers(SyncRun.objects.get()) == (20, 0, 0, 0, 0)
