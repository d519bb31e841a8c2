"""How good answers to golden questions are, and whether a change makes them better or worse. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, fields
from typing import Any

from careerforge.assistant.golden.asking import Answered, Span
from careerforge.assistant.models import GoldenResult

Outcome = GoldenResult.Outcome
RULES = "rules"
# Shorter texts are found in any other.
SHORTEST = 20
# A difference in the share of supported sentences that counts; less is another wording.
NOTICED = 0.1


@dataclass(frozen=True, slots=True)
class Scored:
    """One answer, measured.

    Attributes:
        right: a right passage is cited; of an answer that quotes nothing: every check is passed.
        supported: of its sentences, the share that something supports; 0 when nothing was said.
        refused: nothing was said.
        quotes: as :class:`~careerforge.assistant.golden.asking.Answered`.
    """

    right: bool
    supported: float
    refused: bool
    model: str
    quotes: bool = True

    @property
    def worded(self) -> bool:
        """Whether a model answered, well or not."""
        return self.model != RULES

    @classmethod
    def of(cls, answered: Answered, right: Sequence[Span]) -> "Scored":
        """Measure an answer by the passages that a coach has called right."""
        said, every = len(answered.sentences), len(answered.sentences) + answered.struck
        return cls(
            right=not answered.wrong and (_cites(answered, right) if answered.quotes else _said(answered)),
            supported=round(said / every, 4) if every and not answered.refused else 0.0,
            refused=answered.refused,
            model=answered.model,
            quotes=answered.quotes,
        )

    @classmethod
    def from_json(cls, kept: Mapping[str, Any]) -> "Scored":
        """From a row's ``before`` or ``after``."""
        return cls(kept["right"], kept["supported"], kept["refused"], kept["model"], kept.get("quotes", True))


def _cites(answered: Answered, right: Sequence[Span]) -> bool:
    cited = [span for sentence in answered.sentences for span in sentence.spans]
    return any(same(one, other) for one in cited for other in right)


def _said(answered: Answered) -> bool:
    return answered.model != RULES and bool(answered.sentences)


@dataclass(frozen=True, slots=True)
class Figures:
    """A whole set, measured: shares of the answers; ``supported`` is of what was said at all.

    Attributes:
        questions: how many answers.
        worded: how many of them a model has given.
    """

    questions: int = 0
    right: float = 0.0
    supported: float = 0.0
    refused: float = 0.0
    worded: int = 0

    def as_json(self) -> dict[str, float | int]:
        """For a row, or a line that is printed."""
        return asdict(self)

    @classmethod
    def from_json(cls, kept: Mapping[str, Any]) -> "Figures":
        """From a row, whatever else it holds."""
        return cls(**{one.name: kept[one.name] for one in fields(cls) if one.name in kept})


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
        worded=sum(one.worded for one in scored),
    )


def outcome(before: Scored, after: Scored) -> Outcome:
    """What a change makes of one question: an answer of a model that is lost is worse whatever the rules say
    instead; then the right passage counts, then saying something at all.
    """
    if before.worded and not after.worded:
        return Outcome.WORSE
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
