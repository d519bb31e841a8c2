from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from careerforge.people.models import Profile
from careerforge.skills.models import Practice
from coaching.persons.roster import Filters
from coaching.questions.question import is_blank

QUESTION_LIMIT = 2_000


class FilterForm(forms.Form):
    """What the coach wants to see of their people; nonsense in the URL is left out, not an error."""

    q = forms.CharField(label=_("Handle or target role"), required=False, max_length=80)
    practice = forms.ChoiceField(label=_("Specialisation"), required=False)
    seniority = forms.TypedChoiceField(
        label=_("Seniority"),
        required=False,
        coerce=int,
        empty_value=None,
        choices=[("", _("All levels")), *Profile.Seniority.choices],
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        practices = Practice.objects.values_list("slug", "name")
        self.fields["practice"].choices = [("", _("All specialisations")), *practices]  # type: ignore[attr-defined]
        for name, css in (("q", "form-control"), ("practice", "form-select"), ("seniority", "form-select")):
            self.fields[name].widget.attrs["class"] = css

    def filters(self) -> Filters:
        """The filters that made sense."""
        self.is_valid()
        found = self.cleaned_data
        return Filters(found.get("q", ""), found.get("practice", ""), found.get("seniority"))


class QuestionForm(forms.Form):
    """A coach's question about one person."""

    question = forms.CharField(
        label=_("Your question"),
        max_length=QUESTION_LIMIT,
        widget=forms.Textarea(attrs={"rows": 3, "class": "form-control", "data-count": "asked"}),
        error_messages={
            "required": _("Write your question first."),
            "max_length": _("A question may have up to 2,000 characters; this one has %(show_value)s."),
        },
    )
    # The same form sent twice is one question.
    form_key = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, data: Mapping[str, Any] | None = None, **kwargs: Any) -> None:
        # Blanks that nobody sees would be counted below the box.
        data = {**data, "question": data.get("question", "").strip()} if data is not None else None
        super().__init__(data, **kwargs)

    def clean_question(self) -> str:
        """Something that can be seen."""
        question = str(self.cleaned_data["question"])
        if is_blank(question):
            raise forms.ValidationError(self.fields["question"].error_messages["required"], code="required")
        return question
