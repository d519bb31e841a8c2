"""An answerer of golden questions whose answers a test has written."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from typing import Any

from careerforge.assistant import golden
from careerforge.assistant.golden import asking
from careerforge.assistant.prompts import versions
from careerforge.assistant.prompts.files import shipped

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
