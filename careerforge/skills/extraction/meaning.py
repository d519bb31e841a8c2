"""Skills that a sentence asks for in other words than their names."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from uuid import UUID

from careerforge.skills import tuning
from careerforge.skills.extraction import cues
from careerforge.skills.extraction.mention import How, Mention
from careerforge.skills.linking import LabelIndex
from careerforge.skills.meaning import Embeds

# Longer stretches without a full stop are looked at in pieces.
MOST_LETTERS = 400
CANDIDATES = 5


class Meanings:
    """Names of skills by meaning. Slow beside names alone: milliseconds for each window of a sentence."""

    def __init__(self, names: Mapping[UUID, str], embedder: Embeds) -> None:
        self._skills = list(names)
        self._index = LabelIndex(list(names.values()), embedder)
        self._near = tuning.of("extraction")["nearness"]

    def beyond(
        self, text: str, sentences: Sequence[int], mentions: Sequence[Mention], said: cues.Clauses
    ) -> Iterator[Mention]:
        """Mentions where nothing is named yet: each skill once, no two at one place."""
        taken = [(mention.start, mention.end) for mention in mentions]
        known = {mention.skill_id for mention in mentions}
        for start, end in _pieces(sentences, len(text)):
            for one in self._index.link(text[start:end], CANDIDATES):
                skill, first, last = self._skills[one.place], start + one.start, start + one.end
                if one.nearness < self._near or skill in known:
                    continue
                if any(first < high and low < last for low, high in taken):
                    continue
                known.add(skill)
                taken.append((first, last))
                clause = said.at(first)
                level = clause.level(first, last, [first], text)
                yield Mention(skill, first, last, How.MEANING, level, clause.negates(first))


def _pieces(sentences: Sequence[int], length: int) -> Iterator[tuple[int, int]]:
    for start, end in pairwise([*sentences, length]):
        for at in range(start, end, MOST_LETTERS):
            yield at, min(at + MOST_LETTERS, end)
