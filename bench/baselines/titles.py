"""Title matching without CareerForge: the embedder's plain cosine, and character TF-IDF.

`python bench/baselines/titles.py` prints one line of JSON and writes `titles.json` beside it.
"""

import title_sets
from character_tfidf import RANGES, CharacterTfidf
from measured import average_precision, data_folder, embedder, places, say, with_interval
from title_sets import TitleSet


def cosine(one: TitleSet) -> list[float]:
    """Average precision per query of the embedder as it comes, on the titles as they come."""
    corpus, queries = embedder().embed(one.corpus), embedder().embed(one.queries)
    scores = queries @ corpus.T
    return [average_precision(places(_others(s, q, one), r)) for s, q, r in _each(scores, one)]


def characters(one: TitleSet) -> tuple[tuple[int, int], list[float]]:
    """The best of a few lengths of n-grams, as somebody would choose it for this set."""
    tried = []
    for sizes in RANGES:
        index = CharacterTfidf(one.corpus, sizes)
        scores = (index.scores(query) for query in one.queries)
        tried.append(
            (sizes, [average_precision(places(_others(s, q, one), r)) for s, q, r in _each(scores, one)])
        )
    return max(tried, key=lambda each: sum(each[1]))


def _each(scores, one):
    return zip(scores, one.queries, one.right, strict=True)


def _others(scores, query, one):
    """A title that is in the corpus too does not find itself."""
    if one.name == "jobbert_titles":
        scores[one.corpus.index(query)] = -2
    return scores


def main() -> None:
    """All sets."""
    figures = {}
    for one in title_sets.every(data_folder()):
        sizes, found = characters(one)
        figures[one.name] = {
            "corpus": len(one.corpus),
            "cosine_map": with_interval(cosine(one)),
            "character_tfidf_map": with_interval(found),
            "character_ngrams": list(sizes),
        }
    say("titles", {"sets": figures})


if __name__ == "__main__":
    main()
