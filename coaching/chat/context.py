"""What a question means after those before it. Pure."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

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
# A follow-up is short; who writes a paragraph asks anew.
SHORT = 9


@dataclass(frozen=True, slots=True)
class Asked:
    """What is looked for, and in how many points it is answered."""

    text: str
    points: int
    follows: bool = False


def read(question: str, earlier: Sequence[str], names: Sequence[str] = ()) -> Asked:
    """The question, together with the one before when it goes on from there.

    Args:
        question: as the person wrote it.
        earlier: their questions in this conversation, the oldest first.
        names: names of skills; a follow-up that names one asks the same about that one.
    """
    follows = bool(earlier) and _goes_on(question)
    text = _joined(question, earlier[-1], names) if follows else question
    number = intent.read(question).number or 0
    points = MOST if _MORE.search(question) else min(MOST, max(POINTS, number))
    return Asked(text, points, follows)


def _goes_on(question: str) -> bool:
    words = question.split()
    if len(words) > SHORT:
        return False
    return bool(_ONWARD.search(question)) or (
        len(words) <= SHORT // 2 and intent.read(question).topic is Topic.NONE
    )


def _joined(question: str, before: str, names: Sequence[str]) -> str:
    named = [name for name in names if _holds(question, name)]
    if named:
        for name in names:
            before = re.sub(rf"(?<!\w){re.escape(name)}(?!\w)", "", before, flags=re.I)
    return " ".join(f"{before} {question}".split())


def _holds(text: str, name: str) -> bool:
    return bool(re.search(rf"(?<!\w){re.escape(name)}(?!\w)", text, re.I))
