"""A folder in BEIR's layout: ``corpus.jsonl``, ``queries.jsonl`` and ``qrels.tsv``."""

import csv
import math
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from django.utils.translation import gettext as _

from careerforge.assistant.evaluating.examples import examples

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
        ValueError: a line is not as it should be, or no judgement is about a query and a text that are
            there; a sentence for people.
    """
    corpus = {
        str(row["_id"]): (str(row.get("title") or ""), str(row.get("text") or ""))
        for row in examples(folder / "corpus.jsonl", "_id")
    }
    asked = {str(row["_id"]): str(row["text"]) for row in examples(folder / "queries.jsonl", "_id", "text")}
    grades: dict[str, dict[str, float]] = defaultdict(dict)
    for query, text, grade in _judgements(folder):
        if grade > 0 and query in asked:
            grades[query][text] = grade
    queries = {query: text for query, text in asked.items() if query in grades}
    if not any(text in corpus for found in grades.values() for text in found):
        raise ValueError(_("no judgement names a query of queries.jsonl and a text of corpus.jsonl"))
    return Judged(corpus, queries, dict(grades))


def _judgements(folder: Path) -> Iterator[tuple[str, str, float]]:
    """Query, text and grade; a first row whose grade is no number is the heading."""
    path = next((folder / name for name in JUDGEMENTS if (folder / name).is_file()), folder / JUDGEMENTS[0])
    try:
        with path.open(encoding="utf-8-sig", newline="") as rows:
            for number, row in enumerate(csv.reader(rows, delimiter="\t", quoting=csv.QUOTE_NONE), start=1):
                if not row or (number == 1 and not _is_number(row[-1])):
                    continue
                if len(row) not in (3, 4) or not _is_number(row[-1]):
                    said = {"where": f"{path.name}, line {number}"}
                    raise ValueError(
                        _("%(where)s: query-id, corpus-id and score, by tabs, were expected") % said
                    )
                # TREC's four columns have an unused one in the middle.
                yield row[0], row[-2], float(row[-1])
    except (UnicodeDecodeError, csv.Error) as error:
        raise ValueError(_("%(file)s is no text in columns") % {"file": path.name}) from error


def _is_number(text: str) -> bool:
    try:
        return math.isfinite(float(text))
    except ValueError:
        return False
