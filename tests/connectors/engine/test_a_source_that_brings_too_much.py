"""A collection takes so much and no more: the run ends with a sentence, and loses nothing."""

import pytest

from careerforge.knowledge.documents import room
from careerforge.knowledge.models import Document, DocumentVersion
from connectors.models import Connection
from connectors.syncing import reading
from tests.connectors.connections.site import numbers, synchronise
from tests.connectors.engine.jobs import URL, WHOLE, jobs


@pytest.fixture
def board(site, connect, monkeypatch) -> Connection:
    """Four documents where ten go in, read in twos."""
    monkeypatch.setattr(reading, "BATCH", 2)
    monkeypatch.setattr(room, "MOST_VERSIONS", 10)
    site.json({"items": jobs(*range(4))})
    board = connect(URL, kind="json", settings=WHOLE)
    synchronise(board)
    return board


def test_what_there_is_no_room_for_is_not_stored_and_nothing_is_lost(site, board) -> None:
    site.json({"items": jobs(*range(2, 30))})
    run = synchronise(board)
    assert "as much as a connection may hold" in run.error
    assert run.gone == 0
    stored = set(Document.objects.current().values_list("external_id", flat=True))
    assert {"0", "1", "2", "3"} < stored
    assert DocumentVersion.objects.count() < 10


def test_the_characters_count_too(site, board, monkeypatch) -> None:
    monkeypatch.setattr(room, "MOST_CHARACTERS", 50)
    site.json({"items": jobs(*range(6))})
    assert "as much as a connection may hold" in synchronise(board).error
    assert Document.objects.count() == 4


def test_a_full_one_is_read_as_before_while_it_brings_nothing_new(site, board, monkeypatch) -> None:
    monkeypatch.setattr(room, "MOST_VERSIONS", 4)
    site.json({"items": [*jobs(*range(4)), {"id": None}]})
    assert synchronise(board).error == ""


def test_it_is_measured_once_a_run_and_only_when_something_is_new(site, board, monkeypatch) -> None:
    asked: list[object] = []
    real = vars(reading)["room"]

    def counted(collection):
        asked.append(1)
        return real(collection)

    monkeypatch.setattr(reading, "room", counted)
    site.json({"items": jobs(3, 2, 1, 0)})
    assert numbers(synchronise(board))[:3] == (0, 0, 4)
    assert asked == []
    site.json({"items": jobs(*range(9))})
    assert numbers(synchronise(board))[:3] == (5, 0, 4)
    assert asked == [1]
