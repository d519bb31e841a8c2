"""How sure an answer is: in words with their reason, until enough outcomes have calibrated a number. Pure.

An outcome is what a reader said of an answer: that it was useful, or that it was not. It is all that is known
of whether an answer was right.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from math import ceil
from typing import Literal

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

# Fewer outcomes than this, or of fewer people, calibrate nothing and no figure is shown: what a few people
# like is not what answers are worth.
ENOUGH_OUTCOMES = 100
ENOUGH_PEOPLE = 30
# What fewer people have said is not shown as a figure of its own.
FEWEST_PEOPLE = 5
# An answer with less than this share of its sentences supported is of low confidence.
LOW = 0.7
BINS = 10

Level = Literal["low", "medium", "high"]


@dataclass(frozen=True, slots=True)
class HowSure:
    """How sure an answer is.

    Attributes:
        word: "Sure", "Fairly sure" or "Not sure", in the reader's language.
        sentence: the word with what it was counted from.
        level: the same for a result's envelope.
    """

    word: str
    sentence: str
    level: Level


@dataclass(frozen=True, slots=True)
class Tenth:
    """What came of the answers that were given with about the same share of support.

    Attributes:
        place: 0 for shares up to 0.1, 9 for those above 0.9.
        n: outcomes.
        people: how many different people they are of.
        said: sum of the shares that the answers were given with.
        right: how many came true.
        squares: sum of the squared distances between what was said, 0 to 1, and what came, 0 or 1.
    """

    place: int
    n: int
    people: int
    said: float
    right: int
    squares: float


@dataclass(frozen=True)
class Outcomes:
    """What came of the answers of one function, by tenths.

    Attributes:
        people: how many different people have rated.
    """

    tenths: Sequence[Tenth] = ()
    people: int = 0

    @cached_property
    def n(self) -> int:
        """How many there are."""
        return sum(one.n for one in self.tenths)

    @property
    def is_enough(self) -> bool:
        """Whether they calibrate anything."""
        return self.n >= ENOUGH_OUTCOMES and self.people >= ENOUGH_PEOPLE

    @cached_property
    def shown(self) -> Sequence[Tenth]:
        """The tenths that may be told: none before there are enough, nor those of a few people."""
        return [one for one in self.tenths if self.is_enough and one.people >= FEWEST_PEOPLE]


def how_sure(kept: int, every: int, sources: int) -> HowSure:
    """In words, from counts alone.

    Args:
        kept: sentences that something supports.
        every: sentences there were before the check.
        sources: different sources behind those that were kept.
    """
    if not kept:
        word = _("Not sure")
        text = _("%(word)s: nothing that I may quote supports an answer.")
        return HowSure(word, text % {"word": word}, "low")
    level, word = _graded(kept, every, sources)
    sentences = ngettext(
        "%(kept)s of %(every)s sentence is supported", "%(kept)s of %(every)s sentences are supported", every
    ) % {"kept": kept, "every": every}
    by = ngettext("by %(n)s source", "by %(n)s sources", sources) % {"n": sources}
    words = {"word": word, "sentences": sentences, "by": by}
    return HowSure(word, _("%(word)s: %(sentences)s %(by)s.") % words, level)


def _graded(kept: int, every: int, sources: int) -> tuple[Level, str]:
    """A single source may be wrong, however much of an answer it supports."""
    if kept / every < LOW:
        return "low", _("Not sure")
    if kept < every or sources < 2:
        return "medium", _("Fairly sure")
    return "high", _("Sure")


def share(kept: int, every: int) -> float | None:
    """The share of an answer's sentences that is supported, 0 to 1; None for an answer that has none."""
    return kept / every if kept else None


def calibrated(said: float, outcomes: Outcomes) -> Tenth | None:
    """What came of the answers given with about the same support; None while too few are known.

    Returns:
        the outcomes in the same tenth; None while there are not enough in all, or of too few people in it.
    """
    return next((one for one in outcomes.shown if one.place == tenth_of(said)), None)


def helped(said: float | None, outcomes: Outcomes) -> str:
    """The figure for an answer, in words with n; empty while it has none.

    Args:
        said: the share of its sentences that is supported; None for an answer that has none.
    """
    same = None if said is None else calibrated(said, outcomes)
    if same is None:
        return ""
    facts = {"of": round(100 * same.right / same.n), "n": same.n}
    return _("Of 100 such answers, %(of)s were rated useful by their readers (n = %(n)s).") % facts


def brier(tenths: Sequence[Tenth]) -> float:
    """Mean squared distance between what was said and what came (Brier, 1950): 0 is perfect, 1 the worst.

    Raises:
        ValueError: there is no outcome.
    """
    if not tenths:
        raise ValueError("no outcomes")
    return sum(one.squares for one in tenths) / sum(one.n for one in tenths)


def calibration_error(tenths: Sequence[Tenth]) -> float:
    """How far the confidence said is from the share that was right, in the mean over tenths.

    The expected calibration error of Naeini, Cooper and Hauskrecht, "Obtaining Well Calibrated Probabilities
    Using Bayesian Binning", 2015; bins are closed on the right, as in Guo et al., 2017.

    Returns:
        0 to 1.

    Raises:
        ValueError: there is no outcome.
    """
    if not tenths:
        raise ValueError("no outcomes")
    return sum(abs(one.said - one.right) for one in tenths) / sum(one.n for one in tenths)


def tenth_of(said: float) -> int:
    """The tenth, from 0; a bound belongs to the tenth below it. Rounding undoes the error of 0.3 times 10."""
    return max(0, ceil(round(said * BINS, 9)) - 1)
