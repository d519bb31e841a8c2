"""ESCO's CSV files: one of each table for each language ("occupations_en.csv").

Layout: https://esco.ec.europa.eu/en/use-esco/download
"""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from careerforge.skills.importing import files
from careerforge.skills.importing.files import Table
from careerforge.skills.importing.labels import alternatives, labels_of, refusal, tidy
from careerforge.skills.importing.rows import (
    BROADER,
    ESSENTIAL,
    HIDDEN,
    OCCUPATION,
    OCCUPATION_GROUP,
    OPTIONAL,
    SKILL,
    SKILL_GROUP,
    TWICE,
    About,
    NewConcept,
    NewRelation,
    Problems,
    Row,
    Source,
    Unusable,
)

# Tables of concepts, in the order they are read, with what is not there without them.
CONCEPTS = {
    "iscogroups": (OCCUPATION_GROUP, "ISCOGroups", "there are no groups of occupations"),
    "skillgroups": (SKILL_GROUP, "skillGroups", "there are no groups of skills"),
    "occupations": (OCCUPATION, "occupations", "there are no occupations"),
    "skills": (SKILL, "skills", "there are no skills beyond those of the collections"),
}
COLLECTION = "collection"
# Pairs of concepts: the columns of origin, target and kind, and what is not there without the table.
PAIRS = {
    "occupationskillrelations": (
        ("occupationuri", "skilluri", "relationtype"),
        "occupationSkillRelations",
        "occupations ask for no skills",
    ),
    "skillskillrelations": (
        ("originalskilluri", "relatedskilluri", "relationtype"),
        "skillSkillRelations",
        "no skill builds on another",
    ),
    "broaderrelationsoccpillar": (
        ("concepturi", "broaderuri", ""),
        "broaderRelationsOccPillar",
        "occupations are in no groups",
    ),
    "broaderrelationsskillpillar": (
        ("concepturi", "broaderuri", ""),
        "broaderRelationsSkillPillar",
        "skills are in no groups beyond those of the collections",
    ),
}
HIERARCHY = "skillshierarchy"
LEVELS = range(4)
KINDS = {"essential": ESSENTIAL, "optional": OPTIONAL, "": BROADER}
NEEDED = {"concepturi", "preferredlabel"}
NAME = re.compile(r"(?P<table>[a-z]+)_(?P<language>[a-z]{2,3}(?:-[a-z]{2,4})?)\.csv")
VERSION = re.compile(r"v?(\d+\.\d+(?:\.\d+)?)")
MAIN = "en"
DETAILS = ("iscogroup", "skilltype", "reuselevel", "definition", "scopenote", "regulatedprofessionnote")
ATTRIBUTION = "This service uses the ESCO classification of the European Commission."


@dataclass(frozen=True)
class Files:
    """Tables by name, and of each the languages."""

    tables: Mapping[str, Mapping[str, Table]]
    languages: tuple[str, ...]

    def of(self, name: str) -> Iterator[tuple[str, Table]]:
        """A table in each language, the main one first."""
        here = self.tables.get(name, {})
        return ((language, here[language]) for language in self.languages if language in here)

    def any_of(self, name: str) -> Table | None:
        """A table that says the same in every language."""
        return next((table for _, table in self.of(name)), None)


def read(path: Path, version: str = "") -> Source:
    """The release in a folder.

    Raises:
        Unusable: no table of concepts is in it.
    """
    found = _files(files.folder(path))
    names = [*CONCEPTS, *_collections(found)]
    usable = [name for name in names if any(files.columns(table) >= NEEDED for _, table in found.of(name))]
    if not usable:
        raise Unusable(
            f"There is no table of ESCO's concepts in {path}, such as “occupations_en.csv” with the columns "
            "“conceptUri” and “preferredLabel”."
        )
    told = VERSION.search(path.resolve().name)
    problems = Problems()
    about = About(
        scheme="esco",
        key="esco",
        title="ESCO",
        publisher="European Commission",
        version=version or (told[1] if told else ""),
        url="https://esco.ec.europa.eu/",
        licence="Reuse with attribution (Commission Decision 2011/833/EU)",
        licence_url="https://eur-lex.europa.eu/eli/dec/2011/833/oj",
        attribution=ATTRIBUTION,
        languages=found.languages,
    )
    return Source(about, _Reader(found, problems).rows(), tuple(_missing(found)), problems)


def _files(folder: Path) -> Files:
    tables: dict[str, dict[str, Table]] = {}
    for name, path in files.names(folder).items():
        if match := NAME.fullmatch(name):
            tables.setdefault(match["table"], {})[match["language"]] = Table(path, quoted=True)
    languages = sorted({language for of in tables.values() for language in of}, key=lambda x: (x != MAIN, x))
    return Files(tables, tuple(languages))


