"""An answerer of golden questions whose answers a test has written."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from careerforge.assistant import golden
from careerforge.assistant.golden import asking, planning, running
from careerforge.assistant.golden.reading import right_spans
from careerforge.assistant.models import GoldenQuestion, GoldenRun
from careerforge.assistant.prompts import versions
from careerforge.assistant.prompts.files import shipped
from careerforge.gateway import standing
from careerforge.people.models import User

NOW = datetime(2031, 2, 3, tzinfo=UTC)
Answers = Callable[[golden.Asked], golden.Answered]
FUNCTION = "coaching_advice"


class Scripted:
    """Says what it was told to; ``tried`` when a prompt is tried out."""

    def __init__(self, live: Answers, tried: Answers) -> None:
        self.live, self.tried = live, tried
        self.readers: list[Any] = []

    def answer(self, asked: golden.Asked, now: datetime) -> golden.Answered:
        """By whether a prompt's other text is asked with."""
        self.readers.append(asked.reader)
        is_tried = versions.current("advice").text != shipped("advice")
        return (self.tried if is_tried else self.live)(asked)

    def case(self, question: UUID, about: Mapping[str, Any]) -> str:
        """Each question is one of its own."""
        return str(question)

    def lines(self, about: Mapping[str, Any]) -> list[str]:
        """As they are."""
        return [f"{name}: {value}" for name, value in about.items()]


@contextmanager
def answering(live: Answers, tried: Answers | None = None) -> Iterator[Scripted]:
    """Inside, golden questions are answered so."""
    before = asking.answerer_of(FUNCTION)
    scripted = Scripted(live, tried or live)
    golden.register(FUNCTION, scripted)
    try:
        yield scripted
    finally:
        if before:
            golden.register(FUNCTION, before)


Sides = Callable[[str], tuple[golden.Answered, golden.Answered]]


def ask(change: golden.Change, by: User) -> GoldenRun:
    """The whole set, at once."""
    assert by.organisation_id is not None
    return running.ask_all(change, by, NOW, golden.Desk(by.organisation_id))


def kept(change: golden.Change, by: User, sides: Sides) -> GoldenRun:
    """A run whose answers a test has written, by question."""
    planned = planning.cases(change)
    run = running.begin(change, planned, by, NOW)
    for case in planned:
        row = GoldenQuestion.objects.get(pk=case.row.pk)
        right = right_spans([row.pk])[row.pk]
        running.keep(run, running.Pair(case, right, *sides(row.question)))
    return running.close(run)


__all__ = ["answering", "ask", "asking", "kept", "standing"]
