"""A golden question made by hand: its words, the passages that answer it, and what would be kept of them."""

from collections.abc import Iterable
from dataclasses import dataclass

from careerforge.assistant import golden
from careerforge.assistant.golden.reading import Shown, shown
from careerforge.gateway.models.limits import FunctionSwitch
from careerforge.knowledge.passage import Passage
from careerforge.knowledge.search.retrieval import search
from careerforge.people.models import User

OFFERED = 12


@dataclass(frozen=True)
class Picked:
    """Passages to choose from, and the proposal of those that are chosen."""

    offered: tuple[Passage, ...]
    chosen: frozenset[int]
    proposal: golden.Proposal

    def is_confirmed(self, key: str) -> bool:
        """Whether it was shown exactly so, and sent again."""
        return bool(self.proposal.passages) and key == self.proposal.key


def picked(question: str, chunks: Iterable[int], person: User) -> Picked:
    """What somebody may choose from for a question, among what they may see."""
    offered = tuple(search(person, question, limit=OFFERED))
    chosen = frozenset(chunks)
    spans = [
        golden.Span(one.document_id, one.version_id, one.start, one.end)
        for one in offered
        if one.chunk_id in chosen
    ]
    return Picked(offered, chosen, golden.propose(FunctionSwitch.Function.ADVICE, question, {}, spans))


def proposed(found: Picked | None, person: User) -> list[Shown]:
    """The chosen passages as they are read."""
    return shown(found.proposal.passages, person) if found else []
