"""Answering a golden question as advice is answered: by rules, and in a model's words where there is one."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from careerforge.assistant import golden, policy
from careerforge.gateway import company
from careerforge.gateway.budget import Asker, Exceeded
from careerforge.gateway.redact import Directory
from careerforge.gateway.road import Road
from careerforge.skills.models import Role
from coaching.advising.wording import FUNCTION, Way, word
from coaching.answers.answer import Answer
from coaching.answers.answering import agreement, compose
from coaching.golden import nobody
from coaching.golden.spans import spans
from coaching.questions.refusing import refusal
from coaching.quoting.looking import look


class AdviceAnswerer:
    """The golden set's way to advice."""

    def answer(self, asked: golden.Asked, now: datetime) -> golden.Answered:
        """Advice about nobody: the facts are those that were kept with the question."""
        if policy.out_of_scope(asked.question, asked.reader.organisation) or refusal(asked.question):
            return golden.Answered((), refused=True)
        facts = nobody.facts_of(asked.about, now.date())
        role = Role.objects.select_related("practice").filter(title=facts.role).first() if facts else None
        own = {role.practice.slug} if role and role.practice else set()
        found = look(asked.reader, asked.question, role, facts, own)
        by_rules = compose(asked.question, facts, found.quotes, found.nearest, found.note)
        # By the company's budget alone, and by the clock on the wall: a run is long.
        road = Road(Asker(None), asked.reader.organisation.model_allowed)
        # The question was kept without people; a passage may name somebody who has come since.
        way = Way(road, company.directory() if road.allowed else Directory.of([]))
        worded = word(asked.question, by_rules, found, way, now, agreement(asked.question, facts))
        if isinstance(worded, Exceeded):
            raise golden.NotNow(worded.sentence)
        # Also a wording that would wait for a coach: how much of it is supported is what is measured.
        return _answered(worded.answer, worded.model) if worded else _answered(by_rules, "rules")

    def lines(self, about: Mapping[str, Any]) -> list[str]:
        """The role and the skills, in words."""
        return nobody.lines(about)


def register() -> None:
    """Let the golden set ask about advice."""
    golden.register(FUNCTION, AdviceAnswerer())


def _answered(answer: Answer, model: str) -> golden.Answered:
    places = spans(answer.sources)
    sentences = tuple(
        golden.Sentence(
            one.text,
            tuple(span for n in one.cites if (span := places.get(answer.sources[n - 1]))),
        )
        for one in answer.sentences
    )
    return golden.Answered(sentences, answer.struck, answer.dont_know, model)
