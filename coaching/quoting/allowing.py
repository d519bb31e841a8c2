"""Which sentences of documents an answer may repeat: none that no model would be let say. Pure.

A document is somebody's words. What it says of people, where it sends readers, what it asks them for and
which level it gives everybody is judged like a sentence of a model before an answer quotes it.
"""

import re
from collections.abc import Sequence

from careerforge.assistant import policy
from coaching.persons.known import SkillFact
from coaching.quoting.agreeing import mentioned

# "Level 5.0 of 4": held and asked, as the product's own lines have it. "6 of 9 adverts" is none.
_STANDING = re.compile(
    r"\blevel\s+(?P<held>\d(?:[.,]\d{1,2})?)\s*(?:of|out of|/)\s*(?P<asked>\d(?:[.,]\d{1,2})?)(?![\d.,]*\d)",
    re.I,
)
_HIGHEST = 5.0
_NEAR = 0.051


def may_quote(text: str, skills: Sequence[SkillFact] = ()) -> bool:
    """Whether an answer may repeat a sentence of a document.

    Args:
        skills: what the role in question asks for, with the reader's or the person's own levels.
    """
    return policy.judge(text).is_ok and _agrees(text, skills)


def _agrees(text: str, skills: Sequence[SkillFact]) -> bool:
    """Whether no level is told as if it were somebody's, unless it is the computed one."""
    for match in _STANDING.finditer(text):
        held, asked = (float(match[name].replace(",", ".")) for name in ("held", "asked"))
        if held > asked + _NEAR or asked > _HIGHEST:
            return False
        named = {one.skill for one in mentioned(text, skills)}
        about = [skill for skill in skills if skill.name in named]
        if about and not any(_is_computed(skill, held, asked) for skill in about):
            return False
    return True


def _is_computed(skill: SkillFact, held: float, asked: float) -> bool:
    is_held = skill.effective is not None and abs(skill.effective - held) < _NEAR
    # "Level 4 of 5" may be a place on the scale.
    return (is_held and abs(skill.required - asked) < _NEAR) or (asked == _HIGHEST and held == int(held))
