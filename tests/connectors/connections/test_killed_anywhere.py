"""A synchronisation that is killed anywhere and runs again ends like one that was not killed."""

import threading
from contextlib import contextmanager

import pytest
from django.db import connection as database

from careerforge.governance import audit
from careerforge.jobs.running import Failed, Running
from careerforge.knowledge.index import indexing
from careerforge.knowledge.models import Chunk, Document, DocumentVersion
from careerforge.tenancy import context
from connectors.kinds.feed import kind as feeds
from connectors.kinds.folder import kind as files
from connectors.models import Connection, Source, SyncProblem, SyncRun
from connectors.secrecy import secrets
from connectors.syncing import absent, ledger, reading, sightings, sources
from connectors.syncing.sync import STAGES, synchronise
from connectors.syncing.turns import turn
from tests.connectors.connections.site import begin, numbers, running


class Killed(BaseException):
    """The process ends here; nobody catches it."""


@contextmanager
def killed_at(monkeypatch, place, name, call):
    """The process ends instead of the n-th call of a function."""
    real, calls = getattr(place, name), []

    def counted(*args, **kwargs):
        calls.append(1)
        if len(calls) == call:
            raise Killed
        return real(*args, **kwargs)

    with monkeypatch.context() as patch:
        patch.setattr(place, name, counted)
        yield


@pytest.fixture
def library(folder, connect, monkeypatch) -> Connection:
    """Twelve notes and a picture, stored before; then one changed, one new, one gone."""
    for number in range(12):
        (folder / f"{number:02}.txt").write_text(f"Note number {number}.\n\nIt has a second paragraph.")
    (folder / "05-picture.png").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(100))
    library = connect(folder, kind="folder")
    synchronise(running(begin(library)), library.pk)
    (folder / "03.txt").write_text("Rewritten.\n\nFrom the first word to the last.")
    (folder / "04-new.txt").write_text("This one is new.\n\nIt was not there before.")
    (folder / "11.txt").unlink()
    return library


PLACES = [
    (secrets, "in_use", 1),
    (files, "parse", 1),
    (files, "parse", 2),
    (reading, "store_many", 1),
    (reading, "store_many", 2),
    (ledger, "note", 1),
    (ledger, "note", 2),
    (sightings, "write", 1),
    (sightings, "write", 2),
    (sightings, "settle", 1),
    (absent, "mark_gone", 1),
    (ledger, "close", 1),
    (ledger, "_finish", 1),
    (audit, "record", 1),
    (indexing, "index_pending", 1),
]


@pytest.mark.parametrize(
    ("place", "name", "call"), PLACES, ids=lambda part: getattr(part, "__name__", str(part))
)
def test_the_counts_and_documents_are_those_of_a_whole_run(library, monkeypatch, place, name, call) -> None:
    job = begin(library)
    with killed_at(monkeypatch, place, name, call), pytest.raises(Killed):
        synchronise(running(job), library.pk)
    synchronise(running(job), library.pk)
    run = SyncRun.objects.get(job_run=job)
    assert numbers(run) == (1, 1, 10, 1, 1)
    assert SyncProblem.objects.filter(run=run).count() == 1
    assert (Document.objects.count(), DocumentVersion.objects.count()) == (13, 14)
    assert Chunk.objects.filter(live=True).count() == 12


def test_a_job_that_is_run_twice_counts_once(library) -> None:
    job = begin(library)
    first = synchronise(running(job), library.pk)
    assert synchronise(running(job), library.pk) == first
    assert SyncRun.objects.filter(job_run=job).count() == 1


def test_two_synchronisations_of_one_connection_take_turns(library, company) -> None:
    told: list[str] = []

    def other_worker() -> None:
        try:
            with turn(Running(begin_id, company.pk, STAGES), library.pk, patience="300ms"):
                told.append("both at once")
        except Failed as failure:
            told.append(str(failure))
        finally:
            database.close()

    begin_id = begin(library).pk
    with turn(running(begin(library)), library.pk):
        worker = threading.Thread(target=other_worker)
        worker.start()
        worker.join()
    assert told == ["Another synchronisation of this connection is still at work."]


def test_a_turn_is_given_back_after_a_failure(library, monkeypatch, company) -> None:
    with killed_at(monkeypatch, sources, "session", 1), pytest.raises(Killed):
        synchronise(running(begin(library)), library.pk)
    with database.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND pid = pg_backend_pid()")
        assert cursor.fetchone()[0] == 0
    assert context.current_id() == company.pk


def test_the_address_is_changed_while_it_is_read(site, connect, monkeypatch) -> None:
    connection = connect()
    site.feed("Alpha", ETag='"old"')
    real = vars(feeds)["parse"]

    def parse_while_somebody_moves_it(*args, **kwargs):
        Connection.objects.filter(pk=connection.pk).update(location="http://news.example/other")
        return real(*args, **kwargs)

    monkeypatch.setattr(feeds, "parse", parse_while_somebody_moves_it)
    with pytest.raises(Failed, match="changed while it was read"):
        synchronise(running(begin(connection)), connection.pk)
    assert not Source.objects.exclude(etag="").exists()
    assert not Document.objects.exists()
    assert "begins anew" in SyncRun.objects.get().error
