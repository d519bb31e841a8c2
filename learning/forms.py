from django import forms
from django.utils.translation import gettext_lazy as _

from learning.models import Step


class StepForm(forms.Form):
    """What somebody does with a step."""

    do = forms.ChoiceField(
        choices=[(act, act) for act in ("start", "finish", "skip", "reopen")],
        error_messages={"required": _("Choose what to do with this step.")},
    )
    reason = forms.ChoiceField(choices=Step.SkipReason.choices, required=False)

    def clean(self) -> dict[str, str]:
        """Skipping says why."""
        data = super().clean() or {}
        if data.get("do") == "skip" and not data.get("reason"):
            self.add_error("reason", _("Choose a reason. It changes what is suggested next."))
        return data
