"""What the machine is given about the person, as the page tells it."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from careerforge.people.models import Position, SkillClaim, User
from learning.models import Step
from learning.paths import path
from learning.roles import target


def knows(owner: User) -> list[tuple[str, str]]:
    """In terms and words: four queries."""
    held = Position.objects.filter(user=owner, ends_on__isnull=True).values_list("role__title", flat=True)
    heading = target.current(owner)
    told = SkillClaim.objects.filter(user=owner, withdrawn_at=None).values("skill").distinct().count()
    # As the path page counts: a milestone is no step, and what is skipped is in no sum.
    steps = [node.step for node in path.outline(owner) if node.step.type != Step.Type.MILESTONE]
    steps = [step for step in steps if step.status != Step.Status.SKIPPED]
    done = sum(step.status == Step.Status.DONE for step in steps)
    return [
        (_("Role"), held.first() or _("Not known")),
        (_("Target"), heading.title if heading else _("None chosen yet")),
        (_("Skills"), ngettext("%(n)s with evidence", "%(n)s with evidence", told) % {"n": told}),
        (_("Path"), _("%(n)s steps, %(done)s done") % {"n": len(steps), "done": done}),
    ]
