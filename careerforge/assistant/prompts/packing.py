"""What a prompt is filled with, as JSON can hold it: kept beside the prompt's version, it makes it again."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

# A date is an object with this one key; no value of ours has it otherwise.
DAY = "$day"


def packed(value: Any, example: Any) -> Any:
    """A value as strings, numbers, lists and objects; of an object, what the example has and nothing else.

    Args:
        example: the same shape; a list's first entry stands for all.

    Raises:
        TypeError: JSON could not hold it.
        AttributeError, KeyError: an object lacks what the example has.
    """
    if value is None or isinstance(value, str | bool | int | float):
        return value
    if isinstance(value, date):
        return {DAY: value.isoformat()}
    if isinstance(example, Mapping):
        return {name: packed(_part(value, name), inner) for name, inner in example.items()}
    if isinstance(value, Sequence):
        inner = example[0] if isinstance(example, Sequence) and not isinstance(example, str) else None
        return [packed(one, inner) for one in value]
    raise TypeError(f"A prompt takes no {type(value).__name__}.")


def unpacked(value: Any) -> Any:
    """The way back, with dates as dates."""
    if isinstance(value, Mapping):
        if value.keys() == {DAY}:
            return _day(str(value[DAY]))
        return {name: unpacked(inner) for name, inner in value.items()}
    return [unpacked(one) for one in value] if isinstance(value, list) else value


def _part(value: Any, name: str) -> Any:
    return value[name] if isinstance(value, Mapping) else getattr(value, name)


def _day(text: str) -> date:
    return datetime.fromisoformat(text) if "T" in text else date.fromisoformat(text)
