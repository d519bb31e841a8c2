"""What is said in place of an answer: to a greeting, and to what nobody should be told by a program. Pure."""

import re

from django.utils.translation import gettext as _

from careerforge.assistant.policy import asking, character
from coaching.questions import comparing

_THANKS = re.compile(
    r"^\W*(?:(?:ok|okay|great|perfect|good|cool|nice|alright|super),?\W*)*"
    r"(?:thanks?|thank you|thx|cheers|much appreciated)(?: (?:a lot|so much|very much|you|for (?:that|this|"
    r"your help|the help)))*\W*$|^\W*(?:ok|okay|great|perfect|cool|nice|alright|got it|understood)\W*$",
    re.I,
)
_GREETING = re.compile(
    r"^\W*(?:hi|hello|hey|good (?:morning|afternoon|evening|day)|greetings)"
    r"(?: (?:there|coach|all|again))?\W*$"
    r"|^\W*(?:bye|goodbye|see you(?: later)?)\W*$",
    re.I,
)
# What a person may ask about themselves; the rules speak of somebody.
_MYSELF = ((r"\bam I\b", "is this person"), (r"\bI am\b|\bI['\u2019]m\b", "this person is"))


def instead(question: str) -> str:
    """What to say instead of an answer; empty when the question is one to answer."""
    if _THANKS.search(question):
        return _("You’re welcome. Ask whenever you like.")
    if _GREETING.search(question):
        return _("Hello. Ask about your path, your skills, a step or a role.")
    if comparing.asks(question):
        return _(
            "I don’t compare people, and I see nobody’s skills but yours. Ask how far you are from a role, "
            "or what would bring you nearer."
        )
    about = _about_somebody(question)
    if asking.is_about_a_trait(about):
        return _(
            "Age, health, family, origin, belief and the like have no part in what I say, and nobody should "
            "decide about work by them. Ask about skills, roles or your path."
        )
    if character.asks(question):
        return _(
            "I don’t say what somebody feels or what kind of person they are: nothing here can know it. Ask "
            "about skills, roles or your path."
        )
    return ""


def _about_somebody(question: str) -> str:
    for pattern, words in _MYSELF:
        question = re.sub(pattern, words, question, flags=re.I)
    return question
