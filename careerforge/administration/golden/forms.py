from django import forms
from django.utils.translation import gettext_lazy as _


class ReasonForm(forms.Form):
    """Why something goes live where nothing proves that it is good."""

    reason = forms.CharField(
        label=_("Why it goes live without proof"),
        min_length=10,
        max_length=300,
        widget=forms.TextInput(attrs={"class": "vTextField"}),
        help_text=_("It is shown beside it, and kept in the audit log with your handle."),
    )
