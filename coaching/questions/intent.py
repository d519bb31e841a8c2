"""What a question about a person is about, read from its words. Pure."""

import re
from dataclasses import dataclass
from enum import StrEnum

NUMBERS = {"one": 1, "a": 1, "two": 2, "three": 3, "four": 4, "five": 5}
USUAL_NUMBER = 3


class Topic(StrEnum):
    """What of the person's own facts an answer starts with."""

    # Which skills to build, and in which order.
    GAP = "gap"
    # What they are good at.
    STRENGTH = "strength"
    # How far they are.
    READINESS = "readiness"
    # The certificates on their path.
    CERTIFICATE = "certificate"
    # What they are doing now and what comes next.
    NEXT = "next"
    # What they have finished, or left out.
    DONE = "done"
    # The projects on their path.
    PROJECT = "project"
    # How long a skill, or the whole way, takes.
    TIME = "time"
    # What a role earns.
    PAY = "pay"
    # What would show that they can do it.
    EVIDENCE = "evidence"
    # How much the labour market asks for a skill.
    DEMAND = "demand"
    # Only what documents say.
    NONE = "none"


_COUNT = re.compile(
    r"\b(one|two|three|four|five|[1-5])\s+(?:\w+\s+){0,2}?(?:skills?|things?|gaps?|steps?|topics?)\b", re.I
)
_ONE = re.compile(r"\b(?:which|what) (?:\w+ ){0,3}skill\b", re.I)
_DO = r"build|learn|develop|focus(?: on)?|tackle|close|improve|work on|start with|priorit\w+"
_PATTERNS = (
    (
        Topic.PAY,
        r"^(?!.*\bskills?\b).*(?:\bsalar(?:y|ies)\b|\bearn(?:s|ed|ing|ings)?\b|\bwages?\b|\bcompensation\b"
        r"|\bpay (?:bands?|ranges?|scales?|levels?)\b|\bpaid (?:to )?an?\b"
        r"|\bhow much (?:\w+ ){1,7}(?:paid|pay|make|makes)\b(?! for))",
    ),
    (Topic.CERTIFICATE, r"certificat\w+|\bcertified\b|\bexam(?:ination)?s?\b"),
    (
        Topic.EVIDENCE,
        r"\bevidence\b|\bproof\b|\bprov(?:e|es|en|ing)\b|\bdemonstrat\w+|\bcounts? as\b"
        r"|\bshow (?:that )?(?:they|he|she|I)\b",
    ),
    (
        Topic.DONE,
        r"\bhave (?:they|he|she|I) (?:already |ever |now )?"
        r"(?:finished|done|completed|skipped|left out|achieved)\b"
        r"|\bdid (?:they|he|she|I) (?:already |ever )?(?:finish|do so far|complete|skip|leave out|achieve)\b"
        r"|\b(?:my|their|his|her) (?:finished|completed|done|skipped) (?:steps?|skills?|projects?)\b",
    ),
    (
        Topic.PROJECT,
        r"\b(?:which|what|any|an?|next|first|best|useful|hands-on|practical) (?:[\w-]+ ){0,2}projects?\b"
        r"(?!.{0,3}(?:manage|lead|plan)).*\b(?:me|my|I|them|their|they|path|help (?:the )?most)\b"
        r"|\b(?:my|their) (?:\w+ )?projects\b|\bprojects? (?:on|in) (?:my|their|the) path\b",
    ),
    (
        Topic.TIME,
        r"^\W*(?:(?:and|so|but|then|ok|okay)\W+)*(?:(?:about|roughly) )?"
        r"(?:how long\b|how many (?:hours|weeks|months)\b(?! (?:a|per|each|every)\b)"
        r"|how much (?:\w+ )?(?:time|work|effort)\b)",
    ),
    (Topic.STRENGTH, r"strong(?:est)?\b|strengths?\b|best at|good at|already (?:can|know|able)"),
    (Topic.READINESS, r"readiness|how (?:far|close|near|ready)\b|\bready\b"),
    (
        Topic.NEXT,
        r"next step|what (?:comes )?(?:now|next)\b|what (?:are they|am I) (?:doing|working)|in progress",
    ),
    (
        Topic.GAP,
        rf"\bgaps?\b|\bmissing\b|\black(?:s|ing)?\b|\bweak\w*"
        r"|where (?:(?:should|do|can) (?:they|he|she|I)|to) (?:start|begin)"
        rf"|\b(?:which|what|name|list)\b.{{0,40}}\b(?:{_DO})\b"
        rf"|\b(?:which|what|name|list)\b.{{0,30}}\bskills?\b.{{0,60}}\b(?:first|next|need|{_DO})\b"
        rf"|\b(?:{_DO})\b.{{0,60}}\b(?:first|next)\b",
    ),
    (
        Topic.DEMAND,
        r"\bin demand\b|\bdemand (?:for|of)\b|\bsought[- ]after\b|\bmarket value\b|\bdoes the market\b",
    ),
)
_TOPICS = tuple((topic, re.compile(pattern, re.I)) for topic, pattern in _PATTERNS)


# Asked of people in general, not of one.
_GENERAL = re.compile(r"\b(?:usually|typically|generally|in general|most often|as a rule)\b", re.I)

# What is about the person alone: documents would only add noise.
PERSONAL = (Topic.STRENGTH, Topic.READINESS, Topic.NEXT, Topic.DONE, Topic.PROJECT, Topic.TIME)
_WAY = re.compile(
    r"\b(?:get|be|am|are|become|reach) (?:\w+ )?(?:there|ready|done|it|an? |my|their|the)"
    r"|\b(?:my|their|the) (?:whole |entire |full )?(?:path|plan|way|route|journey|goal|target)\b"
    r"|\b(?:is|are) left\b|\bremain\w*|\b(?:this|it) all\b",
    re.I,
)
_SKIPPED = re.compile(r"\bskip|\bleft? out|\bleave out", re.I)


def is_whole_way(question: str) -> bool:
    """Whether a question about time asks for the way to the role, not for one skill."""
    return bool(_WAY.search(question))


def is_skipped(question: str) -> bool:
    """Whether a question about what is behind somebody asks for what they left out."""
    return bool(_SKIPPED.search(question))


@dataclass(frozen=True)
class Intent:
    """``number`` is how many skills were asked for, None when the coach did not say."""

    topic: Topic
    number: int | None

    @property
    def personal(self) -> bool:
        """Whether only the person's own facts answer it."""
        return self.topic in PERSONAL


def read(question: str) -> Intent:
    """Of several topics the most particular one counts."""
    words = " ".join(question.split())
    found = _COUNT.search(words)
    number = (NUMBERS.get(found[1].lower()) or int(found[1])) if found else None
    topic = next((topic for topic, pattern in _TOPICS if pattern.search(words)), Topic.NONE)
    if topic is Topic.GAP and number is None and _GENERAL.search(words):
        return Intent(Topic.NONE, None)
    if number is None and topic in (Topic.GAP, Topic.STRENGTH) and _ONE.search(words):
        number = 1
    return Intent(Topic.GAP if number and topic is Topic.NONE else topic, number)
