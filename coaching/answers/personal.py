"""Whether an answer to a question about one person says anything of that person. Pure."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from coaching.answers.voice import Voice
from coaching.persons.known import Facts, mentions
from coaching.questions import intent
from coaching.questions.intent import Topic


def is_asked(question: str) -> bool:
    """Whether a question is about a person's own gap, level or way."""
    asked = intent.read(question)
    if asked.topic is Topic.TIME:
        # "How long is an exam valid?" is not about them.
        return intent.is_whole_way(question)
    return asked.personal or asked.topic is Topic.GAP


def is_told(question: str, texts: Sequence[str], facts: Facts | None) -> bool:
    """Whether sentences name a skill, a step or the target of the person, where the question asks for it."""
    if facts is None or not is_asked(question):
        return True
    said = " ".join(texts).casefold()
    titles = (facts.role, facts.heading, *(step.title for step in facts.steps))
    if any(title and title.casefold() in said for title in titles):
        return True
    names = (*(skill.names for skill in facts.skills), *((one.name,) for one in facts.brought))
    return any(name.casefold() in said for each in names for name in each[:1]) or any(
        mentions(said, skill) for skill in facts.skills
    )


def no_target(question: str, facts: Facts | None, voice: Voice) -> str:
    """What an answer says first when it is about a gap to nowhere; else nothing."""
    if facts or not is_asked(question):
        return ""
    return voice.of(
        _(
            "This person has no target role yet, so nothing here is about their own gap. Once they have "
            "chosen one, I can answer about it."
        ),
        _("You have no target role yet. Choose one on your path, and I can answer about your own gap."),
    )
