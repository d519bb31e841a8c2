"""What a form for a new connection begins with: a well-known source, or what was found at an address."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from django.utils.translation import gettext as _

from connectors.kinds import links
from connectors.kinds.kind import Kind, Preset, Words
from connectors.secrecy.credentials import Auth, Mode

LONGEST = 20_000


@dataclass(frozen=True)
class Start:
    """The first values of a form.

    Attributes:
        note: what is still to be filled in, and terms.
        wanted: the setting of the kind that has to be filled in.
        preset: what people call the well-known source that it is.
    """

    name: str = ""
    location: str = ""
    settings: Mapping[str, Any] = field(default_factory=dict)
    auth: Auth = field(default_factory=Auth)
    about: Literal["company", "market"] = "market"
    interval_minutes: int = 60
    note: Words = ""
    wanted: str = ""
    preset: str = ""


def chosen(kind: Kind, key: str) -> Start:
    """From the well-known source of this name, from the only one of a kind, or from nothing."""
    if key:
        return next((_of(one) for one in kind.presets if one.key == key), Start())
    if len(kind.presets) == 1:
        only = kind.presets[0]
        return Start(about=only.about, settings=only.settings)
    return Start(about="market" if kind.is_remote else "company")


def found(kind: Kind, location: str, settings: str, wanted: str = "") -> Start:
    """From a proposal that somebody picked. What is not as we wrote it is left out: the form asks for it."""
    try:
        values = json.loads(settings) if len(settings) <= LONGEST else {}
    except (ValueError, RecursionError):
        values = {}
    known = {one.name for one in kind.fields}
    kept = {name: values[name] for name in known & set(values)} if isinstance(values, dict) else {}
    preset = next((one for one in kind.presets if kept and one.settings == kept), None)
    host = links.host(location).removeprefix("www.")
    about = preset.about if preset else kind.presets[0].about if len(kind.presets) == 1 else "market"
    minutes, note = (preset.interval_minutes, preset.note) if preset else (60, "")
    name = preset.name if preset else host
    asked = next((one for one in kind.fields if one.name == wanted), None)
    if asked is not None:
        note = _("Still to be filled in: %(field)s.") % {"field": asked.label}
    return Start(
        name,
        location,
        kept,
        about=about,
        interval_minutes=minutes,
        note=note,
        wanted=asked.name if asked else "",
        preset=preset.name if preset else "",
    )


def _of(preset: Preset) -> Start:
    mode = preset.auth or Mode.HEADER
    auth = Auth(
        mode=mode,
        header=preset.header if mode == Mode.HEADER else "",
        parameter=preset.header if mode == Mode.QUERY else "",
        extra=preset.extra,
        token_url=preset.token_url,
    )
    return Start(
        preset.name,
        preset.location,
        preset.settings,
        auth,
        preset.about,
        preset.interval_minutes,
        preset.note,
        preset=preset.name,
    )
