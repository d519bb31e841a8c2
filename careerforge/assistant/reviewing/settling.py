"""What follows from what the reviewers have said. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol


class Said(Protocol):
    """One reviewer's word."""

    @property
    def verdict(self) -> str: ...
    @property
    def is_yes(self) -> bool: ...


@dataclass(frozen=True, slots=True)
class Settled:
    """Where a review stands.

    Attributes:
        verdict: what is done now; empty while it waits.
        split: reviewers have said yes and no, and nothing is done.
    """

    verdict: str = ""
    split: bool = False


def settle(opinions: Sequence[Said], *, needs_two: bool) -> Settled:
    """One word is enough, unless its reviewer wants a second one to agree: then two have to.

    Args:
        opinions: one a reviewer, as they stand now, the newest last. An approval and a change both say yes;
            of several changes the newest counts.
    """
    for yes in (True, False):
        agreeing = [one for one in opinions if one.is_yes is yes]
        if len(agreeing) >= (2 if needs_two else 1):
            changed = [one for one in agreeing if one.verdict == "edit"]
            return Settled((changed or agreeing)[-1].verdict)
    return Settled(split=len(opinions) > 1)
