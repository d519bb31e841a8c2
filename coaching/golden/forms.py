from django import forms
from django.utils.translation import gettext_lazy as _


class MarkForm(forms.Form):
    """The question in the coach's words, and the key of what was shown as it would be kept."""

    question = forms.CharField(label=_("Question"), max_length=2000)
    key = forms.CharField(max_length=64, required=False)
