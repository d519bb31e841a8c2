import json
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from careerforge.knowledge.models import Collection
from careerforge.people.models import User
from careerforge.skills.models import Practice
from connectors import wishes
from connectors.credentials import AUTHORIZATION, Auth
from connectors.kinds import registry
from connectors.models import Connection
from connectors.wishes import Wish

if TYPE_CHECKING:
    ModelForm = forms.ModelForm[Connection]
else:
    ModelForm = forms.ModelForm

# Where a part of the wish stands in the form, if under another name.
_FIELDS = {"fields": "fields_map"}


class ConnectionForm(ModelForm):
    """A connection, its audience and its write-only secret, checked before anything is stored."""

    # Who fills it in; the admin sets it on a class of its own for each request.
    user: User

    kind = forms.ChoiceField(label=_("Kind"), choices=registry.choices)
    audience = forms.ChoiceField(
        label=_("Audience"),
        choices=Collection.Audience.choices,
        help_text=_("Acts at once, on answers that were given before too."),
    )
    audience_practice = forms.ModelChoiceField(
        label=_("Practice"),
        queryset=Practice.objects.none(),
        required=False,
        help_text=_("For the audience of one practice."),
    )
    audience_region = forms.CharField(
        label=_("Region"), max_length=40, required=False, help_text=_("For the audience of one region.")
    )
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
        help_text=_("A JMESPath such as data.jobs. Empty: found by the usual names."),
    )
    fields_map = forms.CharField(
        label=_("Path per field"),
        max_length=4000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_('Such as {"title": "name", "text": "details.body"}. Empty: by the usual names.'),
    )
    header = forms.CharField(
        label=_("Header that carries the secret"), max_length=80, required=False, initial=AUTHORIZATION
    )
    secret = forms.CharField(
        label=_("Secret"),
        max_length=2000,
        required=False,
        strip=False,
        widget=forms.PasswordInput(render_value=False, attrs={"autocomplete": "new-password"}),
        help_text=_(
            "Such as “Bearer …”. It is never shown again, so type it anew after an error. Empty: unchanged."
        ),
    )
    forget_secret = forms.BooleanField(label=_("Forget the stored secret"), required=False)

    class Meta:
        model = Connection
        fields = ("name", "kind", "location", "interval_minutes", "paused")
        widgets = {"location": forms.TextInput(attrs={"class": "vLargeTextField", "autocomplete": "off"})}
        help_texts = {
            "location": _("An address, the name of a job board, or a folder that the operator has opened."),
            "interval_minutes": _("From 5 minutes to a week (10,080 minutes)."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        practice: Any = self.fields["audience_practice"]
        practice.queryset = Practice.objects.all()
        if self.is_new:
            del self.fields["forget_secret"]
            return
        collection, stored = self.instance.collection, self.instance.settings
        for name in ("audience", "audience_practice", "audience_region", "about"):
            self.initial.setdefault(name, getattr(collection, name))
        self.initial.setdefault("items", stored.get("items", ""))
        self.initial.setdefault("header", Auth.of(self.instance.auth).header or AUTHORIZATION)
        if stored.get("fields"):
            self.initial.setdefault("fields_map", json.dumps(stored["fields"], indent=1))
        if not self.instance.sealed_secret:
            del self.fields["forget_secret"]

    @property
    def is_new(self) -> bool:
        """Whether a connection is added."""
        return bool(self.instance._state.adding)

    def clean_fields_map(self) -> dict[str, str]:
        """Field names with a path each."""
        text = self.cleaned_data["fields_map"].strip()
        try:
            found = json.loads(text) if text else {}
        except (ValueError, RecursionError):
            raise forms.ValidationError(_('This is not JSON. It looks like {"title": "name"}.')) from None
        if not isinstance(found, dict) or not all(isinstance(path, str) for path in found.values()):
            raise forms.ValidationError(_("Give one path in quotes per field name."))
        return found

    def clean(self) -> dict[str, Any]:
        """Everything that speaks against the wish, at its field."""
        data: dict[str, Any] = super().clean() or {}
        if data.get("kind") and data.get("location"):
            for refusal in wishes.problems(self.user, self.wish(), None if self.is_new else self.instance):
                name = _FIELDS.get(refusal.field_name, refusal.field_name)
                if name not in self.errors:
                    self.add_error(name if name in self.fields else None, str(refusal))
        return data

    def _post_clean(self) -> None:
        """The work module makes the row; checking a half-made one against the database would say things
        twice.
        """

    def wish(self) -> Wish:
        """What is asked for; parts that are not valid have their usual value."""
        data = self.cleaned_data
        practice = data.get("audience_practice")
        secret = data.get("secret") or ("" if data.get("forget_secret") else None)
        return Wish(
            name=data.get("name", ""),
            kind=data["kind"],
            location=data["location"].strip(),
            audience=data.get("audience", ""),
            audience_practice=practice.slug if practice else "",
            audience_region=data.get("audience_region", "").strip(),
            about=data.get("about", ""),
            interval_minutes=data.get("interval_minutes") or wishes.SHORTEST_INTERVAL,
            paused=data.get("paused", False),
            settings=self._settings(data),
            auth=self._auth(data),
            secret=secret,
        )

    def _settings(self, data: dict[str, Any]) -> dict[str, Any]:
        """The kind's own; what this form does not show stays as it is."""
        names = {field.name for field in registry.find(data["kind"]).fields}
        kept = self.instance.settings if self.instance.kind == data["kind"] else {}
        asked = {"items": data.get("items", "").strip(), "fields": data.get("fields_map", {})}
        return {name: value for name, value in (kept | asked).items() if name in names or value}

    def _auth(self, data: dict[str, Any]) -> Auth:
        """The way in a header; another one that was chosen elsewhere stays as it is."""
        stored = Auth() if self.is_new else Auth.of(self.instance.auth)
        header = data.get("header", "").strip()
        return replace(stored, header="" if header == AUTHORIZATION else header)
