"""One sentence of a model: shown with what it stands on, or shown to nobody. Pure."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property

from careerforge.assistant.grounding import support
from careerforge.assistant.policy import judge, stray
from careerforge.assistant.policy.links import holds_one
from careerforge.knowledge.passage import Passage
from coaching.advising.wording import MARKS, as_passage
from coaching.answers.answer import Source
from coaching.chat.pieces import Kind, Piece
from coaching.chat.preparing import Prepared

LONGEST = 1_000


@dataclass(frozen=True)
class Evidence:
    """Everything that a sentence may stand on."""

    prepared: Prepared
    question: str

    def piece(self, sentence: str, back: Callable[[str], str]) -> Piece | None:
        """The sentence as a piece, or None when it is struck.

        Args:
            sentence: as the model wrote it, with tokens in place of people.
            back: puts the people back.
        """
        text = " ".join(back(MARKS.sub("", sentence)).split())
        if not _is_fit(text) or stray.is_stray(text, self.topic) or not self.prepared.agrees(text):
            return None
        found = support(text, [*self._facts, *self.prepared.passages], question=self.question)
        if not found.holds or found.passage is None:
            return None
        return Piece(Kind.SENTENCE, text, (self._source(found.passage, found.quote, found.start),))

    @cached_property
    def topic(self) -> frozenset[str]:
        """What an answer may be about: the question, the facts, the documents' titles."""
        facts = [fact.quote for fact in self.prepared.facts]
        return stray.topic([self.question, *facts, *(one.title for one in self.prepared.passages)])

    @property
    def _facts(self) -> Sequence[Passage]:
        return [as_passage(-n, fact) for n, fact in enumerate(self.prepared.facts, 1)]

    def _source(self, passage: Passage, quote: str, start: int) -> Source:
        """The fact, or the span of a document."""
        if passage.chunk_id < 0:
            return self.prepared.facts[-passage.chunk_id - 1]
        assert self.prepared.found is not None
        return self.prepared.found.cite(passage, quote, start).source


def _is_fit(text: str) -> bool:
    """What a person would have to look at is left out too: nobody reviews a private chat."""
    return bool(text) and len(text) <= LONGEST and not holds_one(text) and judge(text).is_ok
