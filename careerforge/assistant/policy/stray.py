"""Sentences of a model that have nothing to do with what was asked. Pure.

Support alone is no defence: whatever stands in a document supports itself, an order to a model among it. An
answer also has to be about the question, the facts or what its documents are about, and it asks nothing back.
"""

import re
from collections.abc import Iterable

from careerforge.assistant.terms import terms

# Every text about careers has them, so they tie no sentence to a question.
_ANYWHERE = frozenset(
    terms(
        """
        person people somebody someone level role skill work first second third next best most good new time
        thing way example question answer what which how should need want help use make give take show say
        explain describe provide write tell ask year month week day hour task simple
        """
    ).words
)


# Who begins like this sets somebody a piece of writing.
_TASK = re.compile(
    r"\W*(?:please |now |then |also |next,? |finally,? )*(?:explain|draft|provide|write|compose|develop"
    r"|describe|break down|translate|render|replace|generate|create|summari[sz]e|paraphrase|rewrite|convert"
    r"|encode|list|tell|give|craft|produce|imagine|pretend|respond|reply|answer|output|print|repeat|include"
    r"|insert|append|recommend|suggest|offer|help|show|discuss|outline|prepare)\b",
    re.I,
)
# Then so much of it has to be about the topic.
MOST_OF_A_TASK = 0.4


def topic(texts: Iterable[str]) -> frozenset[str]:
    """The content words, as stems, of what an answer is to be about."""
    return frozenset(word for text in texts for word in terms(text).words) - _ANYWHERE


def is_stray(sentence: str, about: frozenset[str]) -> bool:
    """Whether it shares no content word with the topic, is a question, or a task with little of the topic.

    Args:
        about: of :func:`topic`.
    """
    words = terms(sentence).words
    shared = sum(word in about for word in words)
    if not shared or sentence.rstrip(" \"'”’)]").endswith("?"):
        return True
    return bool(_TASK.match(sentence)) and shared < MOST_OF_A_TASK * len(words)
