"""What the golden sets of all companies have against another index generation."""

from django.db import connection
from django.utils.translation import gettext as _

from careerforge.assistant.golden import gate, queueing
from careerforge.assistant.golden.changing import Change
from careerforge.assistant.prompts.holding import hold_live
from careerforge.knowledge.models import IndexGeneration
from careerforge.tenancy import context
from careerforge.tenancy.models import Organisation


def objection(generation: IndexGeneration) -> str:
    """Why no job and no command may go over to a generation; empty when they may.

    A set that is too small to prove anything has nothing against it: then the comparison of both indexes
    decides. One that has not been asked yet is asked now, and the next try finds what came of it. Until the
    caller's transaction ends nothing else goes live.
    """
    if connection.in_atomic_block:
        hold_live()
    for organisation in Organisation.objects.order_by("pk").values_list("pk", flat=True):
        with context.organisation(organisation):
            found = gate.verdict(Change(generation=generation.pk))
            if found.standing == "unasked":
                queueing.ask_unbidden(generation=generation.pk)
        if found.standing in ("below", "unasked"):
            return _("Generation %(number)s: %(why)s") % {"number": generation.pk, "why": found.why}
    return ""
