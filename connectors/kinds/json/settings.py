"""What can be set about a JSON endpoint, and what is wrong with settings."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from django.utils.text import format_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from jmespath.exceptions import JMESPathError

from connectors.kinds import described
from connectors.kinds.json import names, paging
from connectors.kinds.json.paging import Turning
from connectors.kinds.kind import Field
from connectors.parsing.json_items import Mapped
from connectors.parsing.paths import compiled

FIELDS = (
    Field(
        "items", gettext_lazy("Path to the entries"),
        gettext_lazy("A JMESPath such as data.jobs. Empty: found by the usual names."), "path",
    ),
    Field(
        "fields", gettext_lazy("Path per field"),
        format_lazy(
            gettext_lazy(
                "A line per field with its JMESPath in an entry, such as title: name; or the same as JSON. "
                "Empty: by the usual names. Fields: {names}."
            ),
            names=names.LISTED,
        ),
        "mapping",
    ),
    Field(
        "paging", gettext_lazy("How it pages"), type="choice", default=paging.AUTO,
        choices=(
            (paging.AUTO, gettext_lazy("By its links to the next page, if it has any")),
            (paging.NONE, gettext_lazy("One page only")),
            (paging.NEXT, gettext_lazy("Address of the next page in the body")),
            (paging.LINK, gettext_lazy("Link header")),
            (paging.PAGE, gettext_lazy("Page number")),
            (paging.OFFSET, gettext_lazy("Offset and limit")),
            (paging.START, gettext_lazy("Start index from 1 and count")),
            (paging.CURSOR, gettext_lazy("Cursor in the body")),
        ),
    ),
    Field("next", gettext_lazy("Path to the next address or cursor"), "", "path"),
    Field("parameter", gettext_lazy("Parameter for page, offset, index or cursor")),
    Field("size_parameter", gettext_lazy("Parameter for the number of entries")),
    Field(
        "size", gettext_lazy("Entries per page"), gettext_lazy("0 leaves it to the source."), "number",
        default=0, highest=10_000,
    ),
    Field("first", gettext_lazy("Number of the first page"), type="number", default=1, highest=1),
    Field("total", gettext_lazy("Path to the number of all entries"), "", "path"),
    Field("more", gettext_lazy("Path to whether there are more"), "", "path"),
    Field(
        "complete", gettext_lazy("Lists everything"),
        gettext_lazy("What is no longer listed is gone. Not for a list of the newest only."), "yes_no",
        default=False,
    ),
    Field(
        "gone_when", gettext_lazy("Closed when"),
        gettext_lazy("A JMESPath that is true for a closed or deleted entry. Empty: by the usual fields."),
        "path",
    ),
    Field(
        "failed_when", gettext_lazy("Failed when"),
        gettext_lazy("A JMESPath into an answer that gives something when the answer is an error."), "path",
    ),
    Field(
        "token", gettext_lazy("Path to the token for changes"),
        gettext_lazy("Kept after a whole run and sent with the next one, which then lists changes only."),
        "path",
    ),
    Field("token_parameter", gettext_lazy("Parameter for the token for changes")),
    *described.FIELDS,
)  # fmt: skip

_PATHS = tuple(field.name for field in FIELDS if field.type == "path")


def turning(settings: Mapping[str, Any]) -> Turning:
    """How a connection's source pages."""
    from_zero = settings.get("paging") == paging.PAGE and settings.get("first") == 0
    return Turning(
        family=settings.get("paging") or paging.AUTO,
        path=settings.get("next") or "",
        parameter=settings.get("parameter") or "",
        size_parameter=settings.get("size_parameter") or "",
        size=int(settings.get("size") or 0),
        first=0 if from_zero else None,
        total=settings.get("total") or "",
        more=settings.get("more") or "",
    )


def mapped(settings: Mapping[str, Any], base_url: str) -> Mapped:
    """Where a connection's source says what."""
    return Mapped(
        items=settings.get("items") or None,
        fields=settings.get("fields") or {},
        base_url=base_url,
        gone=settings.get("gone_when") or "",
        kind=settings.get("document_kind") or "",
    )


def problems(settings: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """A field's name and a sentence for each thing that is wrong."""
    broken = _("This is not a valid JMESPath expression.")
    for name in _PATHS:
        if not is_path(str(settings.get(name) or "")):
            yield name, broken
    fields = settings.get("fields") or {}
    strange = names.unknown(fields)
    if strange:
        yield "fields", strange
    elif not all(is_path(str(path)) for path in fields.values()):
        yield "fields", broken
    if settings.get("paging", paging.AUTO) not in paging.FAMILIES:
        yield "paging", _("This way of paging is not known.")
    if settings.get("paging") == paging.CURSOR and not settings.get("next"):
        yield "next", _("Say where the cursor of the next page stands.")
    if settings.get("token") and not settings.get("token_parameter"):
        yield "token_parameter", _("Say in which parameter the token is sent back.")


def is_path(text: str) -> bool:
    """Whether a text is empty or a JMESPath that can be followed."""
    try:
        return not text or bool(compiled(text))
    except (JMESPathError, ValueError, RecursionError):
        return False
