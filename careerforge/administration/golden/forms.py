from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from careerforge.administration.base import TenantForm
from careerforge.assistant.golden import apart, gate
from careerforge.people.models import User


class ReasonForm(forms.Form):
    """Why something goes live where nothing proves that it is good; not for who has moved the gate lately.

    Attributes:
        hindrance: why ``by`` may not, in words; empty when they may.
    """

    reason = forms.CharField(
        label=gettext_lazy("Why it goes live without proof"),
        min_length=10,
        max_length=300,
        widget=forms.TextInput(attrs={"class": "vTextField"}),
        help_text=gettext_lazy("It is shown beside it, and kept in the audit log with your handle."),
    )

    def __init__(self, data: Any = None, *, by: User) -> None:
        super().__init__(data)
        self.hindrance = apart.hindrance(by, timezone.now())

    def clean(self) -> dict[str, Any]:
        """Refused as a whole for who has moved the gate."""
        if self.hindrance:
            raise forms.ValidationError(self.hindrance)
        return super().clean() or {}


class BarForm(TenantForm):
    """A bar that cannot be put where no set reaches it."""

    def clean_fewest(self) -> int:
        """No more than there are questions, but always as many as a company begins with."""
        fewest, most = int(self.cleaned_data["fewest"]), gate.most_needed()
        if fewest > most:
            why = _("At most %(most)s: a bar that the golden set cannot reach would prove nothing.")
            raise forms.ValidationError(why % {"most": most})
        return fewest
