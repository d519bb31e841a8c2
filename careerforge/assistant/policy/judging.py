"""Judge one sentence before anybody sees it. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from careerforge.assistant.policy import (
    character,
    claims,
    departing,
    foreign,
    grounds,
    likeness,
    links,
    luring,
)
from careerforge.assistant.policy.likeness import Likeness

# A sentence of more characters is none.
LONGEST = 1500


class Action(StrEnum):
    """What becomes of a sentence."""

    OK = "ok"
    # Shown to nobody, counted as left out.
    STRIKE = "strike"
    # Waits for a person; where nobody reviews, such as in a private chat, it is left out.
    REVIEW = "review"


@dataclass(frozen=True, slots=True)
class Verdict:
    """What becomes of a sentence, and by which rule; the rule is empty when it is shown.

    Attributes:
        rule: ``length``, ``unseen``, ``link``, ``code``, ``order``, ``itself``, ``luring``,
            ``departing``, ``character``, ``trait:`` and which, ``trait`` by likeness alone, or ``ground``
            when nothing of work is named.
    """

    action: Action = Action.OK
    rule: str = ""

    @property
    def is_ok(self) -> bool:
        """Whether it may be shown."""
        return self.action is Action.OK


FINE = Verdict()


@dataclass(frozen=True, slots=True)
class Case:
    """A sentence that words alone do not decide.

    Attributes:
        kind: the trait that it judges somebody by; empty for none.
        is_outright: whether that is named.
        lacks_work: whether it concludes something on a ground that names nothing of work.
    """

    sentence: str
    kind: str
    is_outright: bool
    lacks_work: bool


def judge(sentence: str) -> Verdict:
    """What becomes of a sentence that a model wrote, or a person edited, before anybody else sees it.

    What names a trait outright and judges somebody by it is struck; what only may stand for one, or names one
    without a judgement, is for a person to look at.
    """
    return judge_all([sentence])[0]


def judge_all(sentences: Sequence[str]) -> list[Verdict]:
    """The same for several at once, which takes less time than one after the other."""
    found = [_by_words(one) for one in sentences]
    open_ = [one.sentence for one in found if isinstance(one, Case)]
    meanings = dict(zip(open_, likeness.likeness(open_), strict=True))
    return [_by_meaning(one, meanings[one.sentence]) if isinstance(one, Case) else one for one in found]


def _by_words(sentence: str) -> Verdict | Case:
    """Everything that costs next to nothing; few sentences of work are left for their meaning."""
    if rule := _has_no_business(sentence):
        return Verdict(Action.STRIKE, rule)
    kind, is_outright = claims.trait_in(sentence)
    is_said = not claims.is_denied(sentence) and not sentence.rstrip().endswith("?")
    if kind and not is_said:
        return _trait(kind, is_outright)
    if not kind and character.infers(sentence):
        return Verdict(Action.STRIKE, "character")
    lacks_work = is_said and grounds.lacks_work(sentence)
    if kind or lacks_work or (is_said and claims.could_be_one(sentence)):
        return Case(sentence, kind, is_outright, lacks_work)
    return FINE


def _by_meaning(case: Case, meaning: Likeness) -> Verdict:
    """What its meaning says of a sentence, beside its words."""
    if case.kind and not meaning.is_clear:
        return _trait(case.kind, case.is_outright)
    if case.kind and character.infers(case.sentence):
        return Verdict(Action.STRIKE, "character")
    if meaning.is_alike and claims.could_be_one(case.sentence):
        return Verdict(Action.REVIEW, "trait")
    return Verdict(Action.REVIEW, "ground") if case.lacks_work and not meaning.is_clear else FINE


def _trait(kind: str, is_outright: bool) -> Verdict:
    return Verdict(Action.STRIKE if is_outright else Action.REVIEW, f"trait:{kind}")


def _has_no_business(sentence: str) -> str:
    """The rule by which a text is no sentence of an answer; empty when it may be one."""
    if len(sentence) > LONGEST:
        return "length"
    rules = (
        ("unseen", foreign.has_unseen),
        ("link", links.holds_one),
        ("code", foreign.is_code),
        ("itself", foreign.is_about_itself),
        ("order", foreign.is_order),
        ("luring", luring.is_one),
        ("departing", departing.is_advised),
    )
    return next((name for name, breaks in rules if breaks(sentence)), "")
