"""What no answer may say, what no model answers, and what of a model's text may be a link.

:func:`judge` looks at each sentence that a model or a person in somebody's name has written, before anybody
sees it. :func:`out_of_scope` is asked before anything else is done with a question.
"""

from careerforge.assistant.policy.handover import Contact, Handover, is_urgent, out_of_scope
from careerforge.assistant.policy.judging import Action, Verdict, judge

# Counts up with every rule that decides otherwise: answers that were kept under another one are not found.
VERSION = "policy-4"

__all__ = ["VERSION", "Action", "Contact", "Handover", "Verdict", "is_urgent", "judge", "out_of_scope"]
