"""Answering a golden question as advice is answered: by rules, and in a model's words where there is one."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from careerforge.assistant import golden, policy
from careerforge.assistant.golden.listening import Listening, listening
from careerforge.gateway import company
from careerforge.gateway.redact import Directory
from careerforge.people.models import User
from careerforge.skills.models import Role
from careerforge.tenancy import context
from coaching.advising import wording
from coaching.advising.wording import Worded
from coaching.answers.answer import Answer
from coaching.answers.answering import agreement, compose
from coaching.golden import nobody
from coaching.golden.spans import spans
from coaching.questions.refusing import refusal
from coaching.quoting.looking import look


@dataclass(frozen=True)
class Ready:
    """What was read before a model is asked."""

    by_rules: Answer
    road: Listening
    # What a model is asked; None when the rules have nothing to say themselves.
    asking: wording.Ready | None


class AdviceAnswerer:
    """The golden set's way to advice."""

    def case(self, question: UUID, about: Mapping[str, Any]) -> str:
        """Each question is one of its own."""
        return str(question)

    def answer(self, asked: golden.Asked, now: datetime) -> golden.Answered:
        """Advice about nobody: the facts are those that were kept with the question."""
        with asked.desk.opened():
            ready = _ready(asked, now)
        if ready is None:
            return golden.Answered((), refused=True)
        worded = None
        if ready.asking and ready.road.leads_anywhere:
            with context.named(asked.desk.organisation):
                worded = ready.asking.word(ready.road)
        if isinstance(worded, Worded):
            # Also a wording that would wait for a coach: how much of it is supported is what is measured.
            with asked.desk.opened():
                return answered(worded.answer, worded.model)
        return by_rules(asked, ready.by_rules, ready.road)

    def lines(self, about: Mapping[str, Any]) -> list[str]:
        """The role and the skills, in words."""
        return nobody.lines(about)


def is_refused(question: str, reader: User) -> bool:
    """Whether a person answers it, and no machine."""
    return bool(policy.out_of_scope(question, reader.organisation) or refusal(question))


def directory_for(road: Listening) -> Directory:
    """The question was kept without people; a passage may name somebody who has come since."""
    return company.directory() if road.allowed else Directory.of([])


def by_rules(asked: golden.Asked, answer: Answer, road: Listening) -> golden.Answered:
    """The rules' answer where no model answered; where one did, that nothing of it could be used."""
    if road.heard:
        return golden.Answered((), model=road.model, wrong=(nobody.USELESS,))
    with asked.desk.opened():
        return answered(answer, "rules")


def answered(answer: Answer, model: str) -> golden.Answered:
    """An answer with the places that it cites: one query."""
    places = spans(answer.sources)
    sentences = tuple(
        golden.Sentence(
            one.text,
            tuple(span for n in one.cites if (span := places.get(answer.sources[n - 1]))),
        )
        for one in answer.sentences
    )
    return golden.Answered(sentences, answer.struck, answer.dont_know, model)


def _ready(asked: golden.Asked, now: datetime) -> Ready | None:
    if is_refused(asked.question, asked.reader):
        return None
    facts = nobody.facts_of(asked.about, now.date())
    role = Role.objects.select_related("practice").filter(title=facts.role).first() if facts else None
    own = {role.practice.slug} if role and role.practice else set()
    found = look(asked.reader, asked.question, role, facts, own)
    road = listening(asked.desk, allowed=asked.reader.organisation.model_allowed)
    composed = compose(asked.question, facts, found.quotes, found.nearest, found.note)
    agrees = agreement(asked.question, facts)
    asking = wording.ready(asked.question, composed, found, directory_for(road), now, agrees)
    return Ready(composed, road, asking)
