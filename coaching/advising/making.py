"""An answer about one person: by rules, and in a model's words where that is switched on."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cached_property, partial
from uuid import UUID

from careerforge.assistant import policy
from careerforge.assistant.receipt import Receipt
from careerforge.gateway import company
from careerforge.gateway.budget import Asker, Exceeded
from careerforge.gateway.clock import Clock
from careerforge.gateway.models.limits import Scope
from careerforge.gateway.redact import Directory
from careerforge.gateway.road import Road
from careerforge.people import access
from careerforge.people.models import User
from careerforge.skills.models import Role
from coaching.advising.keeping import Seal, keeping
from coaching.advising.receipts import receipt
from coaching.advising.versions import RULES_VERSION, versions
from coaching.advising.wording import Way, Worded, word
from coaching.answers.answer import Answer
from coaching.answers.answering import agreement, compose
from coaching.persons.facts import facts_about, role_in_question
from coaching.persons.known import Facts
from coaching.questions.refusing import refusal
from coaching.quoting.looking import look
from coaching.quoting.quotes import Found


class TooMany(Exception):
    """One person has asked more than one person may in an hour; nothing was stored.

    Attributes:
        until: when they may ask again.
    """

    def __init__(self, exceeded: Exceeded) -> None:
        self.until = exceeded.until
        super().__init__(exceeded.sentence)


@dataclass(frozen=True)
class Made:
    """An answer and how it was made.

    Attributes:
        receipt: what it was made from; None when nothing was answered.
        waits: a model's version that a coach has to look at before it is shown.
        call: the ledger's row of the call that worded it, shown or not.
    """

    answer: Answer
    model_used: str = "rules"
    prompt_version: str = RULES_VERSION
    receipt: Receipt | None = None
    waits: Worded | None = None
    call: UUID | None = None


@dataclass(frozen=True)
class Asked:
    """A coach's question about one person, with what may answer it."""

    coach: User
    employee: User
    question: str
    now: datetime

    @cached_property
    def role(self) -> Role | None:
        """The role in question."""
        return role_in_question(self.question, self.employee)

    @cached_property
    def facts(self) -> Facts | None:
        """The person's gap against that role."""
        return facts_about(self.employee, self.role, self.now.date()) if self.role else None

    @cached_property
    def found(self) -> Found:
        """Sentences of documents that the coach may read."""
        practices = (self.employee.profile.practice, self.role.practice if self.role else None)
        own = {one.slug for one in practices if one}
        return look(self.coach, self.question, self.role, self.facts, own)

    @cached_property
    def by_rules(self) -> Answer:
        """The answer that needs no model."""
        return compose(self.question, self.facts, self.found.quotes, self.found.nearest, self.found.note)

    @cached_property
    def versions(self) -> Mapping[str, str]:
        """What else it rests on."""
        return versions(self.employee, self.role)


def prepare(coach: User, employee: User, question: str, now: datetime, seal: Seal | None = None) -> Made:
    """The answer by rules, or in a model's words where that is switched on.

    Only the call is stored, and with ``seal`` what the model wrote.

    Raises:
        TooMany: this coach's questions for the hour are used up.
    """
    if refused := _refused(coach, question):
        return Made(Answer((), (), dont_know=True, note=refused))
    asked = Asked(coach, employee, question, now)
    worded = _worded(asked, seal)
    why = receipt(asked.by_rules, asked.facts, asked.versions)
    if isinstance(worded, Exceeded):
        if worded.scope is Scope.PERSON:
            raise TooMany(worded)
        note = asked.by_rules.note or worded.sentence
        return Made(replace(asked.by_rules, note=note), receipt=why)
    if worded is None:
        return Made(asked.by_rules, receipt=why)
    if worded.why:
        return Made(asked.by_rules, receipt=why, waits=worded, call=worded.call_id)
    told = in_words(asked, worded)
    return Made(worded.answer, worded.model, worded.prompt_version, told, call=worded.call_id)


def _refused(coach: User, question: str) -> str:
    """Why a question gets no answer here, danger first; empty when it may."""
    handover = policy.out_of_scope(question, coach.organisation)
    if handover and handover.is_urgent:
        return str(handover)
    return refusal(question) or str(handover or "")


def in_words(asked: Asked, worded: Worded) -> Receipt:
    """The receipt of an answer that a model has worded."""
    told = {**asked.versions, "prompt": worded.prompt_version, "model": worded.model}
    return receipt(worded.answer, asked.facts, told)


def _worded(asked: Asked, seal: Seal | None) -> Worded | Exceeded | None:
    """The answer in a model's words, if anybody may and can give it."""
    coach, employee = asked.coach, asked.employee
    road = Road(
        Asker(coach.pk, access.teams_of(coach, asked.now.date())),
        coach.organisation.model_allowed,
        region=employee.profile.region,
        clock=Clock(now=lambda: asked.now),
        subject=employee,
    )
    if not road.leads_anywhere:
        return None
    keep = partial(keeping, coach, employee, seal=seal, versions=asked.versions) if seal else None
    way = Way(road, company.directory() if road.allowed else Directory.of([]), keep)
    return word(
        asked.question, asked.by_rules, asked.found, way, asked.now, agreement(asked.question, asked.facts)
    )
