"""What stays of a text when each sentence has to stand on something that was given. Pure."""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from uuid import UUID

from careerforge.assistant import grounding
from careerforge.assistant.confidence import LOW
from careerforge.assistant.grounding import Support
from careerforge.assistant.policy import stray
from careerforge.assistant.policy.judging import Action, Verdict, judge_all
from careerforge.assistant.sentences import sentences
from careerforge.assistant.terms import terms
from careerforge.knowledge.passage import Passage

_WORD = re.compile(r"\w+(?:[.,]\d+)*")
_ASKED = re.compile(
    r"^\W*(?:(?:you|they|i|the|coach|person|have|has|was|were)\s+){0,3}(?:asked|question)\b", re.I
)
_ASKING = frozenset(terms("asked question").words)
NOWHERE = UUID(int=0)


@dataclass(frozen=True, slots=True)
class Line:
    """A line that a model was given; ``chunk`` is the passage it was taken from, if it was."""

    text: str
    chunk: int | None = None


def as_passage(number: int, text: str, title: str = "", heading: str = "") -> Passage:
    """A text of no document, for sentences to stand on.

    Args:
        number: in place of a chunk's id; below nothing where it stands among chunks.
        title, heading: their words count as said in it.
    """
    return Passage(
        number, NOWHERE, NOWHERE, title, "", None, "fact", text, 0, len(text), score=1.0, heading=heading
    )


class Fate(StrEnum):
    """What becomes of a sentence."""

    STANDS = "stands"
    # It stands, and may be shown only after a person has looked at it; where nobody does, it is left out.
    HELD = "held"
    # Nothing supports it, or it contradicts what was computed. It may be listed as such.
    UNSUPPORTED = "unsupported"
    # Nobody is shown it, not even as struck: it may be what a document told the model to say.
    HIDDEN = "hidden"


@dataclass(frozen=True, slots=True)
class Tried:
    """One sentence after the check.

    Attributes:
        support: the best there is, whatever became of the sentence.
        verdict: of the policy.
    """

    text: str
    fate: Fate
    support: Support
    verdict: Verdict


@dataclass(frozen=True)
class Ground:
    """What the sentences of a text may stand on, and be about.

    Attributes:
        passages: of documents, and texts that are of none, see :func:`as_passage`.
        about: texts of our own that say what it is about; None for a text that may be about anything. What a
            document says is no topic: an order in it would support itself.
        question: that it answers; its words count less.
        agrees: whether a sentence contradicts nothing that was computed.
    """

    passages: Sequence[Passage]
    about: Sequence[str] | None = None
    question: str = ""
    agrees: Callable[[str], bool] = lambda _sentence: True

    @cached_property
    def _topic(self) -> frozenset[str] | None:
        return None if self.about is None else stray.topic(self.about)

    @cached_property
    def _given(self) -> dict[tuple[str, ...], Support]:
        """Our own lines and their sentences, by their words."""
        found: dict[tuple[str, ...], Support] = {}
        for line in self.passages:
            if line.chunk_id >= 0:
                continue
            spans = [(0, len(line.text)), *((part.start, part.end) for part in sentences(line.text))]
            for start, end in spans:
                span = line.text[start:end]
                found.setdefault(_words(span), Support(1.0, line, span, start, end))
        return found

    def lines(self, sentence: str) -> list[str]:
        """A sentence, or its lines where one of them repeats a line that was given without a full stop."""
        found = [line.strip() for line in sentence.splitlines() if _words(line)]
        return found if any(_words(line) in self._given for line in found) else [sentence]

    def every(self, text: str) -> list[Tried]:
        """Each sentence of a text."""
        pieces = [line for piece in sentences(text) for line in self.lines(piece.text)]
        return [self._tried(one, verdict) for one, verdict in zip(pieces, judge_all(pieces), strict=True)]

    def one(self, sentence: str) -> Tried:
        """One sentence."""
        return self._tried(sentence, *judge_all([sentence]))

    def _tried(self, sentence: str, verdict: Verdict) -> Tried:
        found = self._given.get(_words(sentence))
        if found is None:
            found = grounding.support(sentence, self.passages, question=self.question)
        return Tried(sentence, self._fate(sentence, verdict, found), found, verdict)

    def _fate(self, sentence: str, verdict: Verdict, found: Support) -> Fate:
        is_stray = self._topic is not None and stray.is_stray(sentence, self._topic)
        if verdict.action is Action.STRIKE or is_stray:
            return Fate.HIDDEN
        if self._stands(sentence, found):
            return Fate.STANDS if verdict.is_ok else Fate.HELD
        return Fate.UNSUPPORTED if verdict.is_ok else Fate.HIDDEN

    def _stands(self, sentence: str, found: Support) -> bool:
        """What was given word for word contradicts nothing; an echo of the question says nothing."""
        if _words(sentence) in self._given:
            return True
        return found.holds and not is_echo(sentence, self.question) and self.agrees(sentence)


def _words(text: str) -> tuple[str, ...]:
    """Its words and numbers, without marks and capitals."""
    return tuple(_WORD.findall(text.casefold()))


def is_echo(sentence: str, question: str) -> bool:
    """Whether a sentence only repeats the question: word for word, or that it was asked."""
    if not question:
        return False
    if _words(sentence) == _words(question) and sentence.rstrip().endswith("?"):
        return True
    return bool(_ASKED.match(sentence)) and {*terms(sentence).words} <= {*terms(question).words, *_ASKING}


@dataclass(frozen=True, slots=True)
class Supported:
    """A text after the check.

    Attributes:
        text: of the sentences that stay; empty when none does.
        struck: sentences that nothing supports or that nobody may be shown.
        every: how many there were.
        chunks: passages that those which stay stand on.
    """

    text: str
    struck: tuple[str, ...]
    every: int
    chunks: frozenset[int] = frozenset()

    @property
    def kept(self) -> int:
        """How many stay."""
        return self.every - len(self.struck)

    @property
    def is_low(self) -> bool:
        """Whether too few stay for an answer that nobody reviews."""
        return is_low(self.kept, self.every)


def is_low(kept: int, every: int) -> bool:
    """Whether so many of so many sentences are low confidence."""
    return not every or kept / every < LOW


def supported(text: str, title: str, lines: Sequence[Line], about: Sequence[str] = ()) -> Supported:
    """Strike every sentence of a text that none of the lines supports, or that is about something else.

    Args:
        title: of what the lines are about; its words count as said in each.
        about: lines of our own that say what it is about.
    """
    tried = Ground(list(_passages(title, lines)), (title, *about)).every(text)
    kept = [one for one in tried if one.fate is Fate.STANDS]
    used = {one.support.passage.chunk_id for one in kept if one.support.passage}
    return Supported(
        text=" ".join(one.text for one in kept),
        struck=tuple(one.text for one in tried if one.fate is not Fate.STANDS),
        every=len(tried),
        chunks=frozenset(chunk for chunk in used if chunk > 0),
    )


def _passages(title: str, lines: Sequence[Line]) -> Iterable[Passage]:
    """A line that is no passage gets a number of its own below nothing."""
    return (as_passage(line.chunk or -at, line.text, title) for at, line in enumerate(lines, 1))
