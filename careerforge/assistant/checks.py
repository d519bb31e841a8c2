"""The checks that several results share, and all of them in words. Pure."""

from collections.abc import Callable, Collection, Iterable, Sequence
from typing import TypeVar

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from pydantic import BaseModel

from careerforge.assistant.contrast import has_number
from careerforge.assistant.frame import AGREEMENT, BY_SCHEMA, Check
from careerforge.assistant.policy.judging import Action, judge_all
from careerforge.assistant.policy.links import holds_one
from careerforge.assistant.sentences import sentences
from careerforge.assistant.terms import Number, terms

T = TypeVar("T", bound=BaseModel)
# The texts of an answer that people read.
Texts = Callable[[T], Iterable[str]]
# The same, each with everything that it may rest on.
Pairs = Callable[[T], Iterable[tuple[str, str]]]

WORDS: dict[str, str | Promise] = {
    BY_SCHEMA: _("It has the shape that was asked for."),
    "offered": _("Everything in it is one of the things that the rules had offered."),
    "prerequisites": _("What has to come first exists, forms no circle, and keeps the order of the rules."),
    "complete": _("Nothing that the rules require is missing."),
    "hours": _("Hours are within the catalogue’s; the figures shown are computed."),
    "resources": _("Every resource is a row of the catalogue."),
    "numbers": _("Every number stands in what was given."),
    "links": _("It holds no link."),
    "policy": _("It claims nothing about anybody’s health, family, belief, age or origin."),
    "support": _("Every sentence shown is supported by what was given."),
    AGREEMENT: _("A second answer agreed with the first."),
}


def in_words(names: Iterable[str]) -> list[str]:
    """Stored names of checks as sentences, in the reader's language, without those not known any more."""
    return [str(WORDS[name]) for name in names if name in WORDS]


def offered(ids: Callable[[T], Iterable[str]], known: Collection[str]) -> Check[T]:
    """Every id is one that was offered, and stands there once."""

    def problems(parsed: T) -> list[str]:
        named = list(ids(parsed))
        return [f'"{one}" is no id of the data.' for one in named if one not in known] + [
            f'"{one}" is there twice.' for one in sorted({one for one in named if named.count(one) > 1})
        ]

    return Check("offered", problems)


def without_links(texts: Texts[T]) -> Check[T]:
    """No address and no markup."""
    return Check(
        "links", lambda parsed: ["Write no address and no markup."] * any(map(holds_one, texts(parsed)))
    )


def within_policy(texts: Texts[T]) -> Check[T]:
    """No sentence that nobody may be shown. One that a person has to look at is for the caller to hand on."""

    def problems(parsed: T) -> list[str]:
        struck = any(verdict is Action.STRIKE for text in texts(parsed) for verdict in verdicts(text))
        return ["Leave out what is said about a person's private life."] * struck

    return Check("policy", problems)


def verdicts(text: str) -> list[Action]:
    """What becomes of each sentence of a text."""
    return [verdict.action for verdict in judge_all([sentence.text for sentence in sentences(text)])]


def numbers_stated(pairs: Pairs[T]) -> Check[T]:
    """Every number of a text, with its unit, stands in what the text may rest on."""

    def problems(parsed: T) -> list[str]:
        return [
            f"The number {number.value} {number.unit}".rstrip() + " does not stand in the data."
            for text, ground in pairs(parsed)
            for number in unknown_numbers(text, ground)
        ]

    return Check("numbers", problems)


def unknown_numbers(text: str, ground: str) -> Sequence[Number]:
    """Numbers of a text that its ground does not hold. A unit that only one of the two names is forgiven."""
    known = terms(ground)
    return sorted(
        (number for number in terms(text).numbers if not has_number(number, known)),
        key=lambda number: (number.value, number.unit),
    )
