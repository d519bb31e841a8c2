"""Bodies of requests to the API: JSON as its standard has it, and nothing that no column can hold."""

import json
import math
from typing import Any, NoReturn, cast

from django.http import HttpRequest
from ninja.parser import Parser

_UNSTORABLE = "\x00"


class StrictParser(Parser):
    """Ninja's own, without what Python's reader lets through: a key given twice, NaN, infinities, NULs.

    What it raises becomes a 400.
    """

    def parse_body(self, request: HttpRequest) -> dict[str, Any]:
        """What the body says.

        Raises:
            ValueError, RecursionError: it is no such JSON.
        """
        hooks: dict[str, Any] = {
            "object_pairs_hook": _no_twins,
            "parse_constant": _refuse,
            "parse_float": _finite,
        }
        data = json.loads(request.body, **hooks)
        _check(data)
        return cast(dict[str, Any], data)


def _no_twins(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    return found if len(found) == len(pairs) else _refuse("a key is given twice")


def _finite(digits: str) -> float:
    number = float(digits)
    return number if math.isfinite(number) else _refuse(digits)


def _refuse(what: str) -> NoReturn:
    raise ValueError(what)


def _check(data: Any) -> None:
    """No text with a NUL or half a character, at any depth."""
    left = [data]
    while left:
        value = left.pop()
        if isinstance(value, str):
            if _UNSTORABLE in value:
                _refuse("NUL")
            # Raises for half a character.
            value.encode()
        elif isinstance(value, dict):
            left += [*value.keys(), *value.values()]
        elif isinstance(value, list):
            left += value
