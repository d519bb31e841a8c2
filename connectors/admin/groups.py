"""The fields of a connection's form in groups; what is seldom needed is folded."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _

from connectors.admin import ways
from connectors.admin.own_fields import PREFIX
from connectors.kinds import described
from connectors.kinds.kind import Field
from connectors.secrecy.credentials import AUTHORIZATION, Mode

Group = tuple[str | None, dict[str, Any]]

_DESCRIBED = {one.name for one in described.FIELDS}
_KIND = f"{PREFIX}document_kind"
_FOLDED = {"classes": ("collapse",)}


def of(form: forms.Form, own: Sequence[Field], wanted: str = "") -> list[Group]:
    """The groups that have any field.

    Args:
        own: the settings of the connection's kind.
        wanted: the one that has to be filled in, so that its group is open.
    """
    told = [PREFIX + one.name for one in own if one.name in _DESCRIBED]
    special = [PREFIX + one.name for one in own if one.name not in _DESCRIBED]
    # A single one, such as a company's name, belongs to the address.
    close, further = (special, []) if len(special) == 1 else ([], special)
    is_asked = "interval_minutes" in form.fields
    care = _("How often, and who looks after it") if is_asked else _("Who looks after it")
    readers = ("audience", "audience_practice", "audience_region")
    groups: list[Group] = [
        (None, {"fields": ("name", "location", *close, "about", _KIND)}),
        (_("Who may read it"), {"fields": readers, "classes": ("cf-readers",)}),
        (care, {"fields": ("interval_minutes", "owner", "paused")}),
        (_("Credentials"), {"fields": (*ways.NAMES, "forget_secret"), "classes": _ways(form)}),
        (_("What is read there"), {"fields": further} | ({} if PREFIX + wanted in further else _FOLDED)),
        (_("For documents that do not say it themselves"), {"fields": told} | _FOLDED),
    ]
    return [group for group in (_there(form, *one) for one in groups) if group[1]["fields"]]


def _there(form: forms.Form, title: str | None, options: dict[str, Any]) -> Group:
    names = [name for name in options["fields"] if name in form.fields]
    # What the documents are is asked at once, the rest of what is known of them on demand.
    return title, options | {"fields": [name for name in names if title is None or name != _KIND]}


def _ways(form: forms.Form) -> tuple[str, ...]:
    """Open where a secret is stored or wanted."""
    first = form.initial
    is_usual = first.get("way") == Mode.HEADER and first.get("header") == AUTHORIZATION
    return ("cf-ways", "collapse") if is_usual and "forget_secret" not in form.fields else ("cf-ways",)
