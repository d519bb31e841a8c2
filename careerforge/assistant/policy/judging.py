"""Judge one sentence before anybody sees it. Pure."""

from dataclasses import dataclass
from enum import StrEnum

from careerforge.assistant.policy import character, claims, foreign, grounds, likeness, links

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
        rule: ``length``, ``unseen``, ``link``, ``code``, ``order``, ``itself``, ``character``,
            ``trait:`` and which, ``trait`` by likeness alone, or ``ground`` when nothing of work is named.
    """

    action: Action = Action.OK
    rule: str = ""

    @property
    def is_ok(self) -> bool:
        """Whether it may be shown."""
        return self.action is Action.OK


FINE = Verdict()
NOTHING = likeness.Likeness()


def judge(sentence: str) -> Verdict:
    """What becomes of a sentence that a model wrote, or a person edited, before anybody else sees it.

    What names a trait outright and judges somebody by it is struck; what only may stand for one, or names one
    without a judgement, is for a person to look at.
    """
    if rule := _has_no_business(sentence):
        return Verdict(Action.STRIKE, rule)
    return _of_a_person(sentence)


def _of_a_person(sentence: str) -> Verdict:
    """What is claimed of somebody: by the words for it, by its meaning, by what it leaves out."""
    kind, is_outright = claims.trait_in(sentence)
    is_said = not claims.is_denied(sentence) and not sentence.rstrip().endswith("?")
    meaning = likeness.likeness(sentence) if is_said else NOTHING
    if kind and not meaning.is_clear:
        return Verdict(Action.STRIKE if is_outright else Action.REVIEW, f"trait:{kind}")
    if character.infers(sentence):
        return Verdict(Action.STRIKE, "character")
    if meaning.is_alike:
        return Verdict(Action.REVIEW, "trait")
    is_groundless = is_said and not meaning.is_clear and grounds.lacks_work(sentence)
    return Verdict(Action.REVIEW, "ground") if is_groundless else FINE


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
    )
    return next((name for name, breaks in rules if breaks(sentence)), "")
