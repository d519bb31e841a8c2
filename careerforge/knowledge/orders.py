"""Sentences built like instructions to a model: somebody is told what to answer, to disregard, to be. Pure.

Each rule of :mod:`careerforge.knowledge.order_rules` needs at least two parts of an instruction (who is told,
the order, what it is about) close together in one sentence.
"""

import re
from collections.abc import Iterator

from careerforge.knowledge.order_rules import ANYWHERE, RULES, UNSPACED

# Longer sentences are looked at piece by piece.
LONGEST = 600

_SENTENCE = re.compile(
    rf"[^\n.!?。！？]{{1,{LONGEST}}}(?:\.(?=\w)[^\n.!?。！？]{{0,{LONGEST}}}){{0,4}}[.!?。！？]*"
)
_STEM = re.compile(r"\b\w{1,4}")
_UNSPACED = re.compile(r"[\u3040-\u30ff\u4e00-\u9fff]")

# Rules by the word beginnings of their first need.
_PLACES: dict[str, list[int]] = {}
for _place, _rule in enumerate(RULES):
    for _stem in _rule.needs[0]:
        _PLACES.setdefault(_stem, []).append(_place)


def orders(text: str) -> Iterator[tuple[str, int, int]]:
    """Codes and places of the sentences that are built like an instruction to a model."""
    for code, pattern in ANYWHERE:
        yield from ((code, *match.span()) for match in pattern.finditer(text))
    if _UNSPACED.search(text):
        for pattern in UNSPACED:
            yield from (("override", *match.span()) for match in pattern.finditer(text))
    for start, end in sentences(text):
        sentence = text[start:end]
        found = _order(sentence)
        if found:
            yield found, start, end


def _order(sentence: str) -> str:
    """The code of the first rule that a sentence falls under; empty for none."""
    stems = set(_STEM.findall(sentence.lower()))
    possible = {place for stem in stems for place in _PLACES.get(stem, ())}
    for place in sorted(possible):
        rule = RULES[place]
        if any(stems.isdisjoint(needed) for needed in rule.needs[1:]):
            continue
        if any(pattern.search(sentence) for pattern in rule.patterns):
            return rule.code
    return ""


def is_order(text: str) -> bool:
    """Whether any sentence is one."""
    return next(orders(text), None) is not None


def sentences(text: str) -> Iterator[tuple[int, int]]:
    """Places of sentences, none longer than a few times :data:`LONGEST`."""
    for match in _SENTENCE.finditer(text):
        if not match[0].isspace():
            yield match.span()
