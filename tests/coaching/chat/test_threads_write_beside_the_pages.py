"""The real threads on a company that is committed: an answer is written, and never waited for."""

import threading
import time
from uuid import uuid4

import pytest
from django.db import connections
from django.utils import timezone

from careerforge.people.models import Room
from careerforge.tenancy import context
from careerforge.web import error_number
from coaching.chat import asking, conversations, generation, reading, writers
from coaching.chat.generation import State
from coaching.chat.pieces import Kind, Piece
from coaching.chat.writing import Writer
from coaching.models import Delta, Generation
from tests.coaching.chat.conftest import private

committed = pytest.mark.django_db(transaction=True, databases=["default", "aside"])
QUESTION = "Which skill should I build first?"
# As it is before a test takes it away.
START = writers.start


@pytest.fixture
def begun(company_that_is_committed, settings):
    """A stored question, whose thread the test starts."""
    settings.ASIDE = "aside"
    organisation, owner = company_that_is_committed
    with context.organisation(organisation):
        message = asking.ask(owner, QUESTION, uuid4(), timezone.now()).message
    yield organisation, message.generation.pk
    for one in threading.enumerate():
        if one.name.startswith("chat"):
            one.join(10)
    for name in ("default", "aside"):
        connections[name].close()


def ended(begun) -> Generation:
    """The row when the thread has ended."""
    organisation, pk = begun
    for one in threading.enumerate():
        if one.name == f"chat {pk}":
            one.join(10)
    with context.organisation(organisation):
        return Generation.objects.get(pk=pk)


@committed
def test_pieces_can_be_read_before_the_answer_is_complete(begun, monkeypatch):
    seen, go_on = [], threading.Event()

    def pieces(self):
        yield Piece(Kind.NOTE, "first")
        assert go_on.wait(5)
        yield Piece(Kind.NOTE, "second")

    monkeypatch.setattr(Writer, "pieces", pieces)
    organisation, pk = begun
    START(pk, organisation, uuid4())
    for _n in range(200):
        with context.organisation(organisation):
            seen.append(Delta.objects.filter(generation=pk).count())
        if seen[-1]:
            break
        time.sleep(0.01)
    assert seen[-1] == 1
    go_on.set()
    assert ended(begun).state == State.DONE
    assert not writers._under_way
    with context.organisation(organisation):
        assert Delta.objects.filter(generation=pk).count() == 2


@committed
def test_one_that_fails_is_incomplete_with_the_number_of_its_line_in_the_log(begun, monkeypatch, caplog):
    before = threading.excepthook

    def broken(self):
        yield Piece(Kind.NOTE, "first")
        raise RuntimeError("something that nobody expected")

    monkeypatch.setattr(Writer, "pieces", broken)
    monkeypatch.setattr(error_number, "new", lambda: error_number._number.set("K7QM2XWA"))
    START(begun[1], begun[0], uuid4())
    row = ended(begun)
    assert row.state == State.INCOMPLETE
    assert "an answer of the chat failed" in caplog.text
    assert threading.excepthook is before
    with context.organisation(begun[0]):
        owner = row.owner
        message = conversations.message_of(owner, row.message_id)
        room, key = private(owner)
        shown = reading.opened([message], room, key, owner, timezone.now())[0]
    assert "Number K7QM2XWA is in the log." in shown.told.answer.note


@committed
def test_no_transaction_is_open_between_two_pieces(begun, monkeypatch):
    open_ = []

    def pieces(self):
        yield Piece(Kind.NOTE, "first")
        open_.append(connections["default"].in_atomic_block or connections["aside"].in_atomic_block)
        yield Piece(Kind.NOTE, "second")

    monkeypatch.setattr(Writer, "pieces", pieces)
    START(begun[1], begun[0], uuid4())
    assert ended(begun).state == State.DONE
    assert open_ == [False]


def pen() -> generation.Pen:
    """Of an attempt that nobody knows."""
    return generation.Pen(uuid4(), 1, 0, Room(), b"")


