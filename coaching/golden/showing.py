"""The golden set as a coach sees it."""

from collections.abc import Sequence
from dataclasses import dataclass

from careerforge.assistant.golden.reading import Shown, opened, right_spans, shown_one
from careerforge.assistant.models import GoldenQuestion
from careerforge.people.models import User
from coaching.golden import nobody


@dataclass(frozen=True)
class Row:
    """A question with what is beside it, and the passages that its reader may see."""

    golden: GoldenQuestion
    lines: tuple[str, ...]
    passages: tuple[Shown, ...]


def rows(questions: Sequence[GoldenQuestion], reader: User) -> list[Row]:
    """Questions for a reader: three queries."""
    spans = right_spans(one.pk for one in questions)
    versions = opened([span for each in spans.values() for span in each], reader)
    return [
        Row(
            one,
            tuple(nobody.lines(one.about)),
            tuple(shown_one(span, versions) for span in spans.get(one.pk, ())),
        )
        for one in questions
    ]
