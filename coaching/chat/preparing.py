"""Everything an answer may rest on, and the answer by rules: complete before any model is asked."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from django.utils.translation import gettext as _

from careerforge.assistant import policy
from careerforge.assistant.policy import Handover
from careerforge.assistant.sentences import sentences
from careerforge.knowledge.passage import Passage
from careerforge.people.models import User
from careerforge.skills.models import Role
from coaching.answers import levels, personal
from coaching.answers.answer import Answer, Source
from coaching.answers.answering import compose, is_ordered
from coaching.answers.voice import Voice
from coaching.chat import context, declining, naming, pieces
from coaching.chat.context import Turn
from coaching.chat.narrowing import narrowed
from coaching.persons.facts import facts_about, role_in_question
from coaching.persons.known import Facts
from coaching.questions import intent
from coaching.questions.english import is_english
from coaching.questions.intent import Topic
from coaching.quoting import agreeing
from coaching.quoting.looking import look
from coaching.quoting.quotes import Found

# About 800 tokens of passages, at four characters each.
PASSAGES, CHARACTERS = 5, 3_200


@dataclass(frozen=True)
class Prepared:
    """What an answer is written from.

    Attributes:
        by_rules: the answer without a model, in at most as many points as were asked for.
        facts: lines about the person that a model may use.
        passages: what may be quoted, about 800 tokens.
        help: the question is for a person; then everything else is empty.
        instead: what is said in place of an answer, to a greeting or to what nobody is told; the same.
    """

    by_rules: Answer
    points: int = context.POINTS
    facts: tuple[Source, ...] = ()
    passages: tuple[Passage, ...] = ()
    known: Facts | None = None
    found: Found | None = None
    help: Handover | None = None
    instead: str = ""
    ordered: bool = False
    # The question in full, and that it is about a gap to nowhere.
    asked: str = ""
    no_target: str = ""

    @property
    def data_on(self) -> date | None:
        """The newest date of what it rests on."""
        days = [source.day for source in self.by_rules.sources if source.day]
        days += [one.published_at.date() for one in self.passages if one.published_at]
        return max(days, default=None)

    def is_theirs(self, texts: Sequence[str]) -> bool:
        """Whether sentences say anything of the person, where the question asks for that."""
        return personal.is_told(self.asked, texts, self.known)

    def agrees(self, text: str) -> bool:
        """Whether a sentence contradicts no level and no order that was computed."""
        if self.known is None:
            return True
        if not levels.agree(text, self.known.skills):
            return False
        return not self.ordered or agreeing.agrees(text, self.known.gaps, self.known.skills)


def prepare(owner: User, question: str, turns: Sequence[Turn], now: datetime) -> Prepared:
    """Read what the person may see and compose the answer by rules."""
    handover = policy.out_of_scope(question, owner.organisation)
    if handover:
        return Prepared(Answer((), ()), help=handover)
    if said := declining.instead(question):
        return Prepared(Answer((), ()), instead=said)
    if not is_english(question):
        return Prepared(_nothing(_("I read questions in English only, and this one seems to be in another.")))
    asked = context.read(question, turns, naming.names())
    role = role_in_question(asked.text, owner)
    known = facts_about(owner, role, now.date(), Voice.TO) if role else None
    found = look(owner, asked.text, role, known, _practices(owner, role))
    if intent.read(asked.text).topic is Topic.NONE:
        found = narrowed(asked.text, found)
    no_target = personal.no_target(asked.text, known, Voice.TO)
    whole = compose(asked.text, known, found.quotes, found.nearest, found.note)
    return Prepared(
        by_rules=_noted(pieces.few(whole, asked.points), no_target, known),
        points=asked.points,
        facts=tuple(source for source in whole.sources if source.chunk_id is None),
        passages=within(found, CHARACTERS),
        known=known,
        asked=asked.text,
        no_target=no_target,
        found=found,
        ordered=known is not None and is_ordered(asked.text, known),
    )


def _noted(answer: Answer, no_target: str, known: Facts | None) -> Answer:
    if no_target:
        return replace(answer, note=f"{no_target} {answer.note}".strip())
    if known or not answer.dont_know:
        return answer
    note = _("You have no target role yet. Choose one on your path, and I can answer about your own gap.")
    return replace(answer, note=f"{answer.note} {note}".strip())


def _nothing(note: str) -> Answer:
    return Answer((), (), dont_know=True, note=note)


def _practices(owner: User, role: Role | None) -> set[str]:
    own = owner.profile.practice
    return {practice.slug for practice in (own, role.practice if role else None) if practice}


def within(found: Found, characters: int) -> tuple[Passage, ...]:
    """The first passages, each cut to whole sentences from its first quoted one on, so that all fit."""
    chosen = found.passages[:PASSAGES]
    each = characters // max(1, len(chosen))
    quoted = {quote.chunk_id: quote.start for quote in reversed(found.quotes)}
    return tuple(_cut(one, quoted.get(one.chunk_id, one.start), each) for one in chosen)


def _cut(passage: Passage, start: int, most: int) -> Passage:
    if len(passage.text) <= most:
        return passage
    parts = sentences(passage.text)
    first = next((n for n, part in enumerate(parts) if passage.start + part.start >= start), 0)
    begin = parts[first].start if parts else 0
    ends = [part.end for part in parts[first:] if part.end - begin <= most]
    end = ends[-1] if ends else begin + most
    place = passage.start + begin
    return replace(passage, text=passage.text[begin:end], start=place, end=passage.start + end)
