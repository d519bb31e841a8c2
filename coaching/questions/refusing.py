"""Questions that are not answered: traits, character, who is best, own pay, another language. Pure."""

import re

from django.utils.translation import gettext as _

from careerforge.assistant.policy import asking, character
from coaching.questions import comparing
from coaching.questions.english import is_english

_PERSON = r"(?:they|he|she|this person|the person|(?:the|this) employee|(?:my|the) coachee)"
_OWN_PAY = re.compile(
    r"\b(?:their|his|her|this person['’]s) (?:(?!the |an? |role|target|post|next )[\w-]+,? ){0,3}?"
    r"(?:salary|pay|wages?|compensation|earnings)\b(?! band)"
    rf"|\b(?:do|does|did|should|would|will|can) {_PERSON} (?:\w+ )?(?:earn|make|be paid|get paid)\b(?! sense)"
    rf"|\b{_PERSON} (?:earns?|is paid|are paid)\b",
    re.I,
)


def refusal(question: str) -> str:
    """Why a question is not answered, in words for the coach; empty when it may be."""
    if asking.is_about_a_trait(question):
        return _(
            "I don’t advise on health, pregnancy, disability, family, religion, age, gender, origin, politics"
            " or union membership, and nobody should decide about work by them. If it was told to you, keep"
            " it out of questions. Ask about skills, evidence, roles or the path instead."
        )
    if character.asks(question):
        return _(
            "I don’t say what somebody feels or what kind of person they are: nothing here can know it, and "
            "nobody should be judged by a guess. Ask the person, or ask me about skills or the path."
        )
    if comparing.asks(question):
        return _("I don’t compare people. Ask where this person stands and what would bring them further.")
    if _OWN_PAY.search(" ".join(question.split())):
        return _(
            "What this person earns or should earn is not here, and no advice looks at it. Ask what a role "
            "earns in a region instead."
        )
    if not is_english(question):
        return _("I read questions in English only, and this one seems to be in another language.")
    return ""
