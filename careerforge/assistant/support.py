"""What stays of a text when each sentence has to stand on a line that was given. Pure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID

from careerforge.assistant.confidence import LOW
from careerforge.assistant.grounding import ground
from careerforge.assistant.policy import stray
from careerforge.assistant.policy.judging import judge
from careerforge.assistant.sentences import sentences
from careerforge.knowledge.passage import Passage

NOWHERE = UUID(int=0)


@dataclass(frozen=True, slots=True)
class Line:
    """A line that a model was given; ``chunk`` is the passage it was taken from, if it was."""

    text: str
    chunk: int | None = None


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
        about: lines of our own that say what it is about. What a document says is no topic: an order in it
            would support itself.
    """
    pieces = sentences(text)
    checked = ground(pieces, list(_passages(title, lines)))
    holding = {claim.sentence: claim.support for claim in checked.kept}
    topic = stray.topic((title, *about))
    kept = [piece for piece in pieces if piece in holding and _may_be_shown(piece.text, topic)]
    used = {passage.chunk_id for piece in kept if (passage := holding[piece].passage)}
    return Supported(
        text=" ".join(piece.text for piece in kept),
        struck=tuple(piece.text for piece in pieces if piece not in kept),
        every=len(pieces),
        chunks=frozenset(chunk for chunk in used if chunk > 0),
    )


def _may_be_shown(sentence: str, topic: frozenset[str]) -> bool:
    return judge(sentence).is_ok and not stray.is_stray(sentence, topic)


def _passages(title: str, lines: Sequence[Line]) -> Iterable[Passage]:
    """A line that is no passage gets a number of its own below nothing."""
    for at, line in enumerate(lines, 1):
        yield Passage(
            chunk_id=line.chunk or -at,
            document_id=NOWHERE,
            version_id=NOWHERE,
            title=title,
            url="",
            published_at=None,
            kind="fact",
            text=line.text,
            start=0,
            end=len(line.text),
            score=1.0,
            heading="",
        )