def _collections(found: Files) -> list[str]:
    return sorted(name for name in found.tables if name.endswith(COLLECTION))


def _missing(found: Files) -> Iterator[str]:
    for key, (_, name, effect) in {**CONCEPTS, **PAIRS}.items():
        here = [language for language, _ in found.of(key)]
        if not here:
            yield f"“{name}_{found.languages[0]}.csv” is missing: {effect}."
        elif key in CONCEPTS:
            for language in found.languages:
                if language not in here:
                    yield f"“{name}_{language}.csv” is missing: no names of it in this language."


class _Reader:
    """Reads one release. Identifiers are kept meanwhile, nothing else."""

    def __init__(self, found: Files, problems: Problems) -> None:
        self.found = found
        self.problems = problems
        self.known: set[str] = set()

    def rows(self) -> Iterator[Row]:
        """Concepts before what refers to them."""
        broader: list[tuple[str, int, str, str]] = []
        for name, (kind, _, _) in CONCEPTS.items():
            for language, table in self.found.of(name):
                yield from self._concepts(language, table, kind)
        for name in _collections(self.found):
            kind = OCCUPATION if "occupation" in name else SKILL
            for language, table in self.found.of(name):
                yield from self._concepts(language, table, kind, broader)
        for file, line, origin, target in broader:
            yield from self._pair(file, line, origin, target, BROADER)
        for name, (heads, _, _) in PAIRS.items():
            if pairs := self.found.any_of(name):
                yield from self._pairs(pairs, heads)
        if hierarchy := self.found.any_of(HIERARCHY):
            yield from self._hierarchy(hierarchy)

    def _concepts(
        self,
        language: str,
        table: Table,
        kind: str,
        broader: list[tuple[str, int, str, str]] | None = None,
    ) -> Iterator[Row]:
        """Concepts and labels; those of a collection (``broader``) may stand in the main table too."""
        if not files.columns(table) >= NEEDED:
            self.problems.note(table.name, 0, "has no columns “conceptUri” and “preferredLabel”.")
            return
        here: set[str] = set()
        for line, row in files.read(table, self.problems):
            identifier, name = row["concepturi"].strip(), tidy(row["preferredlabel"])
            reason = refusal(identifier, name)
            if identifier and identifier in here:
                reason = TWICE
            if reason:
                self.problems.note(table.name, line, reason)
                continue
            here.add(identifier)
            if broader is not None:
                uris = _parts(row.get("broaderconcepturi", ""), "|")
                broader += [(table.name, line, identifier, uri) for uri in uris]
            if identifier not in self.known:
                self.known.add(identifier)
                yield _concept(identifier, kind, name, row)
            mark = "\n" if broader is None else "|"
            others = list(alternatives(_parts(row.get("altlabels", ""), mark)))
            others += [(HIDDEN, text) for text in _parts(row.get("hiddenlabels", ""), mark)]
            yield from labels_of(identifier, language, name, others)

    def _pairs(self, table: Table, heads: Sequence[str]) -> Iterator[Row]:
        origin, target, kind = heads
        if not {each for each in heads if each} <= files.columns(table):
            self.problems.note(table.name, 0, "does not have the columns of ESCO's table.")
            return
        for line, row in files.read(table, self.problems):
            told = row[kind].strip().lower() if kind else ""
            if told not in KINDS:
                self.problems.note(table.name, line, "is neither essential nor optional.")
                continue
            yield from self._pair(table.name, line, row[origin].strip(), row[target].strip(), KINDS[told])

    def _pair(self, file: str, line: int, origin: str, target: str, kind: str) -> Iterator[Row]:
        if origin not in self.known or target not in self.known:
            self.problems.note(file, line, "names a concept that is in none of the files.")
        elif origin != target:
            yield NewRelation(origin, target, kind)

    def _hierarchy(self, table: Table) -> Iterator[Row]:
        for line, row in files.read(table, self.problems, may_be_short=True):
            chain = [row.get(f"level {level} uri", "").strip() for level in LEVELS]
            chain = [uri for uri in chain if uri]
            if len(chain) > 1:
                yield from self._pair(table.name, line, chain[-1], chain[-2], BROADER)


def _concept(identifier: str, kind: str, name: str, row: Mapping[str, str]) -> NewConcept:
    details = {head: row[head].strip() for head in DETAILS if row.get(head, "").strip()}
    return NewConcept(
        identifier,
        kind,
        name,
        row.get("code", "").strip()[:80],
        row.get("description", "").strip() or row.get("definition", "").strip(),
        json.dumps(details, sort_keys=True),
        ended=row.get("status", "").strip().lower() in ("obsolete", "deprecated"),
        into=row.get("replacedby", "").strip(),
    )


def _parts(text: str, mark: str) -> list[str]:
    return [part for each in text.split(mark) if (part := each.strip())]
