"""Small readers of untyped JSON values: they take anything and give text, or nothing."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from urllib.parse import urljoin

from django.utils.translation import gettext as _

from connectors.parsing.plain import decode
from connectors.parsing.text import one_line

Record = Mapping[str, object]

MAX_JSON = 25_000_000
# What a nested object is called by, best first.
_NAMES = ("displayname", "name", "label", "title", "value", "city", "text", "description", "id")
_LANGUAGE = re.compile(r"[a-z]{2,3}(?:-[a-z0-9]{2,8}){0,3}\Z")


def load_json(body: bytes, charset: str | None = None) -> tuple[object, str | None]:
    """The document, or None and a sentence about what is wrong. Raw control characters in strings are let
    pass.
    """
    if len(body) > MAX_JSON:
        return None, _("The JSON is larger than %(n)s MB.") % {"n": MAX_JSON // 1_000_000}
    text = decode(body, charset)[0]
    try:
        return json.loads(text, strict=False), None
    except json.JSONDecodeError as error:
        cut = error.pos >= len(text.rstrip()) - 1 or error.msg.startswith("Unterminated")
        if cut:
            return None, _("The JSON breaks off.")
        return None, _("This is not valid JSON (line %(n)s).") % {"n": error.lineno}
    except (RecursionError, ValueError):
        return None, _("The JSON is nested too deeply or holds an endless number.")


def fold(key: str) -> str:
    """A field name without case and separators: `Course_Id`, `courseId` and `course-id` are one."""
    return "".join(char for char in key.lower() if char.isalnum())


def folded(record: Record) -> dict[str, object]:
    """The record under folded names; of two that fold alike the first with a value wins."""
    result: dict[str, object] = {}
    for key, value in record.items():
        name = fold(key)
        if result.get(name) in (None, "", []):
            result[name] = value
    return result


def scalar(value: object) -> str:
    """A string, number or boolean as text (`true`, `false`); empty for everything else."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return value
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    if isinstance(value, int) and abs(value) >= 10**30:
        return ""
    return str(value) if isinstance(value, int | float) else ""


def label(value: object) -> str:
    """One line for a value: an object by its name, a list joined by commas."""
    if isinstance(value, Mapping):
        names = folded(value)
        return next((text for name in _NAMES if (text := label_of_scalar(names.get(name)))), "")
    if isinstance(value, list):
        return ", ".join(labels(value))
    return label_of_scalar(value)


def label_of_scalar(value: object) -> str:
    return one_line(scalar(value))


def labels(value: object) -> tuple[str, ...]:
    """The names in a list (of strings or objects) or in a `a|b` string, each once, at most 50."""
    values: Iterable[object] = (
        value if isinstance(value, list) else re.split(r"[|;]", value) if isinstance(value, str) else ()
    )
    found = (label(entry) for entry in values if not isinstance(entry, list))
    return tuple(list(dict.fromkeys(text for text in found if text))[:50])


def first(record: Record, names: Sequence[str]) -> object:
    """The first named field that holds something."""
    return next((value for name in names if (value := record.get(name)) not in (None, "", [], {})), None)


def web_address(value: object, base: str = "") -> str:
    """An http(s) address; a path is joined to `base`, or kept as it is without one; any other scheme gives
    nothing.
    """
    if isinstance(value, Mapping):
        value = first(folded(value), ("href", "url", "src"))
    if isinstance(value, list):
        value = value[0] if value else ""
    text = one_line(value) if isinstance(value, str) else ""
    if text.startswith("/") and not base:
        return text
    try:
        text = urljoin(base, text) if base and text else text
    except ValueError:
        return ""
    return text[:2000] if text.lower().startswith(("http://", "https://")) else ""


def language_tag(value: object) -> str | None:
    tag = label(value).replace("_", "-").lower()
    return tag if _LANGUAGE.match(tag) else None
