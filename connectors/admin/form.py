"""The form of a connection: the fields of its kind, and no others."""

import re
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from careerforge.knowledge.models import Collection
from careerforge.people.models import User
from careerforge.skills.models import Practice
from connectors import wishes
from connectors.admin import own_fields, regions, roots, ways
from connectors.admin.starting import Start
from connectors.kinds import registry
from connectors.kinds.kind import Kind
from connectors.models import Connection
from connectors.secrecy.credentials import Auth, Mode
from connectors.wishes import Wish

# What a well-known source leaves to be filled in.
_BLANK = re.compile(r"\{[^{}\n]{1,40}\}")


class ConnectionForm(forms.Form):
    """A connection, its audience and its write-only secret, checked before anything is stored.

    Args:
        user: who fills it in.
        connection: the one that is changed; None for a new one.
        start: what a new one begins with.
    """

    name = forms.CharField(label=_("Name"), max_length=120)
    location = forms.CharField(max_length=2000, widget=forms.TextInput(attrs=own_fields.WIDE))
    about = forms.ChoiceField(
        label=_("What it is about"),
        choices=Collection.Market.choices,
        help_text=_("Our own postings become openings; they never count as demand."),
    )
    audience = forms.ChoiceField(
        label=_("Audience"),
        choices=Collection.Audience.choices,
        help_text=_("Acts at once, on answers that were given before too."),
    )
    audience_practice = forms.ModelChoiceField(
        label=_("Practice"),
        queryset=Practice.objects.none(),
        required=False,
        help_text=_(
            "The people who belong to this practice themselves. A coach reads it only as one of them, not "
            "because people in their care belong to it."
        ),
    )
    audience_region = forms.CharField(
        label=_("Region"),
        max_length=40,
        required=False,
        widget=forms.Select,
        help_text=_("The people whose profile names this region. Only regions that somebody has are here."),
    )
    interval_minutes = forms.IntegerField(
        label=_("Ask every (minutes)"), help_text=_("From 5 minutes to a week (10,080 minutes).")
    )
    owner = forms.ModelChoiceField(
        label=_("Owner"),
        queryset=User.objects.none(),
        to_field_name="handle",
        required=False,
        empty_label=_("As it is now"),
        help_text=_("Is told once when it has been unhealthy for 24 hours."),
    )
    paused = forms.BooleanField(label=_("Paused"), required=False)

    def __init__(
        self,
        data: Any,
        *,
        user: User,
        kind: Kind,
        connection: Connection | None = None,
        start: Start | None = None,
    ) -> None:
        super().__init__(data)
        self.user, self.kind, self.connection = user, kind, connection
        self._choices()
        self.fields |= own_fields.made(kind.fields)
        if kind.is_remote:
            self.fields |= ways.made()
        self._place()
        self.initial = self._stored(connection) if connection else self._started(start or Start())
        if connection is not None and connection.sealed_secret:
            self._has_secret()

    def _choices(self) -> None:
        practice: Any = self.fields["audience_practice"]
        practice.queryset = Practice.objects.all()
        owner: Any = self.fields["owner"]
        owner.queryset = wishes.owners().distinct().order_by("handle")
        owner.label_from_instance = self._called
        if self.connection is None:
            owner.empty_label = _("Nobody")
        region: Any = self.fields["audience_region"]
        region.widget.choices = regions.choices(self.connection)

    def _called(self, one: User) -> str:
        """A handle; the own one says so."""
        return str(_("Me (%(handle)s)") % {"handle": one.handle}) if one == self.user else one.handle

    def _place(self) -> None:
        """Files that are handed in come from nowhere, and nobody asks for them."""
        if self.kind.key in registry.BY_HAND:
            for name in ("location", "interval_minutes", "paused"):
                del self.fields[name]
            return
        field = self.fields["location"]
        field.label = _("Address") if self.kind.is_remote else _("Folder")
        field.help_text = self.kind.help
        if self.kind.key == "folder":
            field.help_text = roots.told(self.user)
        if len(self.kind.presets) == 1:
            field.widget.attrs["placeholder"] = self.kind.presets[0].location

    def _has_secret(self) -> None:
        self.fields["secret"].help_text = _(
            "One is stored; empty leaves it as it is. Another scheme, host or port of the address, or of the "
            "address that gives out tokens, forgets it: type it anew then."
        )
        self.fields["forget_secret"] = forms.BooleanField(label=_("Forget the stored secret"), required=False)

    def _started(self, start: Start) -> dict[str, Any]:
        first: dict[str, Any] = {"name": start.name, "location": start.location, "about": start.about}
        first |= {"audience": Collection.Audience.EVERYONE, "owner": self.user.handle}
        first |= {"interval_minutes": start.interval_minutes}
        return first | ways.initial(start.auth) | self._shown(start.settings)

    def _stored(self, connection: Connection) -> dict[str, Any]:
        collection, ownership = connection.collection, getattr(connection, "ownership", None)
        names = ("name", "location", "interval_minutes", "paused")
        first = {name: getattr(connection, name) for name in names}
        names = ("audience", "audience_practice", "audience_region", "about")
        first |= {name: getattr(collection, name) for name in names}
        first["owner"] = ownership.user.handle if ownership else ""
        return first | ways.initial(Auth.of(connection.auth)) | self._shown(connection.settings)

    def clean_location(self) -> str:
        """A folder may be named from the only one that is open."""
        given = str(self.cleaned_data["location"])
        return roots.completed(given, self.user) if self.kind.key == "folder" else given

    @staticmethod
    def _shown(settings: Any) -> dict[str, Any]:
        return {own_fields.PREFIX + name: value for name, value in settings.items()}

    def clean(self) -> dict[str, Any]:
        """Everything that speaks against the wish, at its field."""
        data: dict[str, Any] = super().clean() or {}
        for name in ("location", "extra", "token_url"):
            blank = _BLANK.search(str(data.get(name) or "")) if self.kind.is_remote else None
            if blank and self._is_asked(name, data):
                self.add_error(name, _("Put your own in place of %(blank)s.") % {"blank": blank[0]})
        if data.get("way") == Mode.OAUTH2 and not data.get("secret") and not self._keeps_secret(data):
            self.add_error("secret", _("Fill in the client’s secret: without it no token is given out."))
        for refusal in wishes.problems(self.user, self.wish(), self.connection):
            name = self._name_of(refusal.field_name, data)
            if name not in self.errors:
                self.add_error(name if name in self.fields else None, str(refusal))
        if self.kind.key == "folder" and "location" in self.errors:
            told = roots.told(self.user)
            if told not in self.errors["location"]:
                self.add_error("location", told)
        return data

    def _keeps_secret(self, data: dict[str, Any]) -> bool:
        is_stored = self.connection is not None and bool(self.connection.sealed_secret)
        return is_stored and not data.get("forget_secret")

    @staticmethod
    def _is_asked(name: str, data: dict[str, Any]) -> bool:
        return name != "token_url" or data.get("way") == Mode.OAUTH2

    def _name_of(self, part: str, data: dict[str, Any]) -> str:
        """The field of a part of the wish. A kind's setting may be called like a part of a way."""
        own, name = own_fields.PREFIX + part, ways.RENAMED.get(part, part)
        is_way = name in ways.NAMES and (own not in self.fields or data.get("way") == Mode.QUERY)
        return own if own in self.fields and not is_way else name

    def wish(self) -> Wish:
        """What is asked for; parts that are not valid have their usual value."""
        data = self.cleaned_data
        practice, owner = data.get("audience_practice"), data.get("owner")
        return Wish(
            name=data.get("name", ""),
            kind=self.kind.key,
            location=data.get("location", "").strip() if "location" in self.fields else self.kind.key,
            audience=data.get("audience", ""),
            audience_practice=practice.slug if practice else "",
            audience_region=data.get("audience_region", "").strip(),
            about=data.get("about", ""),
            interval_minutes=self._minutes(data),
            paused=data.get("paused", False),
            settings=own_fields.settings(self.kind.fields, data),
            auth=ways.auth(data) if self.kind.is_remote else Auth(),
            owner=owner.handle if owner else "",
            secret=data.get("secret") or ("" if data.get("forget_secret") else None),
        )

    def _minutes(self, data: dict[str, Any]) -> int:
        minutes = data.get("interval_minutes")
        return 60 if minutes is None else int(minutes)
