"""``manage evaluate titles DIR``: job titles as questions and as what is found."""

from argparse import ArgumentParser
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from careerforge.assistant.evaluating import beir, ranking
from careerforge.knowledge.index import embedders
from careerforge.skills.titles import TitleIndex

NAME, HELP = "titles", "matching of job titles"
# So many titles are asked at once.
SLICE = 200


def add_arguments(parser: ArgumentParser) -> None:
    """One folder."""
    parser.add_argument(
        "folder", type=Path, help="corpus.jsonl, queries.jsonl and qrels.tsv as BEIR has them, a title each"
    )


def measure(options: Mapping[str, Any]) -> dict[str, float | int | str]:
    """Each title of the questions ranks all titles of the corpus.

    A title that is in both under one id is not looked for, unless it is judged.

    Returns:
        ``map``, ``ndcg@10``, ``mrr``, and ``n`` questions, ``corpus`` titles, the ``embedder``.

    Raises:
        OSError: a file cannot be read.
        ValueError, TypeError: a line is not as it should be.
    """
    judged = beir.read(options["folder"])
    precision, gain, first = [], [], []
    for query, ranked in rankings(judged):
        grades = judged.grades[query]
        precision.append(ranking.average_precision(ranked, grades))
        gain.append(ranking.ndcg(ranked, grades))
        first.append(ranking.reciprocal_rank(ranked, grades))
    return {
        "map": round(ranking.mean(precision), 4),
        "ndcg@10": round(ranking.mean(gain), 4),
        "mrr": round(ranking.mean(first), 4),
        "n": len(precision),
        "corpus": len(judged.corpus),
        "embedder": embedders.configured().name,
    }


def rankings(judged: beir.Judged) -> Iterator[tuple[str, list[str]]]:
    """Each question with the corpus's ids, best first, equal ones in the corpus's order."""
    import numpy as np

    names = {each: _names(*texts) for each, texts in judged.corpus.items()}
    index = TitleIndex(names, embedders.configured())
    places = {each: place for place, each in enumerate(index.ids)}
    queries = list(judged.queries)
    for start in range(0, len(queries), SLICE):
        asked = queries[start : start + SLICE]
        hidden = [places.get(query) if _itself(query, judged) else None for query in asked]
        scores = index.rank([judged.queries[query] for query in asked], hidden)
        for query, row, own in zip(asked, scores, hidden, strict=True):
            order = np.argsort(-row, kind="stable")
            yield query, [index.ids[place] for place in order if place != own]


def _names(title: str, text: str) -> list[str]:
    """A title, whichever field it is in; where both are filled, the text is another name."""
    return list(dict.fromkeys(each.strip() for each in (title, text) if each.strip())) or ["?"]


def _itself(query: str, judged: beir.Judged) -> bool:
    same = judged.corpus.get(query)
    return same is not None and judged.queries[query] in same and query not in judged.grades[query]
