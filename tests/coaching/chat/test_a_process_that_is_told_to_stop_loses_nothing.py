"""SIGTERM and SIGKILL in the middle of an answer: a real process of its own ends (case 101)."""

import os
import signal
import threading
from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connections
from django.utils import timezone

from careerforge.tenancy import context
from coaching.chat import asking, conversations, reading, writers
from coaching.chat.generation import State
from coaching.chat.pieces import Kind, Piece
from coaching.chat.writing import Writer
from tests.coaching.chat.conftest import private

QUESTION = "Which skill should I build first?"


@pytest.fixture
def asked(company_that_is_committed, settings):
    """A stored question of a company that is committed."""
    settings.ASIDE = "aside"
    organisation, owner = company_that_is_committed
    with context.organisation(organisation):
        message = asking.ask(owner, QUESTION, uuid4(), timezone.now()).message
    yield organisation, owner, message
    for name in ("default", "aside"):
        connections[name].close()


def ended_by(number, organisation, message, monkeypatch):
    """Write the answer in a child that is told to end behind the first piece; gives back what ended it."""

    def pieces(self):
        yield Piece(Kind.NOTE, "first")
        os.kill(os.getpid(), number)
        threading.Event().wait(30)
        yield Piece(Kind.NOTE, "never")

    connections.close_all()
    child = os.fork()
    if child == 0:
        signal.signal(signal.SIGTERM, signal.SIG_DFL)
        monkeypatch.setattr(Writer, "pieces", pieces)
        writers.write(message.generation.pk, organisation, lambda: False, timezone.now)
        os._exit(0)
    _pid, status = os.waitpid(child, 0)
    return os.WTERMSIG(status) if os.WIFSIGNALED(status) else 0


def shown(owner, message, now):
    room, key = private(owner)
    return reading.opened([conversations.message_of(owner, message.pk)], room, key, owner, now)[0]


@pytest.mark.django_db(transaction=True, databases=["default", "aside"])
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGKILL])
def test_the_question_and_what_was_written_stay_and_it_can_be_asked_again(asked, monkeypatch, number):
    organisation, owner, message = asked
    assert ended_by(number, organisation, message, monkeypatch) == number
    # As long as a stop may take, and not longer.
    later = timezone.now() + timedelta(seconds=25)
    with context.organisation(organisation):
        left = shown(owner, message, later)
        assert (left.question, left.state) == (QUESTION, State.INCOMPLETE)
        assert left.told.answer.note == "first"
        assert asking.again(owner, message, later) is None
    writers.write(message.generation.pk, organisation, lambda: False, timezone.now)
    with context.organisation(organisation):
        assert shown(owner, message, timezone.now()).state == State.DONE
