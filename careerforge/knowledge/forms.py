from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from careerforge.knowledge.models import Document

LONGEST_QUERY = 300


class SearchForm(forms.Form):
    """What to look for, and among which documents."""

    q = forms.CharField(
        label=_("Words or a question"),
        required=False,
        max_length=LONGEST_QUERY,
        error_messages={
            "max_length": _("A search may have up to 300 characters; this one has %(show_value)s.")
        },
    )
    kind = forms.ChoiceField(
        label=_("Kind"), required=False, choices=[("", _("All kinds")), *Document.Kind.choices]
    )
    region = forms.ChoiceField(label=_("Region"), required=False)
    topic = forms.CharField(label=_("Topic"), required=False, max_length=80)
    since = forms.DateField(label=_("Published from"), required=False)
    until = forms.DateField(label=_("Published until"), required=False)

    def __init__(self, *args: Any, regions: list[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["region"].choices = [  # type: ignore[attr-defined]
            ("", _("All regions")),
            *((region, region) for region in regions),
        ]
        for name in ("since", "until"):
            self.fields[name].error_messages["invalid"] = _("Write a date as 2026-11-30.")

    def clean(self) -> dict[str, Any]:
        """A time that ends before it begins has no documents."""
        cleaned: dict[str, Any] = super().clean() or {}
        since, until = cleaned.get("since"), cleaned.get("until")
        if since and until and until < since:
            self.add_error("until", _("This is before the first day."))
        return cleaned
