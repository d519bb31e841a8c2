"""Why a model was asked and its answer is not here, in one sentence."""

from collections.abc import Sequence

from django.utils.translation import gettext as _


def sentence(outcomes: Sequence[str]) -> str:
    """For the person; empty when no model was asked.

    Args:
        outcomes: how the calls ended, as in the ledger; the last one counts.
    """
    why = _why(outcomes[-1]) if outcomes else ""
    return why + " " + _("This is the answer by rules.") if why else ""


def _why(outcome: str) -> str:
    broke_off = _("A language model was asked, and its answer broke off.")
    not_let_in = _("A language model was asked, and its provider does not accept your company’s access.")
    return {
        "unavailable": _("A language model was asked, and its provider could not answer."),
        "rate_limited": _("A language model was asked, and its provider had too many questions."),
        "out_of_money": not_let_in,
        "bad_key": not_let_in,
        "refused": _("A language model was asked, and it declined to answer."),
        "bad_answer": _("A language model was asked, and its answer could not be used."),
        "cut": broke_off,
    }.get(outcome, "")
