"""A paper that may wait for a review, and a second coach for its subject."""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from uuid import uuid4

import pytest

from careerforge.assistant import reviewing
from careerforge.assistant.reviewing import targets
from careerforge.people.models import Assignment

# A Tuesday.
NOW = datetime(2026, 11, 17, 9, tzinfo=UTC)
PAPER = "paper"


@dataclass
class Paper:
    """A kind of draft that remembers what was done to it."""

    done: list[tuple[object, ...]] = field(default_factory=list)
    is_there: bool = True
    name = "Paper"
    is_offered = False

    def draft(self, review, reader):
        line = reviewing.Line("Batch orchestration comes first.")
        shown = reviewing.Shown("A paper", (reviewing.Section((line,)),), text=line.text)
        return shown if self.is_there else None

    def check(self, review, text, by):
        return [f"No source supports “{text}”"] if "wombat" in text else []

    def approve(self, review, by, now):
        self.done.append(("approve", by))

    def edit(self, review, text, by, now):
        self.done.append(("edit", by, text))

    def reject(self, review, by, now):
        self.done.append(("reject", by))

    def lapse(self, review, now):
        self.done.append(("lapse",))


@pytest.fixture
def paper(monkeypatch):
    made = Paper()
    monkeypatch.setitem(targets._targets, PAPER, made)
    return made


@pytest.fixture
def submit(paper, owner):
    """A paper about the owner, waiting."""

    def put(kind="high_stakes", asked_by=None, now=NOW, **more):
        return reviewing.submit(kind, owner, PAPER, uuid4(), ["first_path"], asked_by, now, **more)

    return put


@pytest.fixture
def covering(owner, other_coach):
    """The other coach covers for the owner's."""
    Assignment.objects.create(coach=other_coach, employee=owner, starts_on=date(2026, 1, 1), cover=True)
    return other_coach


@pytest.fixture
def decide():
    def say(review, by, verdict, now=NOW, **word):
        return reviewing.decide(review.id, by, reviewing.Word(verdict, **word), now)

    return say
