import json
from typing import Any

import jmespath
from django import forms
from django.utils.translation import gettext_lazy as _
from jmespath.exceptions import JMESPathError

from careerforge.knowledge.models import Collection
from careerforge.skills.models import Practice
from connectors import connecting, sources
from connectors.connecting import Wish
from connectors.models import Connection


class ConnectionForm(forms.ModelForm[Connection]):
    """A connection, its audience and its write-only secret, checked before anything is stored."""

    audience = forms.ChoiceField(
        label=_("Who may read it"),
        choices=Collection.Audience.choices,
        help_text=_("Acts at once, on answers that were given before too."),
    )
    audience_practice = forms.ModelChoiceField(
        label=_("Practice"), queryset=Practice.objects.none(), required=False
    )
    audience_region = forms.CharField(label=_("Region"), max_length=40, required=False)
    about = forms.ChoiceField(
        label=_("What it is about"),
        choices=Collection.Market.choices,
        initial=Collection.Market.MARKET,
        help_text=_("Our own postings become openings; they never count as demand."),
    )
    items = forms.CharField(
        label=_("Path to the entries"),
        max_length=200,
        required=False,
        help_text=_("For JSON, a JMESPath such as data.jobs. Empty: found by the usual names."),
    )
    fields_map = forms.CharField(
        label=_("Path per field"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_('For JSON, as {"title": "name", "text": "details.body"}. Empty: by the usual names.'),
    )
    header = forms.CharField(
        label=_("Header that carries the secret"), max_length=80, required=False, initial="Authorization"
    )
    secret = forms.CharField(
        label=_("Secret"),
        max_length=2000,
        required=False,
        strip=False,
        widget=forms.PasswordInput(render_value=False, attrs={"autocomplete": "new-password"}),
        help_text=_("Such as “Bearer …”. Write-only: it is never shown again. Empty: unchanged."),
    )

    class Meta:
        model = Connection
        fields = ("name", "kind", "location", "interval_minutes", "paused")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        practice: Any = self.fields["audience_practice"]
        practice.queryset = Practice.objects.all()
        if self.instance.pk and not self.instance._state.adding:
            collection = self.instance.collection
            for name in ("audience", "audience_practice", "audience_region", "about"):
                self.initial.setdefault(name, getattr(collection, name))
            stored = self.instance.settings
            self.initial.setdefault("items", stored.get("items", ""))
            self.initial.setdefault("header", stored.get("header") or "Authorization")
            if stored.get("fields"):
                self.initial.setdefault("fields_map", json.dumps(stored["fields"], indent=1))

    def clean_name(self) -> str:
        """A name that is free, among collections too."""
        name: str = self.cleaned_data["name"]
        taken = Collection.objects.filter(name=name)
        if not self.instance._state.adding:
            taken = taken.exclude(pk=self.instance.collection_id)
        if taken.exists():
            raise forms.ValidationError(_("Another connection or collection has this name."))
        return name

    def clean_items(self) -> str:
        """A path that can be followed."""
        path: str = self.cleaned_data["items"].strip()
        _check_path(path)
        return path

    def clean_fields_map(self) -> dict[str, str]:
        """Field names with paths that can be followed."""
        text = self.cleaned_data["fields_map"].strip()
        try:
            found = json.loads(text) if text else {}
        except ValueError:
            raise forms.ValidationError(_("This is not JSON. Example: {“title”: “name”} with plain quotes.")) from None
        if not isinstance(found, dict) or not all(isinstance(path, str) for path in found.values()):
            raise forms.ValidationError(_("Give one path in quotes per field name."))
        for path in found.values():
            _check_path(path)
        return found

    def clean(self) -> dict[str, Any]:
        """The place may be asked, and an audience of one practice or region names it."""
        data: dict[str, Any] = super().clean() or {}
        if data.get("kind") and data.get("location"):
            problem = sources.problem_with(data["kind"], data["location"])
            if problem:
                self.add_error("location", problem)
        if data.get("audience") == Collection.Audience.PRACTICE and not data.get("audience_practice"):
            self.add_error("audience_practice", _("Choose the practice that may read this."))
        if data.get("audience") == Collection.Audience.REGION and not data.get("audience_region"):
            self.add_error("audience_region", _("Name the region that may read this."))
        return data

    def wish(self) -> Wish:
        """What was asked for, once it is valid."""
        data = self.cleaned_data
        practice = data["audience_practice"]
        return connecting.Wish(
            name=data["name"],
            kind=data["kind"],
            location=data["location"],
            audience=data["audience"],
            audience_practice=practice.slug if practice else "",
            audience_region=data["audience_region"],
            about=data["about"],
            interval_minutes=data["interval_minutes"],
            paused=data["paused"],
            items=data["items"],
            fields=data["fields_map"],
            header=data["header"],
            secret=data["secret"] or None,
        )


def _check_path(path: str) -> None:
    try:
        if path:
            jmespath.compile(path)
    except (JMESPathError, ValueError):
        raise forms.ValidationError(_("This is not a valid JMESPath expression.")) from None
