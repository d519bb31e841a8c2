"""Competency frameworks as 1EdTech's CASE has them: a CFPackage as JSON, one framework a file.

https://www.imsglobal.org/spec/case/v1p0; ``replacedBy`` and ``isTranslationOf`` (1.1) among the associations.
"""

import json
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any

from careerforge.skills.importing import files
from careerforge.skills.importing.labels import labels_of, refusal, tidy
from careerforge.skills.importing.rows import (
    ALTERNATIVE,
    BROADER,
    RELATED,
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

# The largest state frameworks have some 20 MB; all of a file is in memory while it is read.
MOST_BYTES = 64_000_000
LANGUAGE = "en"
PACKAGE = ("CFDocument", "CFItems")
KINDS = {
    "isChildOf": BROADER,
    "isPartOf": BROADER,
    "isRelatedTo": RELATED,
    "isPeerOf": RELATED,
    "exactMatchOf": RELATED,
    "precedes": RELATED,
}
REPLACED, TRANSLATION = "replacedBy", "isTranslationOf"
Json = Mapping[str, Any]


def packages(path: Path) -> list[Path]:
    """The files of a path: itself, or all JSON files of a folder.

    Raises:
        Unusable: there is none.
    """
    if not path.exists():
        raise Unusable(f"There is nothing at {path}.")
    if path.is_file():
        return [path]
    found = sorted(each for each in path.iterdir() if each.suffix.lower() == ".json")
    if not found:
        raise Unusable(f"There is no JSON file in {path}. A CASE framework is a CFPackage as JSON.")
    return found


def read(path: Path, version: str = "", *, today: date) -> Source:
    """The framework in a file.

    Raises:
        Unusable: it is none.
    """
    package = _package(path)
    document = package["CFDocument"]
    problems = Problems()
    reader = _Reader(package, path.name, problems, today)
    about = _about(document, _definitions(package), version, reader.languages())
    return Source(about, reader.rows(), tuple(_missing(package)), problems)


def _package(path: Path) -> Json:
    if kind := files.archive(path):
        raise Unusable(f"{path.name} is {kind}. Unpack it, and give the JSON file in it.")
    if path.stat().st_size > MOST_BYTES:
        raise Unusable(f"{path.name} is larger than {MOST_BYTES // 1_000_000} MB.")
    try:
        found = json.loads(path.read_bytes().decode("utf-8-sig"))
    except UnicodeDecodeError:
        raise Unusable(f"{path.name} is not written in UTF-8.") from None
    except (ValueError, RecursionError):
        raise Unusable(f"{path.name} is not JSON. A CASE framework is a CFPackage as JSON.") from None
    if not isinstance(found, dict) or not all(key in found for key in PACKAGE):
        raise Unusable(f"{path.name} is no CFPackage: it has no “CFDocument” and “CFItems”.")
    if not isinstance(found["CFDocument"], dict) or not isinstance(found["CFItems"], list):
        raise Unusable(f"{path.name} is no CFPackage: “CFDocument” or “CFItems” is not as CASE has it.")
    if not _text(found["CFDocument"], "identifier"):
        raise Unusable(f"{path.name}: its CFDocument has no identifier.")
    return found


def _about(document: Json, definitions: Json, version: str, languages: tuple[str, ...]) -> About:
    licence, link = _licence(document, definitions)
    title = tidy(_text(document, "title")) or _text(document, "identifier")
    creator = tidy(_text(document, "publisher") or _text(document, "creator"))
    return About(
        scheme="case",
        key=f"case:{_text(document, 'identifier')}"[:200],
        title=title[:300],
        publisher=creator[:300],
        version=version or (_text(document, "version") or _text(document, "lastChangeDateTime")[:10])[:80],
        url=_web(_text(document, "officialSourceURL") or _text(document, "uri")),
        licence=licence[:300],
        licence_url=link,
        attribution=f"“{title}”, {creator}".rstrip(", .") + ".",
        languages=languages,
    )


def _licence(document: Json, definitions: Json) -> tuple[str, str]:
    """The licence's title and address, as the document names it or as the definitions explain it."""
    named = document.get("licenseURI")
    if not isinstance(named, dict):
        return "", ""
    known = {_text(each, "identifier"): each for each in _objects(definitions, "CFLicenses")}
    own = known.get(_text(named, "identifier"), {})
    return _text(own, "title") or _text(named, "title"), _web(_text(named, "uri"))


def _missing(package: Json) -> Iterator[str]:
    if "CFAssociations" not in package:
        yield "“CFAssociations” is missing: its statements are in no order."
    if not _objects(_definitions(package), "CFLicenses") and not package["CFDocument"].get("licenseURI"):
        yield "No licence is stated. Ask its publisher before you use it."


class _Reader:
    """Reads one package."""

    def __init__(self, package: Json, file: str, problems: Problems, today: date) -> None:
        self.package, self.file, self.problems, self.today = package, file, problems, today
        self.language = _language(package["CFDocument"], LANGUAGE)
        self.document = _text(package["CFDocument"], "identifier")
        self.links = list(self._links())
        self.translated = {
            origin: target
            for _, kind, origin, target in self.links
            if kind == TRANSLATION and origin != target
        }
        self.into = {origin: target for _, kind, origin, target in self.links if kind == REPLACED}
        self.parents = {target for _, kind, _, target in self.links if KINDS.get(kind) == BROADER}

    def languages(self) -> tuple[str, ...]:
        """Those of the statements, the document's own first."""
        others = {_language(each, self.language) for each in _objects(self.package, "CFItems")}
        return (self.language, *sorted(others - {self.language}))

    def rows(self) -> Iterator[Row]:
        """Concepts before what refers to them."""
        known: set[str] = set()
        translations = []
        for place, item in enumerate(self.package["CFItems"], 1):
            identifier, name = _text(item, "identifier"), _name(item)
            reason = refusal(identifier, name) if isinstance(item, dict) else "is no statement."
            if identifier and identifier in known:
                reason = TWICE
            if reason:
                self.problems.note(self.file, place, reason)
            elif identifier in self.translated:
                translations.append((place, item))
            else:
                known.add(identifier)
                yield self._concept(identifier, name, item)
                yield from labels_of(identifier, _language(item, self.language), name, _others(item))
        for place, item in translations:
            yield from self._translation(place, item, known)
        yield from self._relations(known)

    def _concept(self, identifier: str, name: str, item: Json) -> NewConcept:
        details = {"type": _text(item, "CFItemType"), "level": item.get("educationLevel") or ""}
        whole = _text(item, "fullStatement").strip()
        notes = _text(item, "notes").strip()
        return NewConcept(
            identifier,
            SKILL_GROUP if identifier in self.parents else SKILL,
            name,
            _text(item, "humanCodingScheme")[:80],
            "\n".join(part for part in (whole if tidy(whole) != name else "", notes) if part),
            json.dumps({key: value for key, value in details.items() if value}, sort_keys=True),
            ended=self._ended(item) or identifier in self.into,
            into=self.into.get(identifier, ""),
        )

    def _ended(self, item: Json) -> bool:
        try:
            return date.fromisoformat(_text(item, "statusEndDate")[:10]) < self.today
        except ValueError:
            return False

    def _translation(self, place: int, item: Json, known: set[str]) -> Iterator[Row]:
        own, of = _language(item, self.language), self.translated[_text(item, "identifier")]
        if of in known:
            yield from labels_of(of, own, _name(item), _others(item))
        else:
            self.problems.note(self.file, place, "translates a statement that is not there.")

    def _links(self) -> Iterator[tuple[int, str, str, str]]:
        for place, link in enumerate(self.package.get("CFAssociations") or [], 1):
            if not isinstance(link, dict):
                self.problems.note(self.file, place, "is no association.")
                continue
            ends = (link.get("originNodeURI"), link.get("destinationNodeURI"))
            origin, target = (_text(end, "identifier") if isinstance(end, dict) else "" for end in ends)
            yield place, _text(link, "associationType"), origin, target

    def _relations(self, known: set[str]) -> Iterator[Row]:
        for place, told, origin, target in self.links:
            if told not in KINDS or target == self.document or origin == target:
                continue
            if origin in known and target in known:
                yield NewRelation(origin, target, KINDS[told])
            elif told in ("isChildOf", "isPartOf"):
                self.problems.note(self.file, place, "joins a statement that is not there.")


def _name(item: Json) -> str:
    """The short form where there is one, else the statement itself."""
    return tidy(_text(item, "abbreviatedStatement")) or tidy(_text(item, "fullStatement"))


def _others(item: Json) -> Iterator[tuple[str, str]]:
    if other := _text(item, "alternativeLabel"):
        yield ALTERNATIVE, other


def _language(row: Json, otherwise: str) -> str:
    return (_text(row, "language").strip().lower() or otherwise)[:12]


def _text(row: Any, key: str) -> str:
    """A string of an object; what PostgreSQL cannot hold becomes a question mark."""
    value = row.get(key) if isinstance(row, dict) else None
    if not isinstance(value, str):
        return ""
    return value.replace("\0", "?").encode("utf-8", "replace").decode("utf-8")


def _definitions(package: Json) -> Json:
    found = package.get("CFDefinitions")
    return found if isinstance(found, dict) else {}


def _objects(row: Json, key: str) -> list[Json]:
    found = row.get(key)
    return [each for each in found if isinstance(each, dict)] if isinstance(found, list) else []


def _web(address: str) -> str:
    return address[:1000] if address.startswith(("https://", "http://")) else ""
