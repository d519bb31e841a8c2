"""Forms that the console and the administration share."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _


class ChosenField(forms.TypedMultipleChoiceField):
    """Numbers among what a page has offered; what is not offered any more is left out by the work."""

    def valid_value(self, value: Any) -> bool:
        """Any number: the choices are made by the search, not here."""
        return str(value).isdecimal() and len(str(value)) < 19


class PickForm(forms.Form):
    """The question, and what was chosen among the passages that were found for it."""

    question = forms.CharField(
        label=_("Question"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3, "class": "vLargeTextField"}),
        help_text=_("As somebody would ask it, about nobody: no name, no handle."),
    )
    chunk = ChosenField(coerce=int, required=False)
    # What was shown as it would be kept; the same again is a yes.
    digest = forms.CharField(required=False, widget=forms.HiddenInput)
