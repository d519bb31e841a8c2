"""Three ways of saying that something is gone, and the answers that say it by mistake."""

import pytest

from careerforge.knowledge.models import Document
from connectors.models import Connection, SyncRun
from tests.connectors.connections.site import numbers, synchronise
from tests.connectors.engine.jobs import URL, WHOLE, job, jobs


@pytest.fixture
def board(site, connect) -> Connection:
    """Ten jobs on a page that lists everything, read once."""
    site.json({"items": jobs(*range(10))})
    board = connect(URL, kind="json", settings=WHOLE)
    assert numbers(synchronise(board)) == (10, 0, 0, 0, 0)
    return board


def there() -> set[str]:
    return set(Document.objects.current().values_list("external_id", flat=True))


def left_alone(run: SyncRun, sentence: str) -> None:
    assert sentence in run.error
    assert run.is_suspicious
    assert there() == {str(n) for n in range(10)}


def test_absent_from_a_complete_listing(site, board) -> None:
    site.json({"items": jobs(*range(8))})
    assert numbers(synchronise(board)) == (0, 0, 8, 0, 2)
    assert there() == {str(n) for n in range(8)}
    site.json({"items": jobs(*range(9))})
    assert numbers(synchronise(board)) == (0, 0, 9, 0, 0)
    assert "8" in there()


def test_absent_from_a_listing_of_the_newest(site, connect) -> None:
    news = connect(URL, kind="json")
    site.json({"items": jobs(*range(10))})
    synchronise(news)
    site.json({"items": jobs(9)})
    assert numbers(synchronise(news)) == (0, 0, 1, 0, 0)
    assert len(there()) == 10


def test_a_field_that_says_so(site, board) -> None:
    site.json({"items": [*jobs(*range(8)), job(8, state="closed"), job(9, deleted=True)]})
    assert numbers(synchronise(board)) == (0, 0, 8, 0, 2)
    assert there() == {str(n) for n in range(8)}


def test_a_tombstone_where_only_changes_are_listed(site, connect) -> None:
    settings = {"token": "sync", "token_parameter": "since"}
    changes = connect(URL, kind="json", settings=settings)
    site.json({"items": jobs(*range(10)), "sync": "t1"})
    synchronise(changes)
    site.json({"items": [job(3, deleted=True), job(11)], "sync": "t2"})
    assert numbers(synchronise(changes)) == (1, 0, 0, 0, 1)
    assert "since=t1" in site.heads[-1]
    assert there() == {str(n) for n in range(10)} - {"3"} | {"11"}


def test_nothing_changed_where_only_changes_are_listed(site, connect) -> None:
    changes = connect(URL, kind="json", settings={"token": "sync", "token_parameter": "since"})
    site.json({"items": jobs(*range(10)), "sync": "t1"})
    synchronise(changes)
    site.json({"items": [], "sync": "t2"})
    run = synchronise(changes)
    assert (run.error, numbers(run)) == ("", (0, 0, 0, 0, 0))
    assert len(there()) == 10


def test_an_answer_that_is_cut_short(site, board) -> None:
    whole = site.body
    site.says(whole[: len(whole) // 2], "application/json")
    left_alone(synchronise(board), "The JSON breaks off.")


def test_an_empty_answer(site, board) -> None:
    site.json({"items": []})
    left_alone(synchronise(board), "empty list; 10 documents")


def test_fewer_than_half(site, board) -> None:
    site.json({"items": jobs(*range(4))})
    left_alone(synchronise(board), "6 of 10 documents are missing at once. None was removed.")


def test_a_field_that_all_of_a_sudden_closes_most(site, board) -> None:
    site.json({"items": [*jobs(*range(3)), *(job(n, state="closed") for n in range(3, 10))]})
    left_alone(synchronise(board), "7 of 10 documents are missing at once")


def test_a_person_who_looked_says_that_it_is_right(site, board, platform) -> None:
    from connectors import connecting

    site.json({"items": jobs(1)})
    left_alone(synchronise(board), "9 of 10")
    connecting.sync_now(platform, board, as_it_is=True)
    assert numbers(synchronise(board)) == (0, 0, 1, 0, 9)


def test_a_board_that_is_not_there_is_not_a_board_without_jobs(site, board) -> None:
    site.fails("404 Not Found")
    run = synchronise(board)
    assert run.error == "news.example has nothing at this address."
    assert len(there()) == 10


def test_a_page_in_the_middle_that_fails(site, connect) -> None:
    board = connect(URL, kind="json", settings=WHOLE)
    site.pages_of(jobs(1, 2), jobs(3, 4), jobs(5, 6))
    synchronise(board)
    del site.pages["/jobs?page=2"]
    site.fails("500 Oops")
    run = synchronise(board)
    assert run.error == "news.example has a fault of its own (status 500)."
    assert numbers(run)[4] == 0
    assert len(there()) == 6


def test_an_entry_that_cannot_be_read_this_time_stays(site, board) -> None:
    site.json({"items": [*jobs(*range(8)), {"id": 8}]})
    assert numbers(synchronise(board)) == (0, 0, 8, 1, 0)
    assert len(there()) == 10
