"""O*NET's database in text files, the publisher's "Occupation Data.txt" or "Occupation_Data.tsv.gz".

Layout: https://www.onetcenter.org/dictionary/29.3/text/
"""

import json
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from itertools import groupby
from pathlib import Path
from typing import Any

from careerforge.skills.importing import files
from careerforge.skills.importing.files import Table
from careerforge.skills.importing.labels import alternatives, labels_of, refusal, tidy
from careerforge.skills.importing.rows import (
    BROADER,
    ESSENTIAL,
    OCCUPATION,
    OPTIONAL,
    PREFERRED,
    RELATED,
    SKILL,
    SKILL_GROUP,
    TECHNOLOGY,
    TWICE,
    USES,
    About,
    NewConcept,
    NewLabel,
    NewRelation,
    Problems,
    Row,
    Source,
    Unusable,
)

MAIN = "Occupation Data"
# What is read besides, and what is not there without it.
OTHERS = {
    "Alternate Titles": "occupations have no other titles",
    "Sample of Reported Titles": "occupations have no titles that people told",
    "Skills": "occupations ask for no skills",
    "Knowledge": "occupations ask for no knowledge",
    "Technology Skills": "occupations use no technologies",
    "Related Occupations": "no occupation is near another",
    "Task Statements": "occupations have no tasks",
    "Job Zones": "occupations do not say how much preparation they need",
    "Education, Training, and Experience": "occupations do not say what education they need",
}
CODE = "o*net-soc code"
LANGUAGE = "en"
# O*NET's own line: what is rated 3 or more of 5 is important for an occupation.
IMPORTANT = 3.0
EDUCATION_SCALE = "RL"
VERSION = re.compile(r"(?<!\d)(\d{2})[_.](\d)(?!\d)")
ATTRIBUTION = (
    "This product includes information from the O*NET{version} Database by the U.S. Department of Labor, "
    "Employment and Training Administration (USDOL/ETA). Used under the CC BY 4.0 license. O*NET® is a "
    "trademark of USDOL/ETA. CareerForge has modified all or some of this information. USDOL/ETA has not "
    "approved, endorsed, or tested these modifications."
)


def read(path: Path, version: str = "") -> Source:
    """The release in a folder.

    Raises:
        Unusable: there is no table of occupations in it.
    """
    tables = _tables(files.folder(path))
    main = tables.get(_key(MAIN))
    if main is None:
        raise Unusable(f"There is no “{MAIN}.txt” in {path}: this is no folder of O*NET's text files.")
    if not {CODE, "title"} <= files.columns(main):
        raise Unusable(f"{main.name} has no columns “O*NET-SOC Code” and “Title”: it is not O*NET's table.")
    found = VERSION.search(path.resolve().name)
    version = version or (f"{found[1]}.{found[2]}" if found else "")
    problems = Problems()
    missing = tuple(
        f"“{name}” is missing: {effect}." for name, effect in OTHERS.items() if _key(name) not in tables
    )
    return Source(_about(version), _Reader(tables, problems).rows(), missing, problems)


def _about(version: str) -> About:
    return About(
        scheme="onet",
        key="onet",
        title="O*NET",
        publisher="U.S. Department of Labor, Employment and Training Administration",
        version=version,
        url="https://www.onetcenter.org/database.html",
        licence="Creative Commons Attribution 4.0 (CC BY 4.0)",
        licence_url="https://creativecommons.org/licenses/by/4.0/",
        attribution=ATTRIBUTION.format(version=f" {version}" if version else ""),
        languages=(LANGUAGE,),
    )


def _key(name: str) -> str:
    return re.sub(r"[^a-z]", "", name.lower())


def _tables(folder: Path) -> dict[str, Table]:
    endings = (".txt", ".tsv")
    return {
        _key(name.rsplit(".", 1)[0]): Table(path, quoted=False)
        for name, path in files.names(folder).items()
        if name.endswith(endings)
    }


