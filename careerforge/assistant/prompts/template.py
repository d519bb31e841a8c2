"""A prompt's text: cut into its parts, compiled, filled in. Pure.

Two texts make a prompt: the frame, which all prompts share, and the function's own, in three parts.
"""

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.template import Context, Engine, Template
from django.utils import translation

PART = re.compile(r"^<!-- part: (system|context|question) -->\n", re.MULTILINE)
NAMES = ("system", "context", "question")


class MissingValue(LookupError):
    """A prompt's template names a value that it was not given."""


class _Loud(str):
    """Django asks this string for what to print instead of an unknown variable."""

    def __contains__(self, item: object) -> bool:
        return item == "%s" or (isinstance(item, str) and super().__contains__(item))

    def __mod__(self, name: object) -> str:
        raise MissingValue(str(name))


# Prompts are no HTML, and an unknown variable must not vanish from one without a word.
ENGINE = Engine(autoescape=False, string_if_invalid=_Loud("%s"))


@dataclass(frozen=True, slots=True)
class Source:
    """The two texts of one prompt."""

    name: str
    frame: str
    text: str

    @property
    def version(self) -> str:
        """Name and both hashes: ``advice-0123456789ab-01234567``."""
        return f"{self.name}-{digest(self.text)[:12]}-{digest(self.frame)[:8]}"


@dataclass(frozen=True, slots=True)
class Filled:
    """The three texts, the system's in two blocks: what all prompts share, and its own."""

    blocks: tuple[str, str]
    context: str
    question: str


def digest(text: str) -> str:
    """SHA-256 of a text, in hexadecimal."""
    return hashlib.sha256(text.encode()).hexdigest()


def cut(text: str) -> dict[str, str]:
    """The parts by name, cut before values are put in, so that no value can begin a part."""
    pieces = PART.split(text)[1:]
    return dict(zip(pieces[::2], pieces[1::2], strict=True))


def fill(source: Source, values: Mapping[str, Any]) -> Filled:
    """Fill in a prompt; the same values give the same bytes, whatever the reader's language.

    Values are data and cannot become parts, template code or an end of the data: the marks around them are
    made from a hash of everything that is put in, so that nobody who writes a piece of it can write the
    marks.

    Raises:
        MissingValue: the template names a value that is not given.
    """
    templates = _compiled(source.text)
    unmarked = {**values, "mark": ""}
    said = [_rendered(template, unmarked) for template in templates]
    # Of what is printed, so that the same text always has the same marks.
    marked = {**values, "mark": digest("\0".join([source.version, *said]))[:8]}
    system, context, question = (_rendered(template, marked) for template in templates)
    return Filled((source.frame.strip(), system), context, question)


@lru_cache(maxsize=64)
def _compiled(text: str) -> tuple[Template, ...]:
    parts = cut(text)
    return tuple(ENGINE.from_string(parts[name]) for name in NAMES)


def _rendered(template: Template, values: Mapping[str, Any]) -> str:
    with translation.override("en"):
        context = Context(dict(values), autoescape=False, use_l10n=False, use_tz=False)
        return template.render(context).strip()
