"""Read a model's text as JSON, strictly, then by the schema.

Written rules: duplicate keys, NaN and infinite numbers are refused; a number in quotes is no number;
keys that nobody asked for are left out. Code fences are taken off. A bare list is accepted where the schema
has a single field. With ``mend`` the punctuation of sloppy JSON is repaired (trailing commas, single
quotes), but a text that stops before its brackets close is cut, and nothing is invented to close it.
"""

import json
import math
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Generic, NoReturn, TypeVar

from pydantic import BaseModel, ValidationError

T = TypeVar("T", bound=BaseModel)

LONGEST_ANSWER = 200_000
# How many places of a wrong answer its writer is told.
MOST_TOLD = 5
NO_JSON = "It is not one JSON value."
NO_NUMBER = "A number is not finite."

FENCED = re.compile(r"\A[^{\[]{0,200}```(?:json)?\s*\n(.*?)\n?\s*```", re.DOTALL | re.IGNORECASE)
DECLINES = re.compile(
    r"\A\W*(?:i['’]m sorry|sorry|i can(?:['’]|no)t|i(?: a|['’])m (?:unable|not able)|i won['’]t)\b",
    re.IGNORECASE,
)
BRACKETS = {"{": "}", "[": "]"}


class Unreadable(ValueError):
    """The text is not an answer; ``kind`` says what it is instead, ``problem`` what its writer can mend."""

    def __init__(self, kind: str, problem: str = "") -> None:
        self.kind = kind
        self.problem = problem
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


def _fail(kind: str, problem: str = "") -> NoReturn:
    raise Unreadable(kind, problem) from None


def _loads(text: str) -> Any:
    """JSON without the two things Python's own reader lets through."""
    return json.loads(text, object_pairs_hook=_no_twins, parse_constant=_not_finite, parse_float=_finite)


def _no_twins(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        _fail("schema", "A key stands twice in one object.")
    return found


def _not_finite(_: str) -> NoReturn:
    _fail("schema", NO_NUMBER)


def _finite(digits: str) -> float:
    number = float(digits)
    return number if math.isfinite(number) else _fail("schema", NO_NUMBER)


def _mended(text: str, *, mend: bool) -> Any:
    """Sloppy JSON with its punctuation put right. Prose around several values stays unreadable."""
    # Before its first bracket it is prose, and a quotation mark there opens nothing.
    begins = min((text.index(one) for one in BRACKETS if one in text), default=len(text))
    if unclosed(text[begins:]):
        _fail("cut")
    if not mend or not text.startswith(("{", "[")):
        _fail("not_json", NO_JSON)
    import json_repair

    try:
        return _loads(json.dumps(json_repair.loads(text)))
    except (ValueError, RecursionError):
        _fail("not_json", NO_JSON)


def _validated(value: Any, schema: type[T]) -> T:
    if isinstance(value, list) and len(schema.model_fields) == 1:
        value = {next(iter(schema.model_fields)): value}
    try:
        return _by_schema(value, schema)
    except ValidationError as error:
        _fail("schema", "\n".join(_told(error)))
    except RecursionError:
        _fail("schema", "It is nested too deeply.")


def _by_schema(value: Any, schema: type[T]) -> T:
    """What is asked for, without keys that nobody asked for."""
    try:
        return schema.model_validate_json(json.dumps(value), strict=True)
    except ValidationError as error:
        extra = [one["loc"] for one in error.errors() if one["type"] == "extra_forbidden"]
        if not extra:
            raise
    for *path, key in extra:
        holder = value
        for step in path:
            holder = holder[step]
        del holder[key]
    return schema.model_validate_json(json.dumps(value), strict=True)


def _told(error: ValidationError) -> Iterator[str]:
    """Where it differs from the schema, without what was written there."""
    found = error.errors(include_url=False, include_context=False, include_input=False)
    for one in found[:MOST_TOLD]:
        place = ".".join(map(str, one["loc"])) or "the whole"
        yield f"{place}: {one['msg']}"
