"""Whether a sentence of a document agrees with the order that an answer gives. Pure.

A ladder or a report speaks of people in general. Where it names other skills to build first, or another
order, it must not stand beside a computed order as if it were about this person.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from coaching.persons.known import SkillFact

PLACES = {"first": 0, "second": 1, "next": 1, "third": 2, "fourth": 3, "fifth": 4}
_PLACE = f"(?:{'|'.join(PLACES)})"
# "Comes first" is a place, and so is "the first two skills"; "the first pipeline" is none.
_ORDINAL = re.compile(
    rf"(?<!\bthe )(?<!\bits )(?<!\ba )\b(?P<bare>{_PLACE})\b"
    rf"|\bthe (?P<skill>{_PLACE})(?: two| three| main)? (?:skills?|requirements?|to (?:build|learn))\b",
    re.I,
)
# What is said of skills by a place: "comes first", "skills to build first", "is the second main requirement".
_ABOUT = re.compile(
    r"\b(?:comes?|goes?|stands?|start\w*|taught|buil[dt]\w*|learn\w*|required|ranks?|skills?|requirements?)\b",
    re.I,
)
_BETWEEN = re.compile(
    r"\b(?P<before>before|ahead of|prior to|precedes?)\b|\b(?P<after>after|follows?)\b", re.I
)
_TOGETHER = re.compile(r"\bsame month\b|\bat the same time\b", re.I)
# Reasons say why, not in which order.
_REASON = re.compile(r"\b(?:because|since|so that|which|as (?:both|each))\b", re.I)


@dataclass(frozen=True)
class _Named:
    """A skill where a sentence names it."""

    skill: str
    start: int
    end: int


def agrees(text: str, order: Sequence[SkillFact], skills: Sequence[SkillFact]) -> bool:
    """Whether nothing in a sentence contradicts an order; one that speaks of no order agrees.

    Args:
        order: what is missing, in the order in which to build it.
        skills: everything that the role asks for.
    """
    if not any(sign.search(text) for sign in (_ORDINAL, _BETWEEN, _TOGETHER)):
        return True
    places = {skill.name: place for place, skill in enumerate(order)}
    said: list[_Named] = []
    for part in _REASON.split(text):
        found = mentioned(part, skills)
        # "… because they are the two skills to build first": they were named before.
        if not (_pairs_agree(part, found, places) and _places_agree(part, found or said, places)):
            return False
        said = found or said
    return True


def mentioned(text: str, skills: Sequence[SkillFact]) -> list[_Named]:
    """Each mention of a skill, in the order of the text; of two at one place the longer name."""
    found: list[_Named] = []
    folded = text.casefold()
    for skill in skills:
        for name in map(_singular, skill.names):
            if name.casefold() in folded:
                pattern = rf"(?<!\w){re.escape(name)}s?(?!\w)"
                found += [_Named(skill.name, *m.span()) for m in re.finditer(pattern, text, re.I)]
    found.sort(key=lambda one: (one.start, -one.end))
    apart: list[_Named] = []
    for one in found:
        if not apart or one.start >= apart[-1].end:
            apart.append(one)
    return apart


def _singular(name: str) -> str:
    """A name without the s of a plural; short ones are names of tools."""
    return name[:-1] if len(name) > 5 and name.endswith("s") and not name.endswith("ss") else name


def _pairs_agree(text: str, named: Sequence[_Named], places: dict[str, int]) -> bool:
    """ "A comes before B", "A after B", "A in the same month as B"."""
    for match in _BETWEEN.finditer(text):
        left = next((one for one in reversed(named) if one.end <= match.start()), None)
        right = next((one for one in named if one.start >= match.end()), None)
        if left and right and left.skill in places and right.skill in places:
            earlier, later = (left, right) if match["before"] else (right, left)
            if places[earlier.skill] > places[later.skill]:
                return False
    if _TOGETHER.search(text):
        together = sorted(places[one.skill] for one in named if one.skill in places)
        return all(after - before <= 1 for before, after in pairwise(together))
    return True


def _places_agree(text: str, named: Sequence[_Named], places: dict[str, int]) -> bool:
    """ "A comes first", "the two skills to build first are A and B", "A stands second"."""
    found = [(match["bare"] or match["skill"]).lower() for match in _ORDINAL.finditer(text)]
    if not named or not found or not _ABOUT.search(text):
        return True
    for match in _ORDINAL.finditer(text):
        place = PLACES[(match["bare"] or match["skill"]).lower()]
        said = next((one for one in reversed(named) if one.end <= match.start()), named[0])
        if place and places.get(said.skill) != place:
            return False
    picked = {one.skill for one in named} if "first" in found else set()
    return all(places.get(skill, len(places)) < len(picked) for skill in picked)
