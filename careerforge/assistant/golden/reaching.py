"""Whether a model can be asked at all now: without one, nothing about words can be proven."""

import os
from collections.abc import Sequence

from django.conf import settings
from django.utils.translation import gettext as _

from careerforge.assistant.golden.changing import Change
from careerforge.gateway import standing
from careerforge.gateway.models import FunctionSwitch
from careerforge.gateway.providers import configured, reachable
from careerforge.gateway.road import STRENGTHS
from careerforge.gateway.standing import Standing
from careerforge.tenancy import context
from careerforge.tenancy.models import Organisation


def lack(change: Change, functions: Sequence[str]) -> dict[str, str]:
    """The functions for which no model can be asked about a change, each with the reason in words."""
    why = _nobody()
    if why:
        return dict.fromkeys(functions, why)
    with change.applied():
        found = {one: _lack(one) for one in functions}
    return {one: why for one, why in found.items() if why}


def _nobody() -> str:
    if not configured(os.environ, allowed=settings.ALLOWED_ORIGINS):
        return _("No language model is set up, so it cannot be proven now.")
    organisation = context.current_id()
    assert organisation is not None
    if not Organisation.objects.filter(pk=organisation, model_allowed=True).exists():
        return _("Language models are switched off for the company, so it cannot be proven now.")
    return ""


def _lack(function: str) -> str:
    found = standing.read(function, STRENGTHS.get(function, "simple"))
    names = {"function": dict(FunctionSwitch.Function.choices).get(function, function)}
    if not found.is_on:
        return _("%(function)s: language models are switched off for it, so it cannot be proven now.") % names
    if not _leads_anywhere(found):
        return _("%(function)s: no language model can be asked, so it cannot be proven now.") % names
    return ""


def _leads_anywhere(found: Standing) -> bool:
    allowed = settings.ALLOWED_ORIGINS
    return not found.chosen or any(reachable(one, os.environ, allowed=allowed) for one in found.offers)
