"""Files of examples, an object of JSON a line; what is wrong with one is said with its line."""

import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

# A line of more is no example.
LONGEST = 10_000_000


def examples(path: Path, *fields: str) -> Iterator[Mapping[str, Any]]:
    """Objects that have all of the fields; empty lines are passed over.

    Raises:
        OSError: the file cannot be read.
        ValueError: a line is not as it should be, or there is no line; a sentence for people.
    """
    number = found = 0
    try:
        with path.open(encoding="utf-8-sig") as lines:
            while line := lines.readline(LONGEST):
                number += 1
                if line.strip():
                    found += 1
                    yield _example(line, fields, f"{path.name}, line {number}")
    except UnicodeDecodeError as error:
        raise ValueError(_("%(file)s is not UTF-8 text") % {"file": path.name}) from error
    if not found:
        raise ValueError(_("%(file)s is empty") % {"file": path.name})


def strings(value: Any, field: str) -> list[str]:
    """A list of texts.

    Raises:
        ValueError: it is something else; a sentence for people.
    """
    if not isinstance(value, list) or not all(isinstance(each, str) for each in value):
        raise ValueError(_("“%(field)s” has to be a list of texts") % {"field": field})
    return value


def _example(line: str, fields: Sequence[str], where: str) -> Mapping[str, Any]:
    try:
        row = json.loads(line)
    except (json.JSONDecodeError, RecursionError) as error:
        raise ValueError(_("%(where)s: no JSON") % {"where": where}) from error
    wanted = "{" + ", ".join(fields) + "}"
    if not isinstance(row, dict):
        raise ValueError(
            _("%(where)s: an object %(wanted)s was expected") % {"where": where, "wanted": wanted}
        )
    missing = [field for field in fields if row.get(field) is None]
    if missing:
        said = {"where": where, "field": missing[0], "wanted": wanted}
        raise ValueError(_("%(where)s: “%(field)s” is missing, a line is %(wanted)s") % said)
    return row
