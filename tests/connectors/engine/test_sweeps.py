"""An hourly look at a source that has not changed writes no document, no chunk and no posting."""

import pytest
from django.db import connection as database
from django.test.utils import CaptureQueriesContext

from careerforge.knowledge.models import Chunk, Collection, Document, DocumentVersion, Posting
from connectors.kinds.json import kind
from connectors.models import Connection, Sighting, Source
from connectors.syncing import reading
from tests.connectors.connections.site import numbers, synchronise
from tests.connectors.engine.jobs import URL, WHOLE, jobs

KNOWLEDGE = (Document, DocumentVersion, Chunk, Posting)


def versions_of_rows() -> dict[str, list[object]]:
    """Every row's transaction: one that was written again has another."""
    found = {}
    for model in KNOWLEDGE:
        with database.cursor() as cursor:
            cursor.execute(f"SELECT xmin::text, ctid::text FROM {model._meta.db_table} ORDER BY id")
            found[model.__name__] = cursor.fetchall()
    return found


@pytest.fixture
def board(site, connect) -> Connection:
    """A board in three pages."""
    board = connect(URL, kind="json", settings=WHOLE)
    site.pages_of(jobs(*range(8)), jobs(*range(8, 16)), jobs(*range(16, 20)))
    assert numbers(synchronise(board)) == (20, 0, 0, 0, 0)
    return board


def test_the_same_bytes(board) -> None:
    before = versions_of_rows()
    for _ in range(3):
        assert numbers(synchronise(board)) == (0, 0, 20, 0, 0)
    assert versions_of_rows() == before
    assert not Sighting.objects.exists()


def test_other_bytes_with_the_same_entries(site, board) -> None:
    before = versions_of_rows()
    site.pages = {place: body.replace(b"{", b'{"made_at": "now", ', 1) for place, body in site.pages.items()}
    assert numbers(synchronise(board)) == (0, 0, 20, 0, 0)
    assert versions_of_rows() == before


def test_not_modified(site, connect) -> None:
    feed = connect()
    site.feed("Alpha", "Beta", ETag='"one"')
    synchronise(feed)
    before = versions_of_rows()
    assert numbers(synchronise(feed)) == (0, 0, 2, 0, 0)
    assert versions_of_rows() == before


def test_a_folder(folder, connect) -> None:
    for number in range(5):
        (folder / f"{number}.txt").write_text(f"Note number {number}, which says something.")
    library = connect(folder, kind="folder")
    synchronise(library)
    before = versions_of_rows()
    assert numbers(synchronise(library)) == (0, 0, 5, 0, 0)
    assert versions_of_rows() == before


def test_known_bytes_are_not_even_read(board, monkeypatch) -> None:
    def never(*args, **kwargs):
        raise AssertionError("read")

    monkeypatch.setattr(reading, "store_many", never)
    assert numbers(synchronise(board)) == (0, 0, 20, 0, 0)


def test_what_lasts_of_an_answer_is_not_looked_for_in_the_same_bytes(site, board, monkeypatch) -> None:
    looked = []
    essence = kind._essence

    def counted(document):
        looked.append(document)
        return essence(document)

    monkeypatch.setattr(kind, "_essence", counted)
    assert numbers(synchronise(board)) == (0, 0, 20, 0, 0)
    assert not looked
    site.pages = {place: body.replace(b"{", b'{"made_at": "now", ', 1) for place, body in site.pages.items()}
    assert numbers(synchronise(board)) == (0, 0, 20, 0, 0)
    assert len(looked) == 3


def test_the_number_of_statements_does_not_grow_with_the_entries(site, connect) -> None:
    counted = []
    for size in (20, 80):
        board = connect(URL, kind="json", settings=WHOLE, name=f"Board {size}")
        site.pages_of(jobs(*range(size)))
        synchronise(board)
        with CaptureQueriesContext(database) as queries:
            synchronise(board)
        counted.append(len(queries))
    assert counted[0] == counted[1]


def test_an_entry_that_moves_to_another_page_is_neither_new_nor_gone(site, board) -> None:
    site.pages_of(jobs(*range(4)), jobs(*range(4, 12)), jobs(*range(12, 20)))
    assert numbers(synchronise(board)) == (0, 0, 20, 0, 0)
    assert Document.objects.current().count() == 20


def test_a_page_that_is_no_more_is_forgotten(site, board) -> None:
    site.pages_of(jobs(*range(10)), jobs(*range(10, 20)))
    synchronise(board)
    assert Source.objects.filter(connection=board).count() == 2


def test_last_seen_is_read_from_the_collection(site, board) -> None:
    def seen() -> object:
        return Collection.objects.get(pk=board.collection_id).seen_at

    before = seen()
    synchronise(board)
    after = seen()
    assert after > before
    site.pages_of([])
    synchronise(board)
    assert seen() == after


def test_after_a_week_all_of_it_is_asked_for_again(site, connect) -> None:
    feed = connect()
    site.feed("Alpha", ETag='"one"')
    synchronise(feed)
    synchronise(feed)
    with database.cursor() as cursor:
        cursor.execute("UPDATE connectors_connection SET whole_at = whole_at - interval '8 days'")
    synchronise(feed)
    synchronise(feed)
    assert ["if-none-match" in head.lower() for head in site.heads] == [False, True, False, True]
