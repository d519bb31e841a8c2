"""Looks for the sentences of a text that are built like orders to a model."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from careerforge.knowledge.quarantine.orders import (
    addressing,
    answers,
    doing,
    overriding,
    prompts,
    roles,
    scores,
    tongues,
)
from careerforge.knowledge.quarantine.orders.marks import MARKS
from careerforge.knowledge.quarantine.orders.setting import Setting, is_about, is_quoted, outside

# Longer sentences are looked at piece by piece.
LONGEST = 600

FAMILIES = (overriding, tongues, roles, answers, prompts, scores, doing, addressing)
RULES = tuple(rule for family in FAMILIES for rule in family.RULES)

_SENTENCE = re.compile(
    rf"[^\n.!?。！？]{{1,{LONGEST}}}(?:\.(?=\w)[^\n.!?。！？]{{0,{LONGEST}}}){{0,4}}[.!?。！？]*"
)
_STEM = re.compile(r"\b\w{1,4}")
_UNSPACED = re.compile(r"[\u3040-\u30ff\u4e00-\u9fff]")
# Code that a sentence announces belongs to it.
_FENCED = re.compile(r"[\s:]{0,9}```[^`]{0,4000}(?:```)?")

# Rules by the word beginnings of their first need.
_PLACES: dict[str, list[int]] = {}
for _place, _rule in enumerate(RULES):
    for _stem in _rule.needs[0]:
        _PLACES.setdefault(_stem, []).append(_place)


@dataclass(frozen=True, slots=True)
class _Order:
    code: str
    start: int
    end: int
    ordinary: tuple[Setting, ...] = ()
    # Where the words are that must be quoted to be ordinary.
    words: tuple[int, int] | None = None


def orders(text: str) -> list[tuple[str, int, int]]:
    """Codes and places of the sentences that are built like an instruction to a model, and that do not
    belong to what the text is about. Linear in its length.
    """
    found = [*_marks(text), *_sentences(text)]
    # One piece of code that a sentence wants taken over says nothing about the rest; several are a lesson.
    alone = sum(one.code == "code" for one in found) == 1
    places = [_whole(text, one) if alone else (one.start, one.end) for one in found]
    rest = outside(text, places)
    about = {setting: is_about(setting, text, rest) for setting in {s for one in found for s in one.ordinary}}
    return [(one.code, one.start, one.end) for one in found if not _is_ordinary(one, text, about)]


def is_order(text: str) -> bool:
    """Whether any sentence is one."""
    return bool(orders(text))


def sentences(text: str) -> Iterator[tuple[int, int]]:
    """Places of sentences, without the space before them, none longer than a few times :data:`LONGEST`."""
    for match in _SENTENCE.finditer(text):
        said = match[0].lstrip()
        if said:
            yield match.end() - len(said), match.end()


def _marks(text: str) -> Iterable[_Order]:
    for mark in MARKS:
        yield from (_Order(mark.code, *match.span(), mark.ordinary) for match in mark.pattern.finditer(text))
    if _UNSPACED.search(text):
        for pattern in tongues.UNSPACED:
            yield from (_Order("override", *match.span()) for match in pattern.finditer(text))


def _sentences(text: str) -> Iterable[_Order]:
    for start, end in sentences(text):
        yield from _order(text[start:end], start, end)


def _order(sentence: str, start: int, end: int) -> Iterator[_Order]:
    """The rules that a sentence falls under, up to the first that holds everywhere."""
    stems = set(_STEM.findall(sentence.lower()))
    possible = {place for stem in stems for place in _PLACES.get(stem, ())}
    for place in sorted(possible):
        rule = RULES[place]
        if any(stems.isdisjoint(needed) for needed in rule.needs[1:]):
            continue
        match = next(filter(None, (pattern.search(sentence) for pattern in rule.patterns)), None)
        if match:
            words = (start + match.start(), start + match.end()) if rule.quoted else None
            yield _Order(rule.code, start, end, rule.ordinary, words)
            if not rule.ordinary:
                return


def _whole(text: str, order: _Order) -> tuple[int, int]:
    code = _FENCED.match(text, order.end) if order.code == "code" else None
    return order.start, code.end() if code else order.end


def _is_ordinary(order: _Order, text: str, about: dict[Setting, bool]) -> bool:
    if not any(about[setting] for setting in order.ordinary):
        return False
    return order.words is None or is_quoted(text, *order.words)
