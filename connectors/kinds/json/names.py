"""The names that a map of fields may hold: those of a document, and those of its facts."""

from collections.abc import Iterator, Mapping
from typing import Any

from django.utils.text import format_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

NAMES = {
    "title": gettext_lazy("title"),
    "text": gettext_lazy("text"),
    "url": gettext_lazy("link"),
    "external_id": gettext_lazy("its own number"),
    "published_at": gettext_lazy("publication"),
    "kind": gettext_lazy("posting, course, …"),
    "language": gettext_lazy("language"),
    "topics": gettext_lazy("topics"),
    "skills": gettext_lazy("skills"),
    "level": gettext_lazy("level"),
    "region": gettext_lazy("region"),
    "licence": gettext_lazy("licence"),
    "company": gettext_lazy("employer"),
    "department": gettext_lazy("department"),
    "location": gettext_lazy("place"),
    "locations": gettext_lazy("places"),
    "country": gettext_lazy("country"),
    "remote": gettext_lazy("yes or no"),
    "workplace": gettext_lazy("remote or on site"),
    "employment_type": gettext_lazy("employment"),
    "salary": gettext_lazy("pay in words"),
    "salary_min": gettext_lazy("lowest pay"),
    "salary_max": gettext_lazy("highest pay"),
    "salary_currency": gettext_lazy("currency of the pay"),
    "salary_period": gettext_lazy("hour, month, year"),
    "salary_predicted": gettext_lazy("true if guessed"),
    "closes": gettext_lazy("closing date"),
    "expires": gettext_lazy("expiry"),
    "requisition": gettext_lazy("reference"),
    "apply_url": gettext_lazy("link to apply"),
    "provider": gettext_lazy("provider"),
    "duration": gettext_lazy("duration"),
    "time_commitment": gettext_lazy("effort"),
    "hours": gettext_lazy("hours"),
    "price": gettext_lazy("price"),
    "currency": gettext_lazy("currency of the price"),
    "enrol_url": gettext_lazy("link to enrol"),
    "certificate": gettext_lazy("certificate"),
    "credits": gettext_lazy("credits"),
    "code": gettext_lazy("course code"),
    "format": gettext_lazy("format"),
    "starts": gettext_lazy("start"),
    "ends": gettext_lazy("end"),
    "time": gettext_lazy("time of day"),
}

LISTED = format_lazy(", ".join(f"{name} ({{{name}}})" for name in NAMES), **NAMES)


def unknown(fields: Mapping[str, Any]) -> str:
    """A sentence about the names that are none; empty where all are known."""
    strange = [name for name in fields if name not in NAMES]
    if not strange:
        return ""
    return _("Not known: %(names)s. There are: %(known)s.") % {
        "names": ", ".join(strange)[:300],
        "known": ", ".join(NAMES),
    }


def hints(settings: Mapping[str, Any]) -> Iterator[str]:
    """What a map that is there leaves to the usual names, and is worth a look before anything is stored."""
    fields = settings.get("fields") or {}
    if not fields:
        return
    if "text" not in fields:
        yield _(
            "No path is given for the text. It is taken from a field with a usual name, such as description "
            "or content; an entry without one is its title only."
        )
    if "title" not in fields:
        yield _(
            "No path is given for the title. It is taken from a field with a usual name, such as title or "
            "name; an entry without one begins with its text."
        )
