"""Asking the golden set twice: of what is live, and with one thing changed."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from careerforge.assistant.golden.asking import Answered, Asked, Sentence, Span, answerer_of
from careerforge.assistant.golden.changing import Change, live_digest
from careerforge.assistant.golden.reading import Question, askable, set_digest
from careerforge.assistant.golden.scoring import Outcome, Scored, figures, outcome
from careerforge.assistant.models import GoldenResult, GoldenRun
from careerforge.people.models import User


@dataclass(frozen=True, slots=True)
class Pair:
    """One question, answered both ways."""

    question: Question
    before: Answered
    after: Answered

    @property
    def scores(self) -> tuple[Scored, Scored]:
        """Both, measured."""
        return Scored.of(self.before, self.question.right), Scored.of(self.after, self.question.right)


def answer(question: Question, change: Change, by: User, now: datetime) -> Pair | None:
    """Ask one question of what is live, and with the change; None when nobody answers its function.

    It is asked for whoever marked it, so that the same documents are open; for one who has left, for ``by``.
    Without a change it is asked once.

    Raises:
        NotNow: a limit is reached.
    """
    answerer = answerer_of(question.row.function)
    if answerer is None:
        return None
    marked = question.row.marked_by
    reader = marked if marked and marked.state == User.State.ACTIVE else by
    asked = Asked(question.row.question, question.row.about, reader)
    before = answerer.answer(asked, now)
    if not change:
        return Pair(question, before, before)
    with change.applied():
        return Pair(question, before, answerer.answer(asked, now))


def questions() -> list[Question]:
    """What is asked: every question of the set that somebody answers."""
    return [one for one in askable() if answerer_of(one.row.function)]


def ask_all(
    change: Change, by: User, now: datetime, slice_of_work: Callable[[float], Any], asked: Sequence[Question]
) -> list[Pair]:
    """Every question, each in a transaction of its own.

    Args:
        slice_of_work: given the share that is done, opens the organisation for one question.

    Raises:
        NotNow: a limit is reached.
    """
    pairs: list[Pair] = []
    for place, question in enumerate(asked):
        with slice_of_work(place / len(asked)):
            pair = answer(question, change, by, now)
        if pair:
            pairs.append(pair)
    return pairs


def store(change: Change, pairs: Sequence[Pair], by: User | None, now: datetime) -> GoldenRun:
    """Keep what came of it."""
    scored = [pair.scores for pair in pairs]
    outcomes = [outcome(before, after) for before, after in scored]
    with transaction.atomic():
        run = GoldenRun.objects.create(
            prompt=change.prompt,
            prompt_digest=change.prompt_digest,
            generation=change.generation,
            model=change.model,
            asked_digest=set_digest([pair.question for pair in pairs]),
            live_digest=live_digest(),
            made_by=by,
            made_at=now,
            before=figures([before for before, _after in scored]).as_json(),
            after=figures([after for _before, after in scored]).as_json(),
            better=outcomes.count(Outcome.BETTER),
            worse=outcomes.count(Outcome.WORSE),
        )
        GoldenResult.objects.bulk_create(
            GoldenResult(
                run=run,
                golden=pair.question.row,
                outcome=each,
                before=as_json(pair.before, before),
                after=as_json(pair.after, after),
            )
            for pair, each, (before, after) in zip(pairs, outcomes, scored, strict=True)
        )
    return run


def as_json(answered: Answered, scored: Scored) -> dict[str, Any]:
    """An answer for a row: its sentences, and the places they cite without their words."""
    told = [
        {"text": one.text, "spans": [[str(s.document), str(s.version), s.start, s.end] for s in one.spans]}
        for one in answered.sentences
    ]
    return {**asdict(scored), "struck": answered.struck, "sentences": told}


def sentences(kept: Mapping[str, Any]) -> list[Sentence]:
    """The sentences of a row's answer."""
    return [
        Sentence(one["text"], tuple(Span(UUID(d), UUID(v), start, end) for d, v, start, end in one["spans"]))
        for one in kept["sentences"]
    ]
