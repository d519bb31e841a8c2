"""Answers that say "200 OK" and mean that something went wrong. Pure."""

from __future__ import annotations

import re
from collections.abc import Mapping

from django.utils.translation import gettext as _
from jmespath.exceptions import JMESPathError

from connectors.parsing.entries import by_convention
from connectors.parsing.paths import found_at
from connectors.parsing.values import first, folded, label, scalar

# Long words without spaces may be keys that the source repeats.
_KEY_LIKE = re.compile(r"\S{24,}|(?=\S*\d)(?=\S*[A-Za-z])\S{16,}")
_MESSAGES = (
    "message",
    "error",
    "errormessage",
    "errors",
    "detail",
    "title",
    "exception",
    "errorcode",
    "status",
)


def complaint(document: object, path: str = "") -> str | None:
    """A sentence about what went wrong; None for an answer that means what it says.

    Args:
        path: a JMESPath that gives something for a failure, at best its message.
    """
    if path and (found := _found(path, document)):
        return _told("" if found is True else label(found))
    if not isinstance(document, Mapping):
        return None
    names = folded(document)
    is_failure = (
        ("exception" in names and "errorcode" in names)
        or scalar(names.get("ok")).lower() == "false"
        or scalar(names.get("success")).lower() == "false"
        or scalar(names.get("status")).lower() in {"error", "failed", "failure", "request_failed"}
        or (bool(first(names, ("error", "errors"))) and not by_convention(document))
    )
    return _told(_message(names)) if is_failure else None


def _found(path: str, document: object) -> object:
    try:
        return found_at(path, document)
    except (JMESPathError, ValueError, TypeError, RecursionError):
        return None


def _message(names: Mapping[str, object]) -> str:
    return next((text for name in _MESSAGES if (text := _words(names.get(name)))), "")


def _words(value: object) -> str:
    """A message, or that of an object, or of a list's first object."""
    if isinstance(value, list) and value and isinstance(value[0], Mapping):
        value = value[0]
    return label(folded(value).get("message")) or label(value) if isinstance(value, Mapping) else label(value)


def _told(message: str) -> str:
    words = _KEY_LIKE.sub("…", message)[:150].strip().rstrip(".")
    if not words:
        return _("The source answers that something went wrong.")
    return _("The source answers with an error: “%(message)s”.") % {"message": words}
