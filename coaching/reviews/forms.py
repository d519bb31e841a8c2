from typing import Any
from uuid import UUID

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from careerforge.assistant.models import Opinion, Review
from careerforge.assistant.reviewing.deciding import LONGEST
from coaching.reviews.listing import Wanted

MOST = 100
STATES = (("", _("Waiting")), ("ended", _("Ended")), ("all", _("All")))


class FilterForm(forms.Form):
    """Which reviews a coach wants to see; nonsense in the URL is left out, not an error."""

    state = forms.ChoiceField(label=_("State"), required=False, choices=STATES)
    kind = forms.ChoiceField(
        label=_("Why it waits"), required=False, choices=[("", _("All kinds")), *Review.Kind.choices]
    )
    mine = forms.BooleanField(label=_("Assigned to me"), required=False)

    def wanted(self) -> Wanted:
        """The filters that made sense."""
        self.is_valid()
        found: dict[str, Any] = self.cleaned_data
        return Wanted(found.get("state", ""), found.get("kind", ""), bool(found.get("mine")))


class AssignForm(forms.Form):
    """Reviews to take over. Any id may be sent: who takes them over leaves out what is not theirs."""

    def __init__(self, data: QueryDict) -> None:
        super().__init__(data)
        self._sent = data.getlist("review")[:MOST]

    def ids(self) -> list[UUID]:
        """The ids that are some."""
        return [found for text in self._sent if (found := _id(text))]


def _id(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


class DecisionForm(forms.Form):
    """What a reviewer says of a draft."""

    do = forms.ChoiceField(choices=Opinion.Verdict.choices)
    reason = forms.CharField(
        label=_("Why"), required=False, max_length=1_000, widget=forms.Textarea(attrs={"rows": 3})
    )
    text = forms.CharField(
        label=_("The changed text"),
        required=False,
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 8}),
    )
    second = forms.BooleanField(
        label=_("Let a second coach look too: it counts only when both agree"), required=False
    )
