"""How sure an answer is: in words with their reason, until enough outcomes have calibrated a number. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

# Fewer outcomes than this calibrate nothing, and no per cent is shown.
ENOUGH_OUTCOMES = 100
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
class Outcome:
    """What became of an answer: the share of support it was given with, 0 to 1, and whether it was right."""

    said: float
    right: bool


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


def calibrated(said: float, outcomes: Sequence[Outcome]) -> float | None:
    """The share of answers given with about the same support that were right; None while too few are known.

    Returns:
        0 to 1, of the outcomes in the same tenth; None below :data:`ENOUGH_OUTCOMES` in all or with nobody
        in that tenth.
    """
    same = [one.right for one in outcomes if _bin(one.said) == _bin(said)]
    return sum(same) / len(same) if same and len(outcomes) >= ENOUGH_OUTCOMES else None


def brier(outcomes: Sequence[Outcome]) -> float:
    """Mean squared distance between what was said and what came (Brier, 1950): 0 is perfect, 1 the worst.

    Raises:
        ValueError: there is no outcome.
    """
    if not outcomes:
        raise ValueError("no outcomes")
    return sum((one.said - one.right) ** 2 for one in outcomes) / len(outcomes)


def calibration_error(outcomes: Sequence[Outcome]) -> float:
    """How far the confidence said is from the share that was right, in the mean over tenths.

    The expected calibration error of Naeini, Cooper and Hauskrecht, "Obtaining Well Calibrated Probabilities
    Using Bayesian Binning", 2015; bins are closed on the right, as in Guo et al., 2017.

    Returns:
        0 to 1.

    Raises:
        ValueError: there is no outcome.
    """
    if not outcomes:
        raise ValueError("no outcomes")
    bins: dict[int, list[Outcome]] = {}
    for one in outcomes:
        bins.setdefault(_bin(one.said), []).append(one)
    return sum(abs(sum(one.said - one.right for one in rows)) for rows in bins.values()) / len(outcomes)


def _bin(said: float) -> int:
    """The tenth, from 0; a bound belongs to the tenth below it. Rounding undoes the error of 0.3 times 10."""
    scaled = round(said * BINS, 9)
    return max(0, int(scaled) - (scaled == int(scaled)))
