"""What a question means after those before it. Pure."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from careerforge.assistant.extraction import ASKING
from careerforge.assistant.terms import terms
from coaching.questions import intent
from coaching.questions.intent import Topic

# An answer has so many points unless more is asked for; this many at the most.
POINTS, MOST = 3, 10
_MORE = re.compile(
    r"\b(?:more|all|everything|every one|list|in (?:more )?detail|full(?:y)?|complete|rest|others?)\b", re.I
)
_ONWARD = re.compile(
    r"^\W*(?:and|but|so|why|how so|what about|how about|more|tell me more|go on|which one"
    r"|the (?:first|second|third)|it|that|this|those|these|then|what else|anything else|else)\b",
    re.I,
)
_AND = re.compile(r"^\W*(?:(?:and|but|so|then|ok|okay|also)\W+)+", re.I)
# A place, a purpose or a name alone adds to the question before: "For a senior?", "In the North?".
_ADDS = re.compile(r"^\W*(?:for|in|at|with|as|to|from|by|on|within)\b", re.I)
_BACK = re.compile(
    r"\b(?:it(?! until| is worth)|them|those|these)\b|\b(?:that|this) (?:one|skill|role|step|project|exam\w*|"
    r"certificat\w+|take|need|mean|cost|enough|important|worth|useful)\b"
    r"|\b(?:does|do|did|would|will|could|can|should|is|was|for|of|about|from|to|with|on|after|before|learn|"
    r"build|skip|start|finish) (?:that|this)\b(?! (?:year|month|week|quarter|company|chat|path|site|team))",
    re.I,
)
# A follow-up is short; who writes a paragraph asks anew.
SHORT = 9
# With so many words of its own, a question without "it" or "that" is a new one.
OWN_WORDS = 2

Named = Callable[[str], Sequence[str]]


@dataclass(frozen=True)
class Turn:
    """An earlier question and its answer, in words; the answer is empty where there is none."""

    question: str
    answer: str


@dataclass(frozen=True)
class Names:
    """What a text names, in its order: skills and roles."""

    skills: Named
    roles: Named

    def all(self, text: str) -> list[str]:
        return [*self.skills(text), *self.roles(text)]


NOTHING = Names(lambda _text: (), lambda _text: ())


@dataclass(frozen=True, slots=True)
class Asked:
    """What is looked for, and in how many points it is answered."""

    text: str
    points: int
    follows: bool = False


@dataclass(frozen=True, slots=True)
class _Before:
    """The question before, as it was understood, and the skills and roles that were spoken of last."""

    text: str
    subject: Sequence[str]


def read(question: str, turns: Sequence[Turn], names: Names = NOTHING) -> Asked:
    """The question in full, with what it takes from the ones before when it goes on from there.

    Args:
        question: as the person wrote it.
        turns: of this conversation, the oldest first.
    """
    before: _Before | None = None
    for turn in turns:
        before = _after(turn, before, names)
    text = _in_full(question, before, names)
    number = intent.read(question).number or 0
    points = MOST if _MORE.search(question) else min(MOST, max(POINTS, number))
    return Asked(text, points, follows=text != question)


def _after(turn: Turn, before: _Before | None, names: Names) -> _Before:
    """What is behind when a turn is over: whom it named, else the first skill that its answer named."""
    text = _in_full(turn.question, before, names)
    subject = names.all(text) or list(names.skills(turn.answer))[:1] or (before.subject if before else ())
    return _Before(text, subject)


def _in_full(question: str, before: _Before | None, names: Names) -> str:
    named = names.all(question)
    if before is None or not _goes_on(question, named):
        return question
    if intent.read(question).topic is not Topic.NONE:
        # It asks something of its own about what was spoken of.
        return question if named else " ".join([question, *before.subject])
    return _joined(question, before.text, names)


def _goes_on(question: str, named: Sequence[str]) -> bool:
    words = question.split()
    if len(words) > SHORT:
        return False
    if _BACK.search(question):
        return True
    rest = _AND.sub("", question)
    if _own_words(rest) >= OWN_WORDS + bool(named):
        return False
    starts = bool(_ONWARD.search(question)) or bool(_ADDS.search(question))
    return starts or (bool(named) and len(words) <= len(" ".join(named).split()) + 1)


def _own_words(question: str) -> int:
    """How many words say what is asked for, rather than that something is asked."""
    return len({word for word in terms(question).words if word not in ASKING})


def _joined(question: str, before: str, names: Names) -> str:
    """The same as before, about this: a skill that is named takes the place of the one before."""
    for kind in (names.skills, names.roles):
        if kind(question):
            for name in kind(before):
                before = re.sub(rf"(?<!\w){re.escape(name)}(?!\w)", "", before, flags=re.I)
    return " ".join(f"{before} {question}".split())
