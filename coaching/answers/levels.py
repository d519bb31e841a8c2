"""Whether a sentence gives a person no other level than the one that was computed. Pure.

A document says that a role asks for level 4, and a sentence that says the same of the person is much like it:
what somebody can do is told by the computed facts alone.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from coaching.persons.known import SkillFact
from coaching.quoting.agreeing import mentioned

_NUMBER = r"\d(?:[.,]\d{1,2})?"
# "1.4 of 3", "level 1.4 out of 3": held, then asked for; "weight 4 of 5" is no level.
_SHARE = re.compile(
    rf"(?<![\d.,])(?<!weight )(?P<held>{_NUMBER})\s*(?:of|out of|/)\s*(?P<asked>{_NUMBER})(?![\d.,]*\d)", re.I
)
_LEVEL = re.compile(
    rf"\blevels?\s+(?P<word>{_NUMBER})(?![\d.,]*\d)|\bsupports?\s+(?:a\s+)?(?P<held>{_NUMBER})(?![\d.,]*\d)",
    re.I,
)
# What is said before a level makes it what a role asks for, or where the way leads.
_ASKED = re.compile(
    r"\b(?:ask\w*|requir\w*|need\w*|expect\w*|demand\w*|target\w*|goal|want\w*|reach\w*|until|profile|up to"
    r"|to|from|means?|build\w*|aim\w*|become\w*)\b",
    re.I,
)
_HELD = re.compile(
    r"\b(?:supports?|evidence|has|have|had|hold|holds|is at|are at|now|current\w*|stands?)\b", re.I
)
_PERSON = re.compile(r"\b(?:you|your|yours|they|their|theirs|this person|the person|she|he|her|his)\b", re.I)
_PARTS = re.compile(r"[;:]\s|,\s(?:and|but|while|so)\s|\.\s")
NEAR = 0.051


@dataclass(frozen=True)
class _Said:
    """One level that a sentence names, and what stands between it and the level before."""

    value: float
    before: str


def agree(text: str, skills: Sequence[SkillFact]) -> bool:
    """Whether every level that a sentence gives a person in one of these skills is the computed one.

    Args:
        skills: everything that the role in question asks for, with the person's levels.
    """
    known = {skill.name: skill for skill in skills}
    about: list[SkillFact] = []
    for part in _PARTS.split(text):
        about = [known[one.skill] for one in mentioned(part, skills)] or about
        if about and not _fits(part, about, is_personal=bool(_PERSON.search(text))):
            return False
    return True


def _fits(part: str, about: Sequence[SkillFact], *, is_personal: bool) -> bool:
    for match in _SHARE.finditer(part):
        held, asked = _value(match["held"]), _value(match["asked"])
        if not any(_is(held, one.effective) and _is(asked, one.required) for one in about):
            return False
    return all(_may_be(said, about, is_personal=is_personal) for said in _levels(_SHARE.sub(" ", part)))


def _levels(part: str) -> Iterator[_Said]:
    end = 0
    for match in _LEVEL.finditer(part):
        # "Supports" is a word of holding.
        yield _Said(_value(match["word"] or match["held"]), part[end : match.end()])
        end = match.end()


def _may_be(said: _Said, about: Sequence[SkillFact], *, is_personal: bool) -> bool:
    if any(_is(said.value, one.effective) for one in about):
        return True
    is_held = bool(_HELD.search(said.before)) and not _ASKED.search(said.before)
    if any(_is(said.value, one.required) for one in about):
        return not is_held and (bool(_ASKED.search(said.before)) or not is_personal)
    # Documents speak of other levels of a skill; of a person nobody does.
    return not is_held and not is_personal


def _value(digits: str) -> float:
    return float(digits.replace(",", "."))


def _is(value: float, level: float | None) -> bool:
    return level is not None and abs(value - level) < NEAR
