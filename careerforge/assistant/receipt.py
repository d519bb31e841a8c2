"""Why a result is what it is, in a form that can be recomputed and kept."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class Factor:
    """One input of a result.

    Attributes:
        label: what it is, such as the name of a skill.
        points: what it adds; the points of a score's factors sum up to the score.
        detail: level, date and evidence, in words.
    """

    label: str
    points: float
    detail: str


@dataclass(frozen=True, slots=True)
class Receipt:
    """The answer to "Why this?".

    Attributes:
        rule_version: version of the rule that made it.
        factors: the inputs, heaviest first.
        left_out: what was deliberately not looked at.
        nearest_change: the smallest change that would alter the result; empty when there is none.
        versions: of everything else it rests on, by name: of the profile, the prompt, the model.
        inputs: what the rule was given, as JSON. The rule makes the same figure of it at any time.
    """

    rule_version: str
    factors: tuple[Factor, ...] = ()
    left_out: tuple[str, ...] = ()
    nearest_change: str = ""
    versions: Mapping[str, str] = field(default_factory=dict)
    inputs: Mapping[str, Any] = field(default_factory=dict)

    @property
    def points(self) -> float:
        """Sum of the factors."""
        return sum(factor.points for factor in self.factors)

    def as_json(self) -> dict[str, Any]:
        """Plain lists and strings, for a JSON column."""
        return asdict(self) | {
            "factors": [asdict(factor) for factor in self.factors],
            "left_out": list(self.left_out),
        }

    @classmethod
    def from_json(cls, kept: Mapping[str, Any]) -> "Receipt":
        """The receipt that :meth:`as_json` gave."""
        return cls(
            rule_version=kept["rule_version"],
            factors=tuple(Factor(**factor) for factor in kept["factors"]),
            left_out=tuple(kept["left_out"]),
            nearest_change=kept["nearest_change"],
            versions=kept.get("versions", {}),
            inputs=kept.get("inputs", {}),
        )
