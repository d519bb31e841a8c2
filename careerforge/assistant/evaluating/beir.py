"""A folder in BEIR's layout: ``corpus.jsonl``, ``queries.jsonl`` and ``qrels.tsv``."""

import csv
import json
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

# Where the data sets of BEIR keep their judgements.
JUDGEMENTS = ("qrels.tsv", "qrels/test.tsv")


@dataclass(frozen=True)
class Judged:
    """Texts, questions, and which text answers which question how well.

    Attributes:
        corpus: title and text by id, in the file's order.
        queries: text by id; only those with a judgement above 0.
        grades: by query, the grade of each text that is relevant to it.
    """

    corpus: Mapping[str, tuple[str, str]]
    queries: Mapping[str, str]
    grades: Mapping[str, Mapping[str, float]]


def read(folder: Path) -> Judged:
    """The whole folder.

    Raises:
        OSError: a file is missing.
        ValueError, KeyError: a line is not as it should be.
    """
    corpus = {
        str(row["_id"]): (str(row.get("title") or ""), str(row.get("text") or ""))
        for row in _lines(folder / "corpus.jsonl")
    }
    asked = {str(row["_id"]): str(row["text"]) for row in _lines(folder / "queries.jsonl")}
    grades: dict[str, dict[str, float]] = defaultdict(dict)
    for query, text, grade in _judgements(folder):
        if grade > 0 and query in asked:
            grades[query][text] = grade
    queries = {query: text for query, text in asked.items() if query in grades}
    return Judged(corpus, queries, dict(grades))


def _lines(path: Path) -> Iterator[Mapping[str, Any]]:
    with path.open(encoding="utf-8") as lines:
        for number, line in enumerate(lines, start=1):
            if line.strip():
                row = json.loads(line)
                if not isinstance(row, dict):
                    raise ValueError(f"{path.name}, line {number}: an object was expected")
                yield row


def _judgements(folder: Path) -> Iterator[tuple[str, str, float]]:
    """Query, text and grade; a row whose grade is no number is the heading."""
    path = next((folder / name for name in JUDGEMENTS if (folder / name).is_file()), folder / JUDGEMENTS[0])
    with path.open(encoding="utf-8", newline="") as rows:
        for number, row in enumerate(csv.reader(rows, delimiter="\t", quoting=csv.QUOTE_NONE), start=1):
            if number == 1 and not _is_number(row[-1]):
                continue
            if row:
                # TREC's four columns have an unused one in the middle.
                yield row[0], row[-2], float(row[-1])


def _is_number(text: str) -> bool:
    try:
        float(text)
    except ValueError:
        return False
    return True
