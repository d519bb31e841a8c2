"""Read a model's text as JSON, strictly, then by the schema.

Written rules: duplicate keys, NaN and infinite numbers are refused; a number in quotes is no number;
unknown keys are the schema's business. Code fences are taken off. A bare list is accepted where the schema
has a single field. With ``mend`` the punctuation of sloppy JSON is repaired (trailing commas, single
quotes), but a text that stops before its brackets close is cut, and nothing is invented to close it.
"""

import json
import math
import re
from dataclasses import dataclass
from typing import Any, Generic, NoReturn, TypeVar

from pydantic import BaseModel, ValidationError

T = TypeVar("T", bound=BaseModel)

LONGEST_ANSWER = 200_000

FENCED = re.compile(r"\A[^{\[]{0,200}```(?:json)?\s*\n(.*?)\n?\s*```", re.DOTALL | re.IGNORECASE)
DECLINES = re.compile(
    r"\A\W*(?:i['’]m sorry|sorry|i can(?:['’]|no)t|i(?: a|['’])m (?:unable|not able)|i won['’]t)\b",
    re.IGNORECASE,
)
BRACKETS = {"{": "}", "[": "]"}


class Unreadable(ValueError):
    """The text is not an answer; ``kind`` says what it is instead."""

    def __init__(self, kind: str) -> None:
        self.kind = kind
        super().__init__(kind)


@dataclass(frozen=True, slots=True)
class Reading(Generic[T]):
    """The valid answer, and whether its punctuation had to be mended."""

    parsed: T
    repaired: bool


def read(text: str, schema: type[T], *, mend: bool = False) -> Reading[T]:
    """Read a model's answer.

    Raises:
        Unreadable: kind ``empty``, ``too_long``, ``declined``, ``not_json``, ``cut`` or ``schema``.
    """
    body = _body(text)
    try:
        return Reading(_validated(_loads(body), schema), repaired=False)
    except Unreadable:
        raise
    except (ValueError, RecursionError):
        return Reading(_validated(_mended(body, mend=mend), schema), repaired=True)


def unclosed(text: str) -> bool:
    """True when a bracket or a string is still open at the end."""
    open_brackets: list[str] = []
    quoted = escaped = False
    for character in text:
        if quoted:
            quoted = escaped or character != '"'
            escaped = character == "\\" and not escaped
        elif character == '"':
            quoted = True
        elif character in BRACKETS:
            open_brackets.append(BRACKETS[character])
        elif open_brackets and character == open_brackets[-1]:
            open_brackets.pop()
    return quoted or bool(open_brackets)


def _body(text: str) -> str:
    stripped = text.strip().lstrip("\ufeff")
    if not stripped:
        _fail("empty")
    if len(stripped) > LONGEST_ANSWER:
        _fail("too_long")
    if not stripped.startswith(("{", "[")) and DECLINES.match(stripped):
        _fail("declined")
    fenced = FENCED.match(stripped)
    return fenced[1] if fenced else stripped


def _fail(kind: str) -> NoReturn:
    raise Unreadable(kind) from None


def _loads(text: str) -> Any:
    """JSON without the two things Python's own reader lets through."""
    return json.loads(text, object_pairs_hook=_no_twins, parse_constant=_not_finite, parse_float=_finite)


def _no_twins(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        _fail("schema")
    return found


def _not_finite(_: str) -> NoReturn:
    _fail("schema")


def _finite(digits: str) -> float:
    number = float(digits)
    return number if math.isfinite(number) else _fail("schema")


def _mended(text: str, *, mend: bool) -> Any:
    """Sloppy JSON with its punctuation put right. Prose around several values stays unreadable."""
    if unclosed(text):
        _fail("cut")
    if not mend or not text.startswith(("{", "[")):
        _fail("not_json")
    import json_repair

    try:
        return _loads(json.dumps(json_repair.loads(text)))
    except (ValueError, RecursionError):
        _fail("not_json")


def _validated(value: Any, schema: type[T]) -> T:
    if isinstance(value, list) and len(schema.model_fields) == 1:
        value = {next(iter(schema.model_fields)): value}
    try:
        return schema.model_validate_json(json.dumps(value), strict=True)
    except (ValidationError, RecursionError):
        _fail("schema")
