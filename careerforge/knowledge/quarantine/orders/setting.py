# A pattern is read best in one piece.
# ruff: noqa: E501
"""What a text at large is about, where that makes ordinary what elsewhere would be said to a model. Pure.

"Structure your answer in four steps" is advice in a guide to interviews, and stands in an invoice for
whoever answers questions about invoices. What counts is what the rest of the text says, not the sentence.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from itertools import islice


class Setting(StrEnum):
    """Subjects of texts."""

    ANSWERING = "answering"
    SOFTWARE = "software"
    MODELS = "models"
    SERVICE = "service"


@dataclass(frozen=True)
class _Sign:
    """Words or marks, how many of them make a subject, and whether those in the sentence itself count."""

    pattern: re.Pattern[str]
    least: int
    everywhere: bool = False


_SIGNS = {
    # People who answer people: interviews, examinations, applications.
    Setting.ANSWERING: _Sign(
        re.compile(
            r"\b(?:interview\w{0,4}|exams?|examiners?|quiz\w{0,4}|essays?|coursework|(?-i:STAR)"
            r"|behaviou?r(?:al|-based) questions?|hiring managers?|recruiters?|panels?|cover letters?)\b",
            re.IGNORECASE,
        ),
        least=2,
        everywhere=True,
    ),
    # Not its words, which postings use as well: code itself.
    Setting.SOFTWARE: _Sign(
        re.compile(
            r"```|~~~|``?[^`\n]{1,80}``?|^(?: {4}|\t)\S|^ {0,3}(?:\$|>>>) \S|\b\w{2,40}\(\)|\b\w{2,40}\.\w{2,40}\("
            r"|</?(?:div|span|script|head|body|code|pre|html)\b|^(?:import|from) \w|[;{}]$",
            re.MULTILINE,
        ),
        least=2,
    ),
    Setting.MODELS: _Sign(
        re.compile(
            r"\b(?:AI|LLMs?|GPT(?:-\d)?|Copilot|Gemini|"
            r"(?i:chatgpt|chat ?bots?|language models?|prompt\w{0,4}|machine learning|generative|assistants))\b"
        ),
        least=4,
        everywhere=True,
    ),
    # People who help others: what they are to tell a user.
    Setting.SERVICE: _Sign(
        re.compile(
            r"\b(?:users?|customers?|clients?|callers?|readers?|tickets?|support|help ?desk|service desk)\b",
            re.IGNORECASE,
        ),
        least=2,
    ),
}


def outside(text: str, places: Iterable[tuple[int, int]]) -> str:
    """What a text says outside the given places."""
    pieces, reached = [], 0
    for start, end in sorted(places):
        pieces.append(text[reached:start])
        reached = max(reached, end)
    return " ".join([*pieces, text[reached:]])


def is_about(setting: Setting, text: str, rest: str) -> bool:
    """Whether a text is about something.

    Args:
        rest: the text without the sentences in question.
    """
    sign = _SIGNS[setting]
    seen = islice(sign.pattern.finditer(text if sign.everywhere else rest), sign.least)
    return sum(1 for _match in seen) == sign.least


# So far from the words a quotation may begin and end.
NEAR = 240
_MARKS = ('""', "“”", "„“", "«»", "‘’", "``")


def is_quoted(text: str, start: int, end: int) -> bool:
    """Whether a place stands between quotation marks on its line."""
    line = max(text.rfind("\n", 0, start) + 1, start - NEAR)
    before, behind = text[line:start], text[end : end + NEAR].partition("\n")[0]
    return any(_is_open(before, *pair) and pair[1] in behind for pair in _MARKS)


def _is_open(before: str, opening: str, closing: str) -> bool:
    if opening == closing:
        return before.count(opening) % 2 == 1
    return before.rfind(opening) > before.rfind(closing)
