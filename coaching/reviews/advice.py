"""A model's version of an advice, as a coach reviews it: what is shown, and what each decision does."""

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from careerforge.assistant import checks
from careerforge.assistant.models import Review
from careerforge.assistant.policy.judging import judge
from careerforge.assistant.policy.links import holds_one
from careerforge.assistant.receipt import Receipt
from careerforge.assistant.reviewing import Line, Section, Shown
from careerforge.assistant.reviewing.texts import Texts
from careerforge.people import rooms
from careerforge.people.models import Grant, User
from coaching.advising import advice, receipts
from coaching.advising.keeping import Seal
from coaching.advising.opened import how_sure, shown_sources
from coaching.advising.withholding import still_open
from coaching.answers.answer import Answer, Draft, Source
from coaching.answers.evidence import Evidence
from coaching.models import Advice

COACH = Grant.Kind.COACH.value
# What a changed text has passed.
EDITED = ("links", "policy", "support")


@dataclass(frozen=True)
class Held:
    """A draft with its advice, opened for one coach, without what that coach may not read.

    Attributes:
        stored: what is sealed on the row now.
        receipt: of the draft; None for one that was kept without.
    """

    row: Advice
    seal: Seal
    draft: Answer
    by_rules: Answer
    stored: dict[str, Any]
    question: str
    model: str
    prompt_version: str
    receipt: Receipt | None = None

    @property
    def sources(self) -> list[Source]:
        """Every span that an edited text may rest on."""
        return list(dict.fromkeys([*self.draft.sources, *self.by_rules.sources]))


class AdviceInWords:
    """A model's version of an advice, as a target of reviews. The rules' version is shown already."""

    name = gettext_lazy("Advice")
    is_offered = False

    def draft(self, review: Review, reader: User) -> Shown | None:
        """The supported sentences, what was struck, and the rules' version."""
        held = _open(review, reader)
        if held is None:
            return None
        return Shown(
            title=_("Advice in a model’s words"),
            question=held.question,
            draft=(_section(held.draft),),
            by_rules=(_section(held.by_rules),),
            sources=tuple(shown_sources(held.draft)),
            sure=how_sure(held.draft).sentence,
            checks=tuple(checks.in_words(held.draft.checks)),
            problems=tuple(_problems(held.draft)),
            about=((_("Model"), held.model), (_("Version"), held.prompt_version)),
            text="\n".join(one.text for one in held.draft.sentences),
        )

    def check(self, review: Review, text: str, by: User) -> Sequence[str]:
        """Each sentence of a changed text has to stand on a span that is quoted, like the model's own."""
        held = _open(review, by)
        return _edited(text, held)[1] if held else [_("The draft is gone.")]

    def approve(self, review: Review, by: User, now: datetime) -> None:
        """What the reviewer saw is shown; the rules' version stays below it."""
        if held := _open(review, by):
            _show(held, held.draft, "approved", now)

    def edit(self, review: Review, text: str, by: User, now: datetime) -> None:
        """The changed text is shown, each sentence with the span it stands on."""
        if held := _open(review, by):
            _show(held, replace(_edited(text, held)[0], checks=EDITED), "edited", now)

    def reject(self, review: Review, by: User, now: datetime) -> None:
        """The rules' version stays; nothing has to be done."""

    def lapse(self, review: Review, now: datetime) -> None:
        """The rules' version stays; nothing has to be done."""


def _open(review: Review, reader: User) -> Held | None:
    """None when the advice is gone, or the reader is not in the room."""
    row = Advice.objects.filter(pk=review.target_id, employee=review.subject).first()
    inside = rooms.entered(review.subject, reader)
    if row is None or inside is None:
        return None
    room, key = inside
    kept = json.loads(Texts(room, key).draft(review))
    stored = advice.stored_answer(row, room, key)
    draft = Answer.from_json(kept["answer"])
    by_rules = Answer.from_json(stored.get("by_rules") or stored)
    chunks = draft.chunks | by_rules.chunks
    closed = chunks - still_open(reader, chunks)
    return Held(
        row=row,
        seal=Seal(room, key),
        draft=draft.without(closed),
        by_rules=by_rules.without(closed),
        stored=stored,
        question=rooms.open_text(room, key, row.id, "question", row.sealed_question),
        model=kept["model"],
        prompt_version=kept["prompt_version"],
        receipt=Receipt.from_json(told) if (told := kept.get("receipt")) else None,
    )


def _show(held: Held, answer: Answer, how: str, now: datetime) -> None:
    """Put an answer in the place of the rules' one, which is kept beside it with its own receipt."""
    before = held.stored
    told = held.receipt or _told(held)
    why = receipts.reviewed(told, answer, how, COACH, now) if told else None
    stored = answer.as_json() | {"receipt": why.as_json() if why else None, "by_rules": before}
    row = held.row
    row.sealed_answer = advice.sealed_answer(row, held.seal, stored)
    row.model_used, row.prompt_version = held.model[:80], held.prompt_version
    row.save(update_fields=["sealed_answer", "model_used", "prompt_version"])
    row.sources.all().delete()
    # Others may read more of the rules' version than this reviewer.
    advice.note_sources(row, answer, Answer.from_json(before))


def _told(held: Held) -> Receipt | None:
    """The receipt of a draft that was kept without one: what it was made from is what the rules had."""
    kept = held.stored.get("receipt")
    if kept is None:
        return None
    found = Receipt.from_json(kept)
    return replace(found, versions={**found.versions, "prompt": held.prompt_version, "model": held.model})


def _edited(text: str, held: Held) -> tuple[Answer, list[str]]:
    """A changed text as an answer, and what stands against it. Pure.

    Each sentence has to stand on a span that is quoted. What it is about is the reviewer's affair.
    """
    evidence = Evidence(held.question, held.sources, any_topic=True)
    tried = evidence.ground.every(text)
    draft = Draft()
    for one in tried:
        if one.support.holds:
            draft.say(one.text, evidence.source(one.support))
    problems = [_unsupported(one.text) for one in tried if not one.support.holds]
    problems += [_flagged(one.text) for one in tried if not one.verdict.is_ok]
    if holds_one(text):
        problems.append(_("It holds an address or markup. Sources are listed by themselves."))
    return draft.answer(), problems


def _problems(draft: Answer) -> list[str]:
    flagged = [_flagged(one.text) for one in draft.sentences if not judge(one.text).is_ok]
    hidden = draft.struck - len(draft.unsupported)
    text = ngettext(
        "%(n)s more sentence was struck and is shown to nobody, by policy or as beside the question.",
        "%(n)s more sentences were struck and are shown to nobody, by policy or as beside the question.",
        hidden,
    )
    more = [text % {"n": hidden}] if hidden > 0 and not draft.withheld else []
    return [*flagged, *map(_unsupported, draft.unsupported), *more]


def _unsupported(text: str) -> str:
    return _("No source quoted here supports this: “%(text)s”") % {"text": text}


def _flagged(text: str) -> str:
    return _("This may say something that nobody should decide by: “%(text)s”") % {"text": text}


def _section(answer: Answer) -> Section:
    return Section(tuple(Line(one.text, one.cites) for one in answer.sentences))
