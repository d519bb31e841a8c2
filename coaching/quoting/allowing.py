"""Which sentences of documents an answer may repeat: none that no model would be let say. Pure.

A document is somebody's words. What it says of people, where it sends readers, what it asks them for and
which level it gives everybody is judged like a sentence of a model before an answer quotes it.
"""

import re
from collections.abc import Sequence
from functools import lru_cache

from careerforge.assistant import policy
from coaching.persons.known import SkillFact
from coaching.quoting.agreeing import mentioned

# An address in words: "alertpro dot com", "name at company dot org".
_SPELLED = re.compile(
    r"\w\s*[\[({]?\s*\bdot\b\s*[\])}]?\s*(?:com|org|net|io|info|biz|eu|uk|us|de|fr|es|co|app|dev|shop|store|xyz)\b",
    re.I,
)
# A number to call: seven digits or more with the usual signs between; a span of years is none.
_PHONE = re.compile(r"(?<![\w.,-])(?:\+\d|0\d)[\d\s()/.-]{5,18}\d(?![\w%])")
_CALL = re.compile(
    r"\b(?:call|dial|phone|ring|text|whatsapp|fax)\b(?: \w+){0,5}? (?:at|on|under)? ?\+?\d[\d\s()/-]{4,}", re.I
)
_ORDER = re.compile(
    r"\b(?:order|buy|purchase|book|subscribe)\b(?: \w+){0,4} (?:there|here|from us|with us|now|today|online)\b",
    re.I,
)
_GIVES = (
    r"\b(?:give|gives|send|sends|tell|tells|share|shares|enter|enters|provide|provides|state|submit|disclose"
    r"|reply with|confirm|type|e-?mail)\b"
)
_PRIVATE = re.compile(
    rf"{_GIVES}(?: [\w’'-]+){{0,5}} (?:passwords?|passcodes?|passphrases?|pins?|staff (?:number|id)s?"
    r"|(?:employee|personnel|payroll) (?:number|id)s?|social security|national insurance|bank \w+|iban"
    r"|card (?:number|details)|credit cards?|account (?:number|details)|tax (?:number|id)|passport\w*|log-?ins?"
    r"|credentials|one-time codes?|access (?:code|token|key)s?|api keys?|home address|date of birth|phone number)\b",
    re.I,
)
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
    return _is_harmless(text) and _agrees(text, skills)


@lru_cache(maxsize=4096)
def _is_harmless(text: str) -> bool:
    if any(sign.search(text) for sign in (_SPELLED, _PHONE, _CALL, _ORDER, _PRIVATE)):
        return False
    return policy.judge(text).is_ok


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
