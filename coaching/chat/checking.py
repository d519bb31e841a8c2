"""One sentence of a model: shown with what it stands on, or shown to nobody. Pure."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

from careerforge.assistant.support import Fate
from coaching.advising.wording import MARKS
from coaching.answers import evidence
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

        What a person would have to look at is left out too: nobody reviews a private chat.

        Args:
            sentence: as the model wrote it, with tokens in place of people.
            back: puts the people back.
        """
        text = " ".join(back(MARKS.sub("", sentence)).split())
        if not text or len(text) > LONGEST:
            return None
        tried = self._known.ground.one(text)
        if tried.fate is not Fate.STANDS:
            return None
        return Piece(Kind.SENTENCE, text, (self._known.source(tried.support),))

    def lines(self, sentence: str) -> list[str]:
        """A sentence, or its lines where they repeat facts, which end without a full stop."""
        return self._known.ground.lines(sentence)

    @cached_property
    def _known(self) -> evidence.Evidence:
        found = self.prepared.found
        return evidence.Evidence(
            self.question,
            self.prepared.facts,
            self.prepared.passages,
            found.cite if found else None,
            agrees=self.prepared.agrees,
        )
