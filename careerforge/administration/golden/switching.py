"""Whether an index generation may be switched to, by what the golden set says of it."""

from typing import Any

from django.http import HttpRequest

from careerforge.administration.golden.forms import ReasonForm
from careerforge.assistant.golden import gate
from careerforge.assistant.golden.changing import Change
from careerforge.assistant.golden.gate import Verdict


def verdict_of(generation: int) -> Verdict:
    """Of a generation in place of the live one."""
    return gate.verdict(Change(generation=generation))


def form_of(request: HttpRequest, verdict: Verdict) -> ReasonForm | None:
    """The field for a reason, where one is needed."""
    who: Any = request.user
    return ReasonForm(request.POST or None, by=who) if verdict.needs_reason else None


def reason_of(form: ReasonForm | None, verdict: Verdict) -> str | None:
    """The reason, empty where none is needed; None while it may not be switched."""
    if not verdict.may_go_live or (form is not None and not form.is_valid()):
        return None
    return str(form.cleaned_data["reason"]) if form else ""
