"""How good answers to golden questions are, and whether a change makes them better or worse. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from careerforge.assistant.golden.asking import Answered, Span
from careerforge.assistant.models import GoldenResult

Outcome = GoldenResult.Outcome
# Shorter texts are found in any other.
SHORTEST = 20
# A difference in the share of supported sentences that counts; less is another wording.
NOTICED = 0.1


@dataclass(frozen=True, slots=True)
class Scored:
    """One answer, measured.

    Attributes:
        right: a right passage is cited.
        supported: of its sentences, the share that something supports; 0 when nothing was said.
        refused: nothing was said.
    """

    right: bool
    supported: float
    refused: bool
    model: str

    @classmethod
    def of(cls, answered: Answered, right: Sequence[Span]) -> "Scored":
        """Measure an answer by the passages that a coach has called right."""
        cited = [span for sentence in answered.sentences for span in sentence.spans]
        said, every = len(answered.sentences), len(answered.sentences) + answered.struck
        return cls(
            right=any(same(one, other) for one in cited for other in right),
            supported=round(said / every, 4) if every and not answered.refused else 0.0,
            refused=answered.refused,
            model=answered.model,
        )

    @classmethod
    def from_json(cls, kept: Mapping[str, Any]) -> "Scored":
        """From a row's ``before`` or ``after``."""
        return cls(kept["right"], kept["supported"], kept["refused"], kept["model"])


@dataclass(frozen=True, slots=True)
class Figures:
    """A whole set, measured: shares of the questions; ``supported`` is of what was said at all.

    Attributes:
        worded: how many answers a model has worded.
    """

    questions: int = 0
    right: float = 0.0
    supported: float = 0.0
    refused: float = 0.0
    worded: int = 0

    def as_json(self) -> dict[str, float | int]:
        """For a row, or a line that is printed."""
        return asdict(self)


def figures(scored: Sequence[Scored]) -> Figures:
    """Sum up."""
    if not scored:
        return Figures()
    n, said = len(scored), [one for one in scored if not one.refused]
    return Figures(
        questions=n,
        right=round(sum(one.right for one in scored) / n, 4),
        supported=round(sum(one.supported for one in said) / len(said), 4) if said else 0.0,
        refused=round(sum(one.refused for one in scored) / n, 4),
        worded=sum(one.model != "rules" for one in scored),
    )


def outcome(before: Scored, after: Scored) -> Outcome:
    """What a change makes of one question: the right passage counts first, then saying something at all."""
    gained = after.right - before.right or before.refused - after.refused
    if not gained and abs(after.supported - before.supported) >= NOTICED:
        gained = 1 if after.supported > before.supported else -1
    if not gained:
        return Outcome.SAME
    return Outcome.BETTER if gained > 0 else Outcome.WORSE


def same(cited: Span, right: Span) -> bool:
    """Whether a cited span is a right one: it overlaps it, or says it in a newer version or elsewhere."""
    if cited.version == right.version:
        return cited.start < right.end and right.start < cited.end
    one, other = _plain(cited.text), _plain(right.text)
    shorter, longer = sorted((one, other), key=len)
    return len(shorter) >= SHORTEST and shorter in longer


def _plain(text: str) -> str:
    return " ".join(text.split()).casefold()
