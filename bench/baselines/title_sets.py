"""Sets of job titles to measure on, read from the data folder at run time.

* ``jobbert_occupations``: a vacancy's title finds its ESCO occupation among all 3,039 names; one is right.
* ``jobbert_titles``: a vacancy's title finds the other vacancies of its occupation among all 14,000.
* ``onet``: a reported title finds alternate titles of its occupation; reported ones are not in the corpus.
* ``esco``: an occupation's name finds its alternative labels.

The first two are JobBERT's validation split; the others tell whether a gain is one on that split only.
Samples are those whose hash is lowest: the same everywhere, whatever the order of the file.
"""

import csv
import gzip
import hashlib
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

T = TypeVar("T")
QUERIES, OCCUPATIONS = 1000, 250
SETS = ("jobbert_occupations", "jobbert_titles", "onet", "esco")


@dataclass(frozen=True)
class TitleSet:
    """Titles that ask, titles that are ranked, and which of these are right, by place."""

    name: str
    queries: list[str]
    corpus: list[str]
    right: list[set[int]]


def every(data: Path) -> Iterator[TitleSet]:
    """All sets, in the order of ``SETS``."""
    vacancies = _vacancies(data)
    yield _named(vacancies, data)
    yield _alike(vacancies)
    yield _onet(data)
    yield _esco(data)


def _vacancies(data: Path) -> list[tuple[str, str]]:
    """Title and occupation, a title once per occupation."""
    with (data / "titles_jobbert/titles.csv").open(encoding="utf-8", newline="") as lines:
        rows = {
            (row["vacancyTitle"].strip().lower(), row["conceptUri"]): row["vacancyTitle"].strip()
            for row in csv.DictReader(lines)
        }
    return [(title, uri) for (_, uri), title in rows.items()]


def _named(vacancies: list[tuple[str, str]], data: Path) -> TitleSet:
    names = {row["conceptUri"]: row["preferredLabel"] for row in occupations(data)}
    places = {uri: place for place, uri in enumerate(names)}
    asked = sample([each for each in vacancies if each[1] in places], QUERIES)
    return TitleSet(SETS[0], [t for t, _ in asked], list(names.values()), [{places[uri]} for _, uri in asked])


def _alike(vacancies: list[tuple[str, str]]) -> TitleSet:
    by_occupation: dict[str, set[int]] = defaultdict(set)
    for place, (_, uri) in enumerate(vacancies):
        by_occupation[uri].add(place)
    places = {each: place for place, each in enumerate(vacancies)}
    asked = sample([each for each in vacancies if len(by_occupation[each[1]]) > 1], QUERIES)
    right = [by_occupation[uri] - {places[title, uri]} for title, uri in asked]
    return TitleSet(SETS[1], [title for title, _ in asked], [title for title, _ in vacancies], right)


def _onet(data: Path) -> TitleSet:
    reported = table(data / "onet/Sample_of_Reported_Titles.tsv.gz", "Reported Job Title")
    alternate = table(data / "onet/Alternate_Titles.tsv.gz", "Alternate Title")
    held_out = {title.lower() for _, title in reported}
    chosen = set(sample(sorted({code for code, _ in alternate}), OCCUPATIONS))
    corpus = [each for each in alternate if each[0] in chosen and each[1].lower() not in held_out]
    return _grouped(SETS[2], sample([each for each in reported if each[0] in chosen], QUERIES), corpus)


def _esco(data: Path) -> TitleSet:
    chosen = sample([row for row in occupations(data) if row["altLabels"]], OCCUPATIONS)
    corpus = [
        (row["conceptUri"], label.strip())
        for row in chosen
        for label in row["altLabels"].split("\n")
        if label
    ]
    return _grouped(SETS[3], [(row["conceptUri"], row["preferredLabel"]) for row in chosen], corpus)


def _grouped(name: str, asked: list[tuple[str, str]], corpus: list[tuple[str, str]]) -> TitleSet:
    by_group: dict[str, set[int]] = defaultdict(set)
    for place, (group, _) in enumerate(corpus):
        by_group[group].add(place)
    asked = [each for each in asked if by_group[each[0]]]
    return TitleSet(name, [t for _, t in asked], [t for _, t in corpus], [by_group[g] for g, _ in asked])


def occupations(data: Path) -> list[dict[str, str]]:
    """ESCO's, a row each."""
    with (data / "esco/occupations_en.csv").open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def table(path: Path, column: str) -> list[tuple[str, str]]:
    """A file of O*NET: the occupation's code and one column."""
    with gzip.open(path, "rt", encoding="utf-8", newline="") as lines:
        rows = csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)
        return [(row["O*NET-SOC Code"], row[column].strip()) for row in rows]


def sample(things: Iterable[T], size: int) -> list[T]:
    """Those whose hash is lowest."""
    return sorted(things, key=lambda each: hashlib.sha256(repr(each).encode()).digest())[:size]
