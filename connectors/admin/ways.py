"""How a secret travels, as fields of a form. The secret itself is never shown again."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from connectors.secrecy.credentials import AUTHORIZATION, Auth, Mode

NAMES = ("way", "header", "parameter", "user", "token_url", "scope", "in_form", "secret", "extra")
# Where a part of the wish stands in the form, if under another name.
RENAMED = {"auth": "way"}
_CODE = {"autocomplete": "off", "spellcheck": "false"}


def made() -> dict[str, forms.Field]:
    """A field for each part of a way, and one for the secret."""
    return {
        "way": forms.ChoiceField(label=_("How the secret travels"), choices=Mode.choices, required=False),
        "header": _text(_("Header"), 80, _("Such as Authorization or X-API-Key."), initial=AUTHORIZATION),
        "parameter": _text(_("Parameter"), 80, _("Such as api_key.")),
        "user": _text(_("User name or client’s id"), 300),
        "token_url": _text(
            _("Address that gives out tokens"), 2000, _("Such as https://…/oauth2/access_token."), wide=True
        ),
        "scope": _text(_("Scope"), 500, _("Only if the source asks for one.")),
        "in_form": forms.BooleanField(
            label=_("Send id and secret in the form"),
            required=False,
            help_text=_("Instead of as a password (Basic), where a source wants it so."),
        ),
        "secret": forms.CharField(
            label=_("Secret"),
            max_length=2000,
            required=False,
            strip=False,
            widget=forms.PasswordInput(render_value=False, attrs={"autocomplete": "new-password"}),
            help_text=_("Key, token or password. It is sealed, and never shown again."),
        ),
        "extra": forms.CharField(
            label=_("Further headers"),
            max_length=1000,
            required=False,
            widget=forms.Textarea(attrs=_CODE | {"rows": 2}),
            help_text=_("Nothing secret; one a line, such as User-Agent: it@example.com."),
        ),
    }


def _text(label: Any, longest: int, help_text: Any = "", *, wide: bool = False, initial: str = "") -> Any:
    attrs = _CODE | ({"class": "vLargeTextField"} if wide else {})
    widget = forms.TextInput(attrs=attrs)
    return forms.CharField(
        label=label, max_length=longest, help_text=help_text, required=False, widget=widget, initial=initial
    )


def initial(auth: Auth) -> dict[str, Any]:
    """What the fields show of a way."""
    return {
        "way": auth.mode,
        "header": auth.header or AUTHORIZATION,
        "parameter": auth.parameter,
        "user": auth.user,
        "token_url": auth.token_url,
        "scope": auth.scope,
        "in_form": auth.in_form,
        "extra": auth.extra,
    }


def auth(data: Mapping[str, Any]) -> Auth:
    """The way that was filled in; parts of the other ways are left out."""
    mode = data.get("way") or Mode.HEADER
    words = {
        name: (data.get(name) or "").strip() for name in ("header", "parameter", "user", "token_url", "scope")
    }
    is_oauth2 = mode == Mode.OAUTH2
    return Auth(
        mode=mode,
        header=words["header"] if mode == Mode.HEADER and words["header"] != AUTHORIZATION else "",
        extra=(data.get("extra") or "").strip().replace("\r\n", "\n"),
        parameter=words["parameter"] if mode == Mode.QUERY else "",
        user=words["user"] if mode in (Mode.BASIC, Mode.OAUTH2) else "",
        token_url=words["token_url"] if is_oauth2 else "",
        scope=words["scope"] if is_oauth2 else "",
        in_form=bool(data.get("in_form")) and is_oauth2,
    )
