"""Sets to measure retrieval on, read from the data folder at run time: queries, documents, judgements.

``scifact`` is whole; the others are made from tables of occupations, titles, skills and questions. Samples
are the queries whose hash is lowest: the same everywhere, whatever the order of the file.
"""

import csv
import gzip
import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from careerforge.assistant.evaluating import beir

SAMPLE = 600
NO_LABEL = {"LABEL NOT PRESENT", "UNDERSPECIFIED", ""}


@dataclass(frozen=True)
class RetrievalSet:
    """A set in memory.

    Attributes:
        corpus: title and text by document.
        queries: text by query.
        judged: for each query, the relevant documents with their grade.
    """

    name: str
    corpus: Mapping[str, tuple[str, str]]
    queries: Mapping[str, str]
    judged: Mapping[str, Mapping[str, float]]


def every(data: Path) -> Iterator[RetrievalSet]:
    """All sets of the data folder."""
    yield scifact(data)
    yield titles(data)
    yield names(data)
    yield tasks(data)
    yield digital(data)
    yield skills(data)
    yield questions(data)


def scifact(data: Path) -> RetrievalSet:
    """Claims; the documents are abstracts that support or refute them."""
    read = beir.read(data / "scifact_dev")
    return RetrievalSet("scifact", read.corpus, read.queries, read.grades)


def titles(data: Path) -> RetrievalSet:
    """Titles of vacancies; the document is their ESCO occupation with its description."""
    corpus = _occupations(data)
    with (data / "titles_jobbert" / "titles.csv").open(encoding="utf-8") as rows:
        pairs = [(row["vacancyTitle"], row["conceptUri"]) for row in csv.DictReader(rows)]
    return _sampled("titles", corpus, pairs)


def names(data: Path) -> RetrievalSet:
    """Other names of an ESCO occupation; the document has only its first name and its description."""
    pairs = [
        (name, row["conceptUri"])
        for row in _esco(data, "occupations_en.csv")
        for name in row["altLabels"].split("\n")
        if name.strip()
    ]
    return _sampled("names", _occupations(data), pairs)


def tasks(data: Path) -> RetrievalSet:
    """Tasks of O*NET; the document is the occupation with its description."""
    rows = _onet(data, "Occupation_Data")
    corpus = {row["O*NET-SOC Code"]: (row["Title"], row["Description"]) for row in rows}
    pairs = [(row["Task"], row["O*NET-SOC Code"]) for row in _onet(data, "Task_Statements")]
    return _sampled("tasks", corpus, pairs)


def digital(data: Path) -> RetrievalSet:
    """Descriptions of ESCO's digital skills, without their name; the document is names only."""
    rows = list(_esco(data, "digitalSkillsCollection_en.csv"))
    corpus = {
        row["conceptUri"]: (row["preferredLabel"], row["altLabels"].replace(" | ", ". ")) for row in rows
    }
    return _sampled("digital", corpus, [(row["description"], row["conceptUri"]) for row in rows])


def skills(data: Path) -> RetrievalSet:
    """Sentences of postings; a document is one of 13,896 ESCO skill labels, nothing more."""
    folder = data / "skills_esco"
    labels = (folder / "skills_en_label.txt").read_text(encoding="utf-8").splitlines()
    corpus = {label.strip(): ("", label.strip()) for label in labels if label.strip()}
    pairs = []
    for file in ("house_validation_annotations.csv", "tech_validation_annotations.csv"):
        with (folder / file).open(encoding="utf-8") as rows:
            pairs += [(row["sentence"], row["label"]) for row in csv.DictReader(rows)]
    return _sampled("skills", corpus, [pair for pair in pairs if pair[1] not in NO_LABEL])


def questions(data: Path) -> RetrievalSet:
    """Questions of HaluEval; the document is the knowledge that the answer was made from."""
    rows = list(_lines(data / "security" / "halueval_qa" / "qa_one-turn_data.json"))
    corpus = {str(place): ("", row["knowledge"]) for place, row in enumerate(rows)}
    return _sampled("questions", corpus, [(row["question"], str(at)) for at, row in enumerate(rows)])


def _sampled(
    name: str, corpus: Mapping[str, tuple[str, str]], pairs: Iterable[tuple[str, str]]
) -> RetrievalSet:
    judged: dict[str, dict[str, float]] = {}
    for text, document in pairs:
        if document in corpus and text.strip():
            judged.setdefault(text.strip(), {})[document] = 1.0
    chosen = sorted(judged, key=lambda text: hashlib.sha256(text.encode()).digest())[:SAMPLE]
    queries = {str(place): text for place, text in enumerate(chosen)}
    return RetrievalSet(name, corpus, queries, {key: judged[text] for key, text in queries.items()})


def _occupations(data: Path) -> dict[str, tuple[str, str]]:
    rows = _esco(data, "occupations_en.csv")
    return {row["conceptUri"]: (row["preferredLabel"], row["description"]) for row in rows}


def _esco(data: Path, file: str) -> Iterator[dict[str, str]]:
    with (data / "esco" / file).open(encoding="utf-8", newline="") as rows:
        yield from csv.DictReader(rows)


def _onet(data: Path, table: str) -> Iterator[dict[str, str]]:
    with gzip.open(data / "onet" / f"{table}.tsv.gz", "rt", encoding="utf-8", newline="") as rows:
        yield from csv.DictReader(rows, delimiter="\t")


def _lines(path: Path) -> Iterator[dict[str, str]]:
    with path.open(encoding="utf-8") as lines:
        yield from (json.loads(line) for line in lines if line.strip())
