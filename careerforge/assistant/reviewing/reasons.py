"""Why something waits for a human: codes on the row, words on the page."""

from collections.abc import Sequence

from django.utils.translation import gettext_lazy as _

FEW_SUPPORTED = "few_supported"
RUNS_DISAGREE = "runs_disagree"
FIRST_PATH = "first_path"
TARGET_CHANGE = "target_change"
IN_YOUR_NAME = "in_your_name"
POLICY = "policy"
NOT_THEIRS = "not_theirs"

WORDS = {
    FEW_SUPPORTED: _("Under 70% of its sentences are supported by a source."),
    RUNS_DISAGREE: _("Two runs of the model did not agree."),
    FIRST_PATH: _("It is this person’s first path in a model’s words."),
    TARGET_CHANGE: _("It proposes another target role, which the person has not chosen."),
    IN_YOUR_NAME: _("It goes to the person in a coach’s name."),
    NOT_THEIRS: _("It names no gap, level, step or target of this person."),
    POLICY: _("It may say something about a person that nobody should decide by."),
}


def words(why: Sequence[str]) -> list[str]:
    """In words, without what this version does not know; a rule's name may follow ``policy:``."""
    known = dict.fromkeys(code.partition(":")[0] for code in why)
    return [str(WORDS[code]) for code in known if code in WORDS]