class _Reader:
    """Reads one release. What is kept meanwhile grows with the number of occupations, not of rows."""

    def __init__(self, tables: Mapping[str, Table], problems: Problems) -> None:
        self.tables = tables
        self.problems = problems
        self.occupations: dict[str, tuple[str, str]] = {}
        self.elements: set[str] = set()

    def rows(self) -> Iterator[Row]:
        """Concepts before what refers to them."""
        self._read_occupations()
        details = self._details()
        titles = self._titles()
        for code, (title, summary) in self.occupations.items():
            yield NewConcept(
                code, OCCUPATION, title, code, summary, json.dumps(details.get(code, {}), sort_keys=True)
            )
            yield from labels_of(code, LANGUAGE, title, alternatives(titles.pop(code, ())))
        for name in ("Skills", "Knowledge"):
            yield from self._rated(name)
        yield from self._technologies()
        yield from self._related()

    def _of(self, name: str) -> Iterator[tuple[int, Mapping[str, str], str]]:
        """Rows of a table that are about a known occupation."""
        table = self.tables.get(_key(name))
        if table is None:
            return
        for line, row in files.read(table, self.problems):
            code = row.get(CODE, "").strip()
            if code in self.occupations:
                yield line, row, code
            else:
                self.problems.note(table.name, line, "is about an occupation that is not there.")

    def _note(self, name: str, line: int, reason: str) -> None:
        self.problems.note(self.tables[_key(name)].name, line, reason)

    def _read_occupations(self) -> None:
        for line, row in files.read(self.tables[_key(MAIN)], self.problems):
            code, title = row[CODE].strip(), tidy(row["title"])
            reason = refusal(code, title)
            if code in self.occupations:
                reason = TWICE
            if reason:
                self._note(MAIN, line, reason)
            else:
                self.occupations[code] = (title, row.get("description", "").strip())

    def _details(self) -> dict[str, dict[str, Any]]:
        found: dict[str, dict[str, Any]] = defaultdict(dict)
        for _, row, code in self._of("Task Statements"):
            if task := tidy(row.get("task", "")):
                found[code].setdefault("tasks", []).append(task)
        for line, row, code in self._of("Job Zones"):
            zone = _number(row.get("job zone", ""))
            if zone is None:
                self._note("Job Zones", line, "has no job zone.")
            else:
                found[code]["job_zone"] = int(zone)
        for code, shares in self._education().items():
            category = max(sorted(shares), key=lambda each: shares[each])
            found[code]["education"] = {"category": category, "percent": shares[category]}
        return found

    def _education(self) -> dict[str, dict[int, float]]:
        shares: dict[str, dict[int, float]] = defaultdict(dict)
        for _, row, code in self._of("Education, Training, and Experience"):
            category, share = _number(row.get("category", "")), _number(row.get("data value", ""))
            if row.get("scale id") == EDUCATION_SCALE and category is not None and share is not None:
                shares[code][int(category)] = share
        return shares

    def _titles(self) -> dict[str, list[str]]:
        found: dict[str, list[str]] = defaultdict(list)
        for _, row, code in self._of("Alternate Titles"):
            found[code] += [row.get("alternate title", ""), row.get("short title", "")]
        for _, row, code in self._of("Sample of Reported Titles"):
            found[code].append(row.get("reported job title", ""))
        return {code: [text for text in texts if text != "n/a"] for code, texts in found.items()}

    def _rated(self, name: str) -> Iterator[Row]:
        """Elements of a table, and for each occupation how important each is, and at what level."""
        for code, of_code in groupby(self._of(name), key=lambda each: each[2]):
            ratings: dict[str, dict[str, float | None]] = defaultdict(dict)
            for line, row, _ in of_code:
                element, title = row.get("element id", "").strip(), tidy(row.get("element name", ""))
                if reason := refusal(element, title):
                    self._note(name, line, reason)
                    continue
                if element not in self.elements:
                    self.elements.add(element)
                    yield NewConcept(element, SKILL, title, element)
                    yield from labels_of(element, LANGUAGE, title)
                told = row.get("recommend suppress") != "Y" and row.get("not relevant") != "Y"
                ratings[element][row.get("scale id", "")] = (
                    _number(row.get("data value", "")) if told else None
                )
            for element, rated in ratings.items():
                weight = rated.get("IM")
                kind = ESSENTIAL if (weight or 0) >= IMPORTANT else OPTIONAL
                yield NewRelation(code, element, kind, weight, rated.get("LV"))

    def _technologies(self) -> Iterator[Row]:
        known: set[str] = set()
        for line, row, code in self._of("Technology Skills"):
            name, group = tidy(row.get("example", "")), row.get("commodity code", "").strip()
            identifier = f"technology:{name.casefold()}"
            if reason := refusal(identifier if name else "", name):
                self._note("Technology Skills", line, reason)
                continue
            title = tidy(row.get("commodity title", ""))
            if group and title and group not in known:
                known.add(group)
                yield NewConcept(f"unspsc:{group}", SKILL_GROUP, title, group)
                yield NewLabel(f"unspsc:{group}", LANGUAGE, PREFERRED, title)
            if identifier not in known:
                known.add(identifier)
                hot = json.dumps({"hot": True} if row.get("hot technology") == "Y" else {})
                yield NewConcept(identifier, TECHNOLOGY, name, "", "", hot)
                yield NewLabel(identifier, LANGUAGE, PREFERRED, name)
            if group in known:
                yield NewRelation(identifier, f"unspsc:{group}", BROADER)
            yield NewRelation(code, identifier, USES, 1.0 if row.get("in demand") == "Y" else None)

    def _related(self) -> Iterator[Row]:
        """``importance`` is the place in O*NET's order, the nearest first."""
        for line, row, code in self._of("Related Occupations"):
            other = row.get("related o*net-soc code", "").strip()
            if other in self.occupations:
                yield NewRelation(code, other, RELATED, _number(row.get("index", "")))
            else:
                self._note("Related Occupations", line, "names an occupation that is not there.")


def _number(text: str) -> float | None:
    """A number, or None for "n/a" and what is none."""
    try:
        return float(text)
    except ValueError:
        return None
