"""Answering a golden question as the chat does: its own prompt, and its own check of every sentence."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from careerforge.assistant import golden
from careerforge.assistant.golden.listening import Listening, listening
from careerforge.assistant.schemas import Advice
from careerforge.skills.models import Role
from careerforge.tenancy import context
from coaching.answers.answer import Answer, Draft
from coaching.answers.answering import compose, is_ordered
from coaching.answers.voice import Voice
from coaching.chat import pieces, preparing
from coaching.chat.checking import Evidence
from coaching.chat.context import read
from coaching.chat.outgoing import Sending, prompt
from coaching.chat.pieces import Piece
from coaching.chat.preparing import Prepared
from coaching.chat.sieve import whole
from coaching.golden import nobody
from coaching.golden.answerer import answered, by_rules, directory_for, is_refused
from coaching.quoting.looking import look


@dataclass(frozen=True)
class Ready:
    """What was read before a model is asked."""

    prepared: Prepared
    road: Listening
    sending: Sending | None


class ChatAnswerer:
    """The golden set's way to the chat: the first question of a conversation that nobody has."""

    def case(self, question: UUID, about: Mapping[str, Any]) -> str:
        """Each question is one of its own."""
        return str(question)

    def answer(self, asked: golden.Asked, now: datetime) -> golden.Answered:
        """An answer to nobody, in at most as many points as the chat gives."""
        with asked.desk.opened():
            ready = _ready(asked, now)
        if ready is None:
            return golden.Answered((), refused=True)
        said = None
        if ready.sending:
            with context.named(asked.desk.organisation):
                said = ready.road.ask(ready.sending.prompt)
        parsed = getattr(said, "parsed", None)
        if not (isinstance(parsed, Advice) and ready.sending):
            return by_rules(asked, ready.prepared.by_rules, ready.road)
        answer = checked(parsed.answer, ready.prepared, asked.question, ready.sending)
        if not answer.sentences:
            return by_rules(asked, ready.prepared.by_rules, ready.road)
        with asked.desk.opened():
            return answered(answer, ready.road.model)

    def lines(self, about: Mapping[str, Any]) -> list[str]:
        """The role and the skills, in words."""
        return nobody.lines(about)


def checked(text: str, prepared: Prepared, question: str, sending: Sending) -> Answer:
    """What stays of a model's text, as the chat would show it. Pure."""
    evidence = Evidence(prepared, question)
    tried = [evidence.piece(sentence, sending.outgoing.back) for sentence in whole([text])]
    kept: list[Piece] = [piece for piece in tried if piece]
    draft = Draft()
    for piece in kept[: prepared.points]:
        draft.say(piece.text, *piece.sources)
    return draft.answer(struck=len(tried) - len(kept))


def _ready(asked: golden.Asked, now: datetime) -> Ready | None:
    if is_refused(asked.question, asked.reader):
        return None
    prepared = _prepared(asked, now)
    road = listening(asked.desk, allowed=asked.reader.organisation.model_allowed)
    if prepared.by_rules.dont_know or not road.leads_anywhere:
        return Ready(prepared, road, None)
    sending = prompt(asked.question, (), prepared, directory_for(road), now)
    return Ready(prepared, road, sending)


def _prepared(asked: golden.Asked, now: datetime) -> Prepared:
    """As the chat reads it, with the facts that were kept with the question."""
    known = nobody.facts_of(asked.about, now.date(), Voice.TO)
    role = Role.objects.select_related("practice").filter(title=known.role).first() if known else None
    own = {role.practice.slug} if role and role.practice else set()
    points = read(asked.question, ()).points
    found = look(asked.reader, asked.question, role, known, own)
    composed = compose(asked.question, known, found.quotes, found.nearest, found.note)
    return Prepared(
        by_rules=pieces.few(composed, points),
        points=points,
        facts=tuple(source for source in composed.sources if source.chunk_id is None),
        passages=preparing.within(found, preparing.CHARACTERS),
        known=known,
        found=found,
        ordered=known is not None and is_ordered(asked.question, known),
    )
