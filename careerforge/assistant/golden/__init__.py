"""The golden set: questions that coaches have found rightly answered, asked before a change goes live."""

from careerforge.assistant.golden.asking import (
    Answered,
    Answerer,
    Asked,
    Desk,
    NotNow,
    Sentence,
    Span,
    register,
)
from careerforge.assistant.golden.changing import Change
from careerforge.assistant.golden.proposing import Proposal, keep, propose

__all__ = [
    "Answered",
    "Answerer",
    "Asked",
    "Change",
    "Desk",
    "NotNow",
    "Proposal",
    "Sentence",
    "Span",
    "keep",
    "propose",
    "register",
]
