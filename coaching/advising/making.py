"""An answer about one person: by rules, and in a model's words where that is switched on."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cached_property, partial
from uuid import UUID

from django.utils.formats import date_format, time_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from careerforge.assistant import policy
from careerforge.assistant.receipt import Receipt
from careerforge.gateway import company
from careerforge.gateway.budget import Asker, Exceeded
from careerforge.gateway.clock import Clock
from careerforge.gateway.redact import Directory
from careerforge.gateway.road import Road
from careerforge.people import access
from careerforge.people.models import User
from careerforge.skills.models import Role
from coaching.advising.keeping import Seal, keeping
from coaching.advising.receipts import receipt
from coaching.advising.versions import RULES_VERSION, versions
from coaching.advising.wording import Ready, Worded, ready
from coaching.answers import personal
from coaching.answers.answer import Answer
from coaching.answers.answering import agreement, compose
from coaching.answers.voice import Voice
from coaching.persons.facts import facts_about, role_in_question
from coaching.persons.known import Facts
from coaching.questions.refusing import refusal
from coaching.quoting.looking import look
from coaching.quoting.quotes import Found


@dataclass(frozen=True)
class Made:
    """An answer and how it was made.

    Attributes:
        receipt: what it was made from; None when nothing was answered.
        waits: a model's version that a coach has to look at before it is shown.
        told: the receipt of that one.
        call: the ledger's row of the call that worded it, shown or not.
        exceeded: the limit that kept a model from being asked.
    """

    answer: Answer
    model_used: str = "rules"
    prompt_version: str = RULES_VERSION
    receipt: Receipt | None = None
    waits: Worded | None = None
    told: Receipt | None = None
    call: UUID | None = None
    exceeded: Exceeded | None = None


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
        found = self.found
        note = " ".join(filter(None, (self.no_target, found.note)))
        return replace(compose(self.question, self.facts, found.quotes, found.nearest, found.note), note=note)

    @cached_property
    def no_target(self) -> str:
        """What is said first when a question about the person's gap has nothing to be answered from."""
        return personal.no_target(self.question, self.facts, Voice.ABOUT)

    def is_theirs(self, texts: Sequence[str]) -> bool:
        """Whether sentences say anything of the person, where the question asks for that."""
        return personal.is_told(self.question, texts, self.facts)

    @cached_property
    def versions(self) -> Mapping[str, str]:
        """What else it rests on."""
        return versions(self.employee, self.role)

    @cached_property
    def refused(self) -> str:
        """Why it gets no answer here, danger first; empty when it may."""
        handover = policy.out_of_scope(self.question, self.coach.organisation, for_another=True)
        if handover and handover.is_urgent:
            return str(handover)
        return refusal(self.question) or str(handover or "")


@dataclass(frozen=True)
class ToAsk:
    """A question for a model; everything has been read."""

    ready: Ready
    road: Road

    def word(self) -> Worded | Exceeded | None:
        """Ask. No transaction need be open, and none should be: it takes seconds."""
        return self.ready.word(self.road)


def prepare(coach: User, employee: User, question: str, now: datetime, seal: Seal | None = None) -> Made:
    """The answer by rules, or in a model's words where that is switched on: all at once.

    Only the call is stored, and with ``seal`` what the model wrote.
    """
    asked = Asked(coach, employee, question, now)
    asking = to_ask(asked, seal)
    return made(asked, asking.word() if asking else None)


def to_ask(asked: Asked, seal: Seal | None) -> ToAsk | None:
    """What a model may be asked, if anybody may and can answer it."""
    coach, employee = asked.coach, asked.employee
    # Without a target a model could name nothing of the person's either.
    if asked.refused or asked.no_target:
        return None
    road = Road(
        Asker(coach.pk, access.teams_of(coach, asked.now.date())),
        coach.organisation.model_allowed,
        region=employee.profile.region,
        clock=Clock(now=lambda: asked.now),
        subject=employee,
    )
    if not road.leads_anywhere:
        return None
    found = ready(
        asked.question,
        asked.by_rules,
        asked.found,
        company.directory() if road.allowed else Directory.of([]),
        asked.now,
        agreement(asked.question, asked.facts),
        partial(keeping, coach, employee, seal=seal, versions=asked.versions) if seal else None,
        asked.is_theirs,
    )
    return ToAsk(found, road) if found else None


def made(asked: Asked, worded: Worded | Exceeded | None) -> Made:
    """The answer, with what became of the question to a model."""
    if asked.refused:
        return Made(Answer((), (), dont_know=True, note=asked.refused))
    why = receipt(asked.by_rules, asked.facts, asked.versions)
    if isinstance(worded, Exceeded):
        note = " ".join(filter(None, (asked.by_rules.note, _instead(worded, asked.now))))
        return Made(replace(asked.by_rules, note=note), receipt=why, exceeded=worded)
    if worded is None:
        return Made(asked.by_rules, receipt=why)
    told = in_words(asked, worded)
    if worded.why:
        return Made(asked.by_rules, receipt=why, waits=worded, told=told, call=worded.call_id)
    return Made(worded.answer, worded.model, worded.prompt_version, told, call=worded.call_id)


def in_words(asked: Asked, worded: Worded) -> Receipt:
    """The receipt of an answer that a model has worded."""
    told = {**asked.versions, "prompt": worded.prompt_version, "model": worded.model}
    return receipt(worded.answer, asked.facts, told)


def _instead(reached: Exceeded, now: datetime) -> str:
    """Why the answer is by rules, and when a model may be asked again, in the zone of whoever asked."""
    until = localtime(reached.until)
    same_day = until.date() == localtime(now).date()
    again = time_format(until) if same_day else date_format(until, "j M Y, H:i")
    words = _("This is the answer by rules. A language model can be asked again at %(time)s.")
    return f"{reached.sentence} {words % {'time': again}}"
