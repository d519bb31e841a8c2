"""Prompts are templates of three parts: who the model is and how it answers, the data of this call, the
question. Before the first part stands the frame, which all of them share.

A company may write versions of its own; what it has not written is asked as shipped.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from pydantic import BaseModel

from careerforge.assistant.prompts import versions
from careerforge.assistant.prompts.declared import DECLARED
from careerforge.assistant.prompts.packing import packed, unpacked
from careerforge.assistant.prompts.template import MissingValue, Source, fill
from careerforge.assistant.prompts.versions import UnknownVersion
from careerforge.gateway.prompt import Prompt

__all__ = ["MissingValue", "Parts", "UnknownVersion", "load", "rebuild"]


@dataclass(frozen=True, slots=True)
class Parts:
    """A prompt's texts, the version of the templates they come from, and what those were filled with.

    Attributes:
        blocks: the system's text: the frame, and the prompt's own part.
        values: what JSON can hold; version and values make the same bytes again.
    """

    version: str
    blocks: tuple[str, str]
    context: str
    question: str
    values: Mapping[str, Any]

    @property
    def system(self) -> str:
        """The system's blocks as one text."""
        return "\n\n".join(self.blocks)

    def prompt(
        self, function: str, schema: type[BaseModel], *, max_tokens: int, thinking: int | None = None
    ) -> Prompt:
        """The prompt to send."""
        return Prompt(
            function=function,
            version=self.version,
            system=self.blocks,
            context=self.context,
            question=self.question,
            schema=schema,
            max_tokens=max_tokens,
            thinking=thinking,
            values=self.values,
        )


def load(name: str, *, now: datetime, **given: Any) -> Parts:
    """Fill in a prompt: the version that is live in the open organisation, or the shipped one.

    Values are data and cannot become parts, template code or an end of the data; see ``template.fill``.

    Args:
        name: of a prompt in ``declared``.
        now: aware, in the zone of whoever reads the answer; the only date a prompt gets.
        given: the values that are declared for it, all of them and no others. Already redacted.

    Raises:
        MissingValue: a declared value is not given.
        FileNotFoundError: there is no such prompt.
        TypeError: a value that is not declared, or that JSON could not hold.
    """
    source = versions.current(name)
    declared = DECLARED[name].values
    missing = [value for value in declared if value not in given]
    if missing:
        raise MissingValue(", ".join(missing))
    unknown = given.keys() - declared.keys()
    if unknown:
        raise TypeError(f"{name} declares no {', '.join(sorted(unknown))}.")
    values = {value: packed(given[value], example) for value, example in declared.items()}
    return _parts(source, {**values, "now": packed(now, None)})


def rebuild(version: str, values: Mapping[str, Any]) -> Parts:
    """The prompt of an earlier call, byte for byte.

    Args:
        version: as in the ledger.
        values: of :class:`Parts`.

    Raises:
        UnknownVersion: a text of this version is kept here no more.
    """
    return _parts(versions.of_version(version), values)


def _parts(source: Source, values: Mapping[str, Any]) -> Parts:
    filled = fill(source, unpacked(values))
    return Parts(source.version, filled.blocks, filled.context, filled.question, values)