def test_signs_of_life_come_while_a_model_thinks_and_end_with_the_answer(company, monkeypatch):
    monkeypatch.setattr(writers, "BEAT_S", 0.001)
    monkeypatch.setattr(connections, "close_all", lambda: None)
    signs, gone, done = [], threading.Event(), threading.Event()

    def renew(_generation, _attempt, now):
        signs.append(now)
        if len(signs) == 3:
            done.set()
        return True

    monkeypatch.setattr(generation, "renew", renew)
    writers._beat(pen(), company.id, gone, done)
    assert len(signs) == 3
    assert not gone.is_set()


def test_a_writer_learns_from_its_signs_of_life_that_nobody_wants_the_answer(company, monkeypatch):
    monkeypatch.setattr(writers, "BEAT_S", 0.001)
    monkeypatch.setattr(connections, "close_all", lambda: None)
    gone = threading.Event()
    writers._beat(pen(), company.id, gone, threading.Event())
    assert gone.is_set()


def test_a_thread_that_is_ended_before_its_turn_writes_nothing_and_leaves(monkeypatch):
    wrote = []
    monkeypatch.setattr(writers, "_watched", lambda *which: wrote.append(which))
    monkeypatch.setattr(connections, "close_all", lambda: None)
    ended_one, next_one = writers._Thread(uuid4(), uuid4()), writers._Thread(uuid4(), uuid4())
    ended_one.gone.set()
    monkeypatch.setattr(writers, "_under_way", [ended_one, next_one])
    writers._run(ended_one, uuid4(), False)
    assert not wrote
    assert writers._under_way == [next_one]


def test_a_process_that_has_enough_to_write_takes_no_more(monkeypatch):
    person = uuid4()
    monkeypatch.setattr(writers, "_under_way", [writers._Thread(uuid4(), person) for _n in range(16)])
    assert writers.is_full()


class Silent:
    """Writers that hear nothing from their provider, and notice only when the test says so that they end."""

    def __init__(self, monkeypatch):
        self.began, self.heard, self.writes = [], threading.Event(), threading.Semaphore(0)
        monkeypatch.setattr(writers, "_under_way", [])
        monkeypatch.setattr(writers, "_watched", self.write)

    def write(self, generation, _organisation, _gone):
        self.began.append(generation)
        self.writes.release()
        assert self.heard.wait(10)

    def ends(self):
        self.heard.set()
        for one in threading.enumerate():
            if one.name.startswith("chat"):
                one.join(10)


@pytest.fixture
def silent(monkeypatch):
    found = Silent(monkeypatch)
    yield found
    found.ends()


def test_who_stops_and_asks_again_keeps_one_place_and_others_begin_at_once(silent):
    one, another, company = uuid4(), uuid4(), uuid4()
    attempt = uuid4()
    START(attempt, company, one)
    assert silent.writes.acquire(timeout=5)
    for _n in range(6):
        writers.end(attempt)
        if not writers.is_busy_for(one):
            START(attempt, company, one)
    other = uuid4()
    assert not writers.is_busy_for(another)
    START(other, company, another)
    assert silent.writes.acquire(timeout=5)
    assert silent.began == [attempt, other]


def test_the_next_attempt_begins_when_the_stopped_one_has_left(silent):
    person, first, next_one = uuid4(), uuid4(), uuid4()
    START(first, uuid4(), person)
    assert silent.writes.acquire(timeout=5)
    writers.end(first)
    START(next_one, uuid4(), person)
    assert silent.began == [first]
    silent.heard.set()
    assert silent.writes.acquire(timeout=5)
    assert silent.began == [first, next_one]
    silent.ends()
    assert not writers._under_way


def test_help_does_not_wait_for_what_it_ended(silent):
    person, first, urgent = uuid4(), uuid4(), uuid4()
    START(first, uuid4(), person)
    assert silent.writes.acquire(timeout=5)
    START(urgent, uuid4(), person, at_once=True)
    assert silent.writes.acquire(timeout=5)
    assert silent.began == [first, urgent]
