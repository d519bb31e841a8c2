"""Prompts are templates of three parts: who the model is and how it answers, the data of this call, the
question.
"""

import hashlib
import re
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from typing import Any

from django.template import Context, Engine, Template
from pydantic import BaseModel

from careerforge.gateway.prompt import Prompt

FOLDER = Path(__file__).resolve().parents[2] / "templates" / "prompts"
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


@dataclass(frozen=True, slots=True)
class Parts:
    """A prompt's three texts and the hash of the template they come from."""

    version: str
    system: str
    context: str
    question: str

    def prompt(
        self, function: str, schema: type[BaseModel], *, max_tokens: int, thinking: int | None = None
    ) -> Prompt:
        """The prompt to send."""
        return Prompt(
            function=function,
            version=self.version,
            system=self.system,
            context=self.context,
            question=self.question,
            schema=schema,
            max_tokens=max_tokens,
            thinking=thinking,
        )


def load(name: str, *, now: datetime, **context: Any) -> Parts:
    """Fill in a prompt.

    Values are data and cannot become parts, template code or an end of the data: the marks around them are
    made from a hash of everything that is put in, so that nobody who writes a piece of it can write the
    marks.

    Args:
        name: of a template in ``templates/prompts``, without its ending.
        now: aware, in the zone of whoever reads the answer; the only date a prompt gets.
        context: whatever the template names; see there. Already redacted.

    Raises:
        MissingValue: the template names a value that is not given.
        FileNotFoundError: there is no such template.
    """
    version, templates = _template(name)
    values = context | {"now": now, "mark": ""}
    # Of what is printed, so that the same text always has the same marks.
    digest = hashlib.sha256("\0".join([version, *(_rendered(part, values) for part in templates)]).encode())
    values["mark"] = digest.hexdigest()[:8]
    system, data, question = (_rendered(template, values) for template in templates)
    return Parts(version, system, data, question)


@lru_cache(maxsize=32)
def _template(name: str) -> tuple[str, tuple[Template, ...]]:
    """Version and compiled parts.

    The source is cut up before values are put in, so no value can begin a part.
    """
    if not re.fullmatch(r"[a-z][a-z0-9_]*", name):
        raise FileNotFoundError(name)
    source = (FOLDER / f"{name}.md").read_text(encoding="utf-8")
    pieces = PART.split(source)[1:]
    parts = dict(zip(pieces[::2], pieces[1::2], strict=True))
    # Prompts are no HTML, and an unknown variable must not vanish from one without a word.
    engine = Engine(autoescape=False, string_if_invalid=_Loud("%s"))
    version = f"{name}-{hashlib.sha256(source.encode()).hexdigest()[:12]}"
    return version, tuple(engine.from_string(parts[part]) for part in NAMES)


def _rendered(template: Template, values: dict[str, Any]) -> str:
    return template.render(Context(values, autoescape=False, use_tz=False)).strip()
