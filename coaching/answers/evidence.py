"""What a text about one person may stand on: lines about them, and pieces of documents. Pure."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from careerforge.assistant.grounding import Support
from careerforge.assistant.support import Ground, as_passage
from careerforge.knowledge.passage import Passage
from coaching.answers.answer import Source

# A span of one of the passages as a source: the passage, the span's text, its first character.
Cite = Callable[[Passage, str, int], Source]


@dataclass(frozen=True)
class Evidence:
    """Everything that a sentence may stand on.

    Attributes:
        question: that the text answers.
        facts: lines about the person, or spans that are quoted already.
        passages: pieces of documents, with the way to cite a span of theirs.
        any_topic: whether it may be about anything; else about the question, the facts and the documents'
            titles.
        agrees: whether a sentence contradicts nothing that was computed.
    """

    question: str
    facts: Sequence[Source]
    passages: Sequence[Passage] = ()
    cite: Cite | None = field(default=None, repr=False)
    any_topic: bool = False
    agrees: Callable[[str], bool] = lambda _sentence: True

    @cached_property
    def ground(self) -> Ground:
        """For the check of every sentence. Facts have numbers below nothing."""
        lines = [as_passage(-n, one.quote, one.title, one.detail) for n, one in enumerate(self.facts, 1)]
        titles = (one.title for one in self.passages)
        about = None if self.any_topic else [self.question, *(one.quote for one in self.facts), *titles]
        return Ground([*lines, *self.passages], about, self.question, self.agrees)

    def source(self, found: Support) -> Source:
        """What a sentence that is supported stands on: the fact, or the span of a document."""
        passage = found.passage
        assert passage is not None
        if passage.chunk_id < 0:
            return self.facts[-passage.chunk_id - 1]
        assert self.cite is not None
        return self.cite(passage, found.quote, found.start)
