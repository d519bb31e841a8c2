# A pattern is read best in one piece.
# ruff: noqa: E501
"""Marks that prompts and chats are built with, and addresses with room for data: looked for in the whole text."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from careerforge.knowledge.quarantine.orders.setting import Setting


@dataclass(frozen=True)
class Mark:
    """A pattern, and the texts in which it is ordinary."""

    code: str
    pattern: re.Pattern[str]
    ordinary: tuple[Setting, ...] = ()


def _mark(code: str, pattern: str, ordinary: Sequence[Setting] = ()) -> Mark:
    return Mark(code, re.compile(pattern, re.IGNORECASE | re.MULTILINE), tuple(ordinary))


_TECHNICAL = (Setting.SOFTWARE, Setting.MODELS)

MARKS = (
    _mark(
        "markup",
        r"<\|(?:im_start|im_end|system|user|assistant|endoftext|begin_of_text|start_header_id|eot_id)\|?>?|\[/?INST\]|<</?SYS>>",
        [Setting.MODELS],
    ),
    _mark(
        "markup",
        r"</?(?:system|assistant|user)(?:_prompt|_message|_instructions?)>|^[ \t]{0,4}</?(?:system|assistant)>",
        _TECHNICAL,
    ),
    _mark(
        "markup",
        r"^[ \t]{0,4}(?:#{2,4} ?(?:system|human|assistant)s?\s?:|"
        r"(?:system|assistant)(?: (?:prompt|message))?\s?:[ \t]*(?:you|ignore|never|always)\b|"
        r"-{3,} ?(?:end|begin)(?: of)?(?: the)? (?:context|instructions?|prompt|user input)s?\b)",
        _TECHNICAL,
    ),
    _mark("markup", r"^[ \t]{0,4}#{2,4} ?instruction\s?:[^#]{0,400}#{2,4} ?response\s?:", _TECHNICAL),
    # The end of one JSON object and the start of another, in the middle of a text.
    _mark(
        "markup",
        r"^[ \t]{0,8}[\"'][ \t]?[}\]]{1,3}[ \t]?,[ \t]?[\"']\w{1,30}[\"'][ \t]?:[^\n]{1,60},[ \t]?[\"']\w{1,30}[\"'][ \t]?:[ \t]?[\[{]",
    ),
    # Markup that was not read as markup, and hides what it encloses.
    _mark(
        "unseen",
        r"<\w{1,12} [^<>\n]{0,200}(?:color: ?(?:#f{3,6}\b|white)|font-size: ?[01](?:px|pt|em|%)?\b|display: ?none|"
        r"visibility: ?hidden|opacity: ?0\b)",
        [Setting.SOFTWARE],
    ),
    # A picture is fetched without a click.
    _mark(
        "leak",
        r"!\[[^\]\n]{0,80}\]\(\s?(?:https?:)?//[^)\s?&=]{1,200}[?&=][^)\s{\[<]{0,200}"
        r"(?:\{[^}\s]{1,60}\}|\[[A-Za-z_ ]{2,40}\]|<[A-Za-z_ ]{2,40}>)",
        [Setting.SOFTWARE],
    ),
    _mark(
        "leak",
        r"\bhttps?://[^\s)?&=]{1,120}[?&=][^\s){$<]{0,120}(?:\{[A-Za-z_ ]{2,60}\}|\{\{|\$\{|<[A-Za-z_ ]{3,40}>)",
        [Setting.SOFTWARE],
    ),
)
