"""Asking the golden set twice: of what is live, and with one thing changed. Each result is kept at once."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from careerforge.assistant.golden.asking import Answered, Asked, Desk, Sentence, Span, answerer_of
from careerforge.assistant.golden.changing import Change, live_digest
from careerforge.assistant.golden.planning import Case, cases, digest_of
from careerforge.assistant.golden.reading import right_spans
from careerforge.assistant.golden.scoring import Figures, Outcome, Scored, figures, outcome
from careerforge.assistant.models import GoldenQuestion, GoldenResult, GoldenRun
from careerforge.people.models import User


@dataclass(frozen=True, slots=True)
class Pair:
    """One question, answered both ways."""

    case: Case
    right: tuple[Span, ...]
    before: Answered
    after: Answered

    @property
    def scores(self) -> tuple[Scored, Scored]:
        """Both, measured."""
        return Scored.of(self.before, self.right), Scored.of(self.after, self.right)


def begin(change: Change, planned: Sequence[Case], by: User | None, now: datetime) -> GoldenRun:
    """The open run of this change against what is live now, or a new one.

    One that was left while something else was live is thrown away: its halves do not go together.
    """
    is_now = {"asked_digest": digest_of(planned), "live_digest": live_digest()}
    with transaction.atomic():
        mine = list(GoldenRun.objects.select_for_update().filter(**change.key, open=True))
        run = next((row for row in mine if (row.asked_digest, row.live_digest) == (*is_now.values(),)), None)
        GoldenRun.objects.filter(pk__in=[row.pk for row in mine if row != run]).delete()
        return run or GoldenRun.objects.create(
            **change.key,
            **is_now,
            made_by=by,
            made_at=now,
            before=Figures().as_json(),
            after=Figures().as_json(),
            open=True,
            planned=len(planned),
        )


def left(run: GoldenRun, planned: Sequence[Case]) -> list[Case]:
    """What has not been asked yet: one query."""
    done = {(str(pk), function) for pk, function in run.results.values_list("golden_id", "function")}
    return [one for one in planned if one.key not in done]


def answer(case: Case, change: Change, by: User, now: datetime, desk: Desk) -> Pair | None:
    """Ask one question of what is live, and with the change; None when nobody answers its function.

    It is asked for whoever marked it, so that the same documents are open; for one who has left, for ``by``.
    Without a change it is asked once. No transaction is open while a model is asked.

    Raises:
        NotNow: a limit is reached.
    """
    answerer = answerer_of(case.function)
    if answerer is None:
        return None
    with desk.opened():
        asked, right = _read(case, by, desk)
    before = answerer.answer(asked, now)
    if not change:
        return Pair(case, right, before, before)
    with change.applied():
        return Pair(case, right, before, answerer.answer(asked, now))


def _read(case: Case, by: User, desk: Desk) -> tuple[Asked, tuple[Span, ...]]:
    row = GoldenQuestion.objects.select_related("marked_by__organisation").get(pk=case.row.pk)
    marked = row.marked_by
    reader = marked if marked and marked.state == User.State.ACTIVE else by
    return Asked(row.question, row.about, reader, desk), right_spans([row.pk]).get(row.pk, ())


def keep(run: GoldenRun, pair: Pair) -> None:
    """Keep what came of one question; the second time nothing happens."""
    before, after = pair.scores
    row = GoldenResult(
        run=run,
        golden_id=pair.case.row.pk,
        function=pair.case.function,
        outcome=outcome(before, after),
        before=as_json(pair.before, before),
        after=as_json(pair.after, after),
    )
    GoldenResult.objects.bulk_create([row], ignore_conflicts=True)


def wait(run: GoldenRun, until: datetime | None) -> None:
    """Say when it goes on."""
    GoldenRun.objects.filter(pk=run.pk).update(waits_until=until)


def close(run: GoldenRun) -> GoldenRun:
    """Sum it up: from now on it says something."""
    rows = list(run.results.values_list("function", "outcome", "before", "after"))
    found = {function: _summed([row for row in rows if row[0] == function]) for function, *_ in rows}
    whole = _summed(rows)
    run.before, run.after = whole["before"], {**whole["after"], "by": found}
    run.better = sum(row[1] == Outcome.BETTER for row in rows)
    run.worse = whole["worse"]
    run.open, run.waits_until = False, None
    run.save(update_fields=["before", "after", "better", "worse", "open", "waits_until"])
    return run


def _summed(rows: Sequence[tuple[str, str, Mapping[str, Any], Mapping[str, Any]]]) -> dict[str, Any]:
    return {
        "before": figures([Scored.from_json(row[2]) for row in rows]).as_json(),
        "after": figures([Scored.from_json(row[3]) for row in rows]).as_json(),
        "worse": sum(row[1] == Outcome.WORSE for row in rows),
    }


def ask_all(change: Change, by: User, now: datetime, desk: Desk) -> GoldenRun:
    """Every question that is left of a run, and its end.

    Raises:
        NotNow: a limit is reached; what was answered is kept, and the next run goes on from there.
    """
    with desk.opened():
        planned = cases(change)
        run = begin(change, planned, by, now)
        rest = left(run, planned)
    for case in rest:
        pair = answer(case, change, by, now, desk)
        with desk.opened():
            if pair:
                keep(run, pair)
    with desk.opened():
        return close(run)


def as_json(answered: Answered, scored: Scored) -> dict[str, Any]:
    """An answer for a row: its sentences, and the places they cite without their words."""
    told = [
        {"text": one.text, "spans": [[str(s.document), str(s.version), s.start, s.end] for s in one.spans]}
        for one in answered.sentences
    ]
    return {**asdict(scored), "struck": answered.struck, "wrong": list(answered.wrong), "sentences": told}


def sentences(kept: Mapping[str, Any]) -> list[Sentence]:
    """The sentences of a row's answer."""
    return [
        Sentence(one["text"], tuple(Span(UUID(d), UUID(v), start, end) for d, v, start, end in one["spans"]))
        for one in kept["sentences"]
    ]
