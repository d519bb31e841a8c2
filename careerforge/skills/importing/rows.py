"""What every reader makes of its publisher's files, before anything is compared or stored."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from careerforge.skills.models import Concept, Label, Relation

PREFERRED, ALTERNATIVE, HIDDEN = Label.Kind.PREFERRED, Label.Kind.ALTERNATIVE, Label.Kind.HIDDEN
OCCUPATION, SKILL, TECHNOLOGY = Concept.Kind.OCCUPATION, Concept.Kind.SKILL, Concept.Kind.TECHNOLOGY
OCCUPATION_GROUP, SKILL_GROUP = Concept.Kind.OCCUPATION_GROUP, Concept.Kind.SKILL_GROUP
ESSENTIAL, OPTIONAL, USES = Relation.Kind.ESSENTIAL, Relation.Kind.OPTIONAL, Relation.Kind.USES
BROADER, RELATED = Relation.Kind.BROADER, Relation.Kind.RELATED


class NewConcept(NamedTuple):
    """A concept. ``ended``: its publisher says that it is over, and ``into``, what replaces it."""

    external_id: str
    kind: str
    name: str
    code: str = ""
    summary: str = ""
    details: str = "{}"
    ended: bool = False
    into: str = ""


class NewLabel(NamedTuple):
    """A name of a concept in a language."""

    external_id: str
    language: str
    kind: str
    text: str


class NewRelation(NamedTuple):
    """What one concept has to do with another."""

    origin: str
    target: str
    kind: str
    importance: float | None = None
    level: float | None = None


# Reasons for leaving a row out that speak about the whole file's quality.
UNNAMED, TWICE = "has no name.", "has the identifier of one before it."

Row = NewConcept | NewLabel | NewRelation


@dataclass(frozen=True)
class About:
    """A framework's own fields, as ``Framework`` has them."""

    scheme: str
    key: str
    title: str
    publisher: str = ""
    version: str = ""
    url: str = ""
    licence: str = ""
    licence_url: str = ""
    attribution: str = ""
    languages: tuple[str, ...] = ()

    def as_fields(self) -> dict[str, Any]:
        """As columns of a row."""
        return {**self.__dict__, "languages": list(self.languages)}


@dataclass
class Problems:
    """Rows that are left out, by file and reason: how many, and the first lines of each."""

    found: dict[tuple[str, str], list[int]] = field(default_factory=dict)
    counts: dict[tuple[str, str], int] = field(default_factory=dict)

    def note(self, file: str, line: int, reason: str) -> None:
        """One row of a file; ``line`` is 1 for the first, 0 where a file has none."""
        key = (file, reason)
        self.counts[key] = self.counts.get(key, 0) + 1
        lines = self.found.setdefault(key, [])
        if line and len(lines) < 5:
            lines.append(line)

    @property
    def total(self) -> int:
        """Rows left out."""
        return sum(self.counts.values())

    def sentences(self) -> Iterator[str]:
        """One for each file and reason."""
        for (file, reason), count in self.counts.items():
            lines = self.found[file, reason]
            where = f", line{'s' if count > 1 else ''} {', '.join(map(str, lines))}" if lines else ""
            more = " and more" if lines and count > len(lines) else ""
            rows = f" ({count:,} rows)" if count > 1 else ""
            yield f"{file}{where}{more}: {reason}{rows}"


@dataclass(frozen=True)
class Source:
    """A framework as it was read. ``rows`` are read while they are taken, and can be taken once.

    Attributes:
        missing: sentences on files that are not there, and what follows from it.
        problems: filled while rows are taken.
    """

    about: About
    rows: Iterator[Row]
    missing: tuple[str, ...]
    problems: Problems


class Unusable(Exception):
    """A path from which nothing can be imported; the text says why and what to do."""
