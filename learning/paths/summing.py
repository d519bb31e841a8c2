"""How much there is to do on a path, in one sentence. Pure."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from careerforge.design import words


def sentence(role: str, steps: int, hours: int, phases: int) -> str:
    """Steps, phases and hours to a role by its title."""
    if not steps:
        return _("You are at level in everything that %(role)s asks for.") % {"role": role}
    return ngettext(
        "%(count)s step to %(role)s, about %(hours)s.",
        "%(count)s steps to %(role)s in %(phases)s phases, about %(hours)s.",
        steps,
    ) % {"count": steps, "role": role, "hours": words.hours(hours), "phases": phases}
