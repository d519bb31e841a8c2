"""Tasks that have nothing to do with the text they stand in. Pure.

"Write a poem about the sea" is a harmless sentence, and in a course on poetry it belongs there. In the
middle of an invoice it was written for whoever answers questions about invoices. So what counts is not the
task but that no word of it is anything the rest of the text is about, and that it is alone: a list of
exercises is none.
"""

import re
from collections import Counter
from collections.abc import Iterator

from careerforge.knowledge.orders import sentences

# There must be a text for it to stand out from, and this few of them.
LEAST_WORDS = 30
MOST_TASKS = 2
LONGEST_TASK = 240
STEM = 5

_MAKE = (
    r"(?:write|compose|draft|translate|explain|describe|develop|generate|summari[sz]e|paraphrase|rewrite|recite|"
    r"solve|calculate|compute|convert|sing|invent|outline|define|break down|replace|substitute|rearrange|"
    r"scramble|jumble|render|encode|decode)\b"
    r" (?!(?:us|to us|back to|your (?:own|name|cv|resume|application)|clean|well|good)\b)"
)
_THING = (
    r"(?:poem|story|stories|essay|letter|speech|song|joke|recipe|list|summary|outline|example|explanation|"
    r"translation|equivalent|synonym|function|script|program|code|snippet|query|email|e-mail|tweet|post|"
    r"paragraph|sentence|description|dialogue|review|headline|slogan|quote|fact|facts|meaning|definition|"
    r"overview|tutorial|steps?)\b"
)
_GIVE = (
    r"(?:provide|give|create|design|prepare|produce|suggest|list|name|tell|show) "
    r"(?:me\b|(?:an?|the|some|two|three|four|five|ten|\d+) (?:\w+[ -]){0,3}?" + _THING + ")"
)
_CAN_YOU = (
    r"(?:can|could|would|will) you (?:please )?(?:\w+ )?(?:explain|write|show|tell|give|provide|help|"
    r"translate|describe|create|generate|summari[sz]e|solve|list|recommend|suggest|compose|draft)\b"
)
_ASK = (
    r"(?:what(?:'s| is| are| was| were)|who (?:is|was|wrote|invented|discovered|painted|composed)|"
    r"how (?:do i|do you (?:say|spell|pronounce)|does|can i|to)|when (?:was|did|is)|where (?:is|was|are)|"
    r"how (?:many|much|far|old|tall|long) (?:is|are|was|does|do)|how do \w+ (?:\w+ )?work|"
    r"why (?:is|are|do|does)) (?!(?:it|this|that|we|our|us|in it|next|new)\b)"
)
_BEFORE = r"[\s>*\-–—•\"'“‘(]*(?:(?:please|kindly|now|then|also|and|first|finally|next|instead),? )?"
_TASK = re.compile(f"{_BEFORE}(?:{_MAKE}|{_GIVE}|{_CAN_YOU}|{_ASK})", re.IGNORECASE)
_WORD = re.compile(r"[^\W\d_]{4,}")
_SMALL = frozenset(
    [
        "about",
        "above",
        "after",
        "again",
        "also",
        "although",
        "among",
        "another",
        "answer",
        "anyone",
        "anything",
        "because",
        "been",
        "before",
        "being",
        "below",
        "between",
        "both",
        "cannot",
        "clear",
        "could",
        "describe",
        "detail",
        "different",
        "does",
        "doing",
        "draft",
        "during",
        "each",
        "every",
        "example",
        "explain",
        "first",
        "following",
        "from",
        "function",
        "functions",
        "further",
        "generate",
        "give",
        "have",
        "having",
        "help",
        "here",
        "hers",
        "himself",
        "into",
        "itself",
        "just",
        "like",
        "list",
        "main",
        "make",
        "many",
        "more",
        "most",
        "much",
        "must",
        "name",
        "need",
        "needs",
        "only",
        "other",
        "ours",
        "over",
        "please",
        "primary",
        "provide",
        "quite",
        "really",
        "same",
        "sentence",
        "should",
        "show",
        "simple",
        "some",
        "someone",
        "something",
        "steps",
        "such",
        "summarize",
        "tell",
        "terms",
        "than",
        "thank",
        "thanks",
        "that",
        "their",
        "them",
        "then",
        "there",
        "these",
        "they",
        "thing",
        "things",
        "this",
        "those",
        "three",
        "through",
        "translate",
        "under",
        "until",
        "used",
        "using",
        "very",
        "want",
        "well",
        "were",
        "what",
        "when",
        "where",
        "which",
        "while",
        "whom",
        "whose",
        "will",
        "with",
        "within",
        "without",
        "word",
        "words",
        "work",
        "would",
        "write",
        "your",
        "yours",
    ]
)


def strays(text: str) -> Iterator[tuple[int, int]]:
    """Places of sentences that set a task about nothing that the rest of the text is about."""
    tasks = [(start, end) for start, end in sentences(text) if _is_task(text[start:end])]
    if not 0 < len(tasks) <= MOST_TASKS or len(text.split()) < LEAST_WORDS:
        return
    said = Counter(_stems(text))
    for start, end in tasks:
        asked = Counter(_stems(text[start:end]))
        # What it shares with the rest would be said more often in the whole than in the sentence.
        if asked and all(said[stem] == count for stem, count in asked.items()):
            yield start, end


def _is_task(sentence: str) -> bool:
    return len(sentence) <= LONGEST_TASK and _TASK.match(sentence) is not None


def _stems(text: str) -> Iterator[str]:
    for word in _WORD.findall(text.lower()):
        if word not in _SMALL:
            yield word[:STEM]
