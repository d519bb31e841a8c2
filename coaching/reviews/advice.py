"""A model's version of an advice, as a coach reviews it: what is shown, and what each decision does."""

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from careerforge.assistant import checks
from careerforge.assistant.grounding import ground
from careerforge.assistant.models import Review
from careerforge.assistant.policy.judging import judge
from careerforge.assistant.policy.links import holds_one
from careerforge.assistant.reviewing import Line, Section, Shown
from careerforge.assistant.reviewing.texts import Texts
from careerforge.assistant.sentences import sentences
from careerforge.knowledge.passage import Passage
from careerforge.people import rooms
from careerforge.people.models import User
from coaching.advising import advice
from coaching.advising.keeping import Seal
from coaching.advising.opened import how_sure, shown_sources
from coaching.advising.withholding import still_open
from coaching.answers.answer import Answer, Draft, Source
from coaching.models import Advice

NOWHERE = UUID(int=0)


@dataclass(frozen=True)
class Held:
    """A draft with its advice, opened for one coach, without what that coach may not read.

    Attributes:
        stored: what is sealed on the row now.
    """

    row: Advice
    seal: Seal
    draft: Answer
    by_rules: Answer
    stored: dict[str, Any]
    question: str
    model: str
    prompt_version: str

    @property
    def sources(self) -> list[Source]:
        """Every span that an edited text may rest on."""
        return list(dict.fromkeys([*self.draft.sources, *self.by_rules.sources]))


class AdviceInWords:
    """A model's version of an advice, as a target of reviews. The rules' version is shown already."""

    name = gettext_lazy("Advice")

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
            _show(held, held.draft)

    def edit(self, review: Review, text: str, by: User, now: datetime) -> None:
        """The changed text is shown, each sentence with the span it stands on."""
        if held := _open(review, by):
            _show(held, replace(_edited(text, held)[0], checks=("support",)))

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
    )


def _show(held: Held, answer: Answer) -> None:
    """Put an answer in the place of the rules' one, which is kept beside it."""
    before = {name: value for name, value in held.stored.items() if name != "receipt"}
    stored = answer.as_json() | {"receipt": held.stored.get("receipt"), "by_rules": before}
    row = held.row
    row.sealed_answer = advice.sealed_answer(row, held.seal, stored)
    row.model_used, row.prompt_version = held.model[:80], held.prompt_version
    row.save(update_fields=["sealed_answer", "model_used", "prompt_version"])
    row.sources.all().delete()
    # Others may read more of the rules' version than this reviewer.
    advice.note_sources(row, answer, Answer.from_json(before))


def _edited(text: str, held: Held) -> tuple[Answer, list[str]]:
    """A changed text as an answer, and what stands against it. Pure."""
    pieces, spans = sentences(text), held.sources
    checked = ground(pieces, [_as_passage(n, one) for n, one in enumerate(spans)], question=held.question)
    draft = Draft()
    for claim in checked.kept:
        assert claim.support.passage is not None
        draft.say(claim.sentence.text, spans[claim.support.passage.chunk_id])
    problems = [_unsupported(claim.sentence.text) for claim in checked.struck]
    problems += [_flagged(piece.text) for piece in pieces if not judge(piece.text).is_ok]
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


def _as_passage(number: int, source: Source) -> Passage:
    quote = source.quote
    return Passage(
        number, NOWHERE, NOWHERE, source.title, "", None, "span", quote, 0, len(quote), 1.0, source.detail
    )
