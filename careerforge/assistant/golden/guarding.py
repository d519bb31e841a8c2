"""What the golden sets of all companies have against another index generation."""

from django.utils.translation import gettext as _

from careerforge.assistant.golden import gate, running
from careerforge.assistant.golden.changing import Change
from careerforge.jobs.queue import enqueue
from careerforge.knowledge.models import IndexGeneration
from careerforge.people.models import Grant, User
from careerforge.tenancy import context
from careerforge.tenancy.models import Organisation


def objection(generation: IndexGeneration) -> str:
    """Why no job and no command may go over to a generation; empty when they may.

    A set that is too small to prove anything has nothing against it: then the comparison of both indexes
    decides. One that has not been asked yet is asked now, and the next try finds what came of it.
    """
    for organisation in Organisation.objects.order_by("pk").values_list("pk", flat=True):
        with context.organisation(organisation):
            found = gate.verdict(Change(generation=generation.pk))
            if found.standing == "unasked":
                _ask(generation)
        if found.standing in ("below", "unasked"):
            return _("Generation %(number)s: %(why)s") % {"number": generation.pk, "why": found.why}
    return ""


def _ask(generation: IndexGeneration) -> None:
    kinds = (Grant.Kind.ADMIN_PLATFORM, Grant.Kind.COACH)
    active = User.objects.filter(state=User.State.ACTIVE, grants__kind__in=kinds)
    by = active.order_by("pk").first()
    if by and running.questions():
        # Without anybody who asked: nobody is told of its end.
        enqueue("assistant.ask_golden", key=f":{generation.pk}", by=str(by.pk), generation=generation.pk)
