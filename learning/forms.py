from django import forms
from django.utils.translation import gettext_lazy as _

from learning.gaps.own_word import LEVELS, USED
from learning.models import Step


class StepForm(forms.Form):
    """What somebody does with a step."""

    do = forms.ChoiceField(
        choices=[(act, act) for act in ("start", "finish", "skip", "reopen")],
        error_messages={"required": _("Choose what to do with this step.")},
    )
    reason = forms.ChoiceField(choices=Step.SkipReason.choices, required=False)
    # Begin although a step that comes first is open.
    anyway = forms.BooleanField(required=False)

    def clean(self) -> dict[str, str]:
        """Skipping says why."""
        data = super().clean() or {}
        if data.get("do") == "skip" and not data.get("reason"):
            self.add_error("reason", _("Choose a reason. It changes what is suggested next."))
        return data


class HoursForm(forms.Form):
    """How many hours a week somebody learns, by their own word."""

    hours = forms.IntegerField(
        label=_("Hours a week"),
        min_value=0,
        max_value=40,
        error_messages={
            "min_value": _("Hours a week are a number from 0 to 40."),
            "max_value": _("Hours a week are a number from 0 to 40."),
            "invalid": _("Hours a week are a number from 0 to 40."),
            "required": _("Say how many hours a week, from 0 to 40."),
        },
    )


class TellForm(forms.Form):
    """What somebody says of one of their skills."""

    level = forms.TypedChoiceField(
        label=_("How well do you do it?"),
        choices=LEVELS,
        coerce=int,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose the level that fits best.")},
    )
    used = forms.ChoiceField(
        label=_("When did you last use it?"),
        choices=[(key, label) for key, label, _months in USED],
        widget=forms.RadioSelect,
        initial="still",
        error_messages={"required": _("Say when you last used it.")},
    )
