"""The search people build without us: FAISS flat, bm25s, ranks fused in Python, rows fetched from PostgreSQL.

Tuned as its users would: inner product over normalised float32, FAISS's own threads, English stop words
and Snowball stems, the first fifty of each, k = 60, ten rows by one statement over an open connection. It
knows no tenants, permissions, freshness or diversity, and holds everything in memory.

``--chunks 100000 --data DIR`` prints one JSON line, which is committed as ``search_peer.json``. The ratio of
the product to it is measured by ``bench/search.py --peer``, one query of each in turn.
"""

import argparse
import json
import os
import platform
import sys
import time
from collections.abc import Sequence
from importlib.metadata import version
from pathlib import Path
from typing import Any

import bm25s
import faiss
import numpy as np
import Stemmer

sys.path[:0] = [str(Path(__file__).resolve().parents[2]), str(Path(__file__).resolve().parents[1])]
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "careerforge.settings")

from searching.corpus import Corpus, read
from searching.figures import pss_mb, quantiles, surroundings

from careerforge.embedded import weights
from careerforge.gateway.embedding import Embedder, default_embedder

DEPTH, K, ROWS = 50, 60, 10
FETCH = "SELECT id, title, text FROM peer_passage WHERE id = ANY(%s)"


class Peer:
    """Both indexes in memory, and a connection to the rows.

    Attributes:
        connection: psycopg's, in autocommit.
    """

    def __init__(self, corpus: Corpus, chunks: int, embedder: Embedder, connection: Any) -> None:
        self.embedder, self.connection = embedder, connection
        self.stemmer = Stemmer.Stemmer("english")
        self.vectors = faiss.IndexFlatIP(embedder.dimensions)
        self.words = bm25s.BM25(method="lucene", k1=1.2, b=0.75)
        for start in range(0, chunks, 10_000):
            self.vectors.add(corpus.block(start, min(start + 10_000, chunks)))
        texts = [f"{corpus.title(at)}\n{corpus.text(at)}" for at in range(chunks)]
        self.words.index(self._tokens(texts), show_progress=False)
        self._store(corpus, chunks)

    def search(self, question: str) -> list[tuple[Any, ...]]:
        """Ten rows, best first."""
        near = self.vectors.search(self.embedder.embed_query(question)[None], DEPTH)[1][0]
        found, _ = self.words.retrieve(self._tokens([question]), k=DEPTH, show_progress=False)
        best = fused([near.tolist(), found[0].tolist()])[:ROWS]
        rows = {row[0]: row for row in self.connection.execute(FETCH, [best]).fetchall()}
        return [rows[number] for number in best]

    def _tokens(self, texts: list[str]) -> Any:
        return bm25s.tokenize(texts, stopwords="en", stemmer=self.stemmer, show_progress=False)

    def _store(self, corpus: Corpus, chunks: int) -> None:
        self.connection.execute(
            "CREATE TEMPORARY TABLE peer_passage (id int PRIMARY KEY, title text, text text)"
        )
        with self.connection.cursor().copy("COPY peer_passage FROM STDIN") as copy:
            for at in range(chunks):
                copy.write_row((at, corpus.title(at), corpus.text(at)))
        self.connection.execute("ANALYZE peer_passage")


def fused(rankings: Sequence[Sequence[int]]) -> list[int]:
    """Reciprocal rank fusion, as everybody writes it."""
    scores: dict[int, float] = {}
    for ranking in rankings:
        for place, key in enumerate(ranking, 1):
            scores[key] = scores.get(key, 0.0) + 1 / (K + place)
    return sorted(scores, key=lambda key: (-scores[key], key))


def main() -> None:
    """Build, measure, print."""
    import psycopg

    parser = argparse.ArgumentParser()
    parser.add_argument("--chunks", type=int, default=100_000)
    parser.add_argument("--queries", type=int, default=300)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--data", type=Path, required=True, help="folder that holds scifact_dev")
    parser.add_argument("--cache", type=Path, default=Path("var/bench"))
    asked = parser.parse_args()
    embedder = default_embedder(weights.folder())
    corpus = read(asked.data, embedder, asked.cache, asked.seed)
    with psycopg.connect(os.environ["DATABASE_OWNER_URL"], autocommit=True) as connection:
        started = time.perf_counter()
        peer = Peer(corpus, asked.chunks, embedder, connection)
        took = time.perf_counter() - started
        whole, parts = [], {"embed": [], "faiss": [], "bm25s": []}
        for question in [*corpus.questions[:20], *corpus.questions[: asked.queries]]:
            began = time.perf_counter()
            peer.search(question)
            whole.append((time.perf_counter() - began) * 1000)
            for name, part in _parts(peer, question).items():
                parts[name].append(part)
        print(
            json.dumps(
                {
                    "bench": "search_peer",
                    **quantiles(whole[20:]),
                    "parts": {name: quantiles(taken[20:]) for name, taken in parts.items()},
                    "chunks": asked.chunks,
                    "build_s": round(took, 1),
                    "resident_mb": pss_mb(),
                    "seed": asked.seed,
                    "embedder": embedder.name,
                    "faiss": version("faiss-cpu"),
                    "faiss_threads": faiss.omp_get_max_threads(),
                    "bm25s": version("bm25s"),
                    "numpy": np.__version__,
                    "postgresql": connection.info.server_version,
                    "python": platform.python_version(),
                    **surroundings(),
                }
            )
        )


def _parts(peer: Peer, question: str) -> dict[str, float]:
    """Milliseconds of each step alone."""
    began = time.perf_counter()
    vector = peer.embedder.embed_query(question)[None]
    embedded = time.perf_counter()
    peer.vectors.search(vector, DEPTH)
    compared = time.perf_counter()
    peer.words.retrieve(peer._tokens([question]), k=DEPTH, show_progress=False)
    ended = time.perf_counter()
    return {
        "embed": (embedded - began) * 1000,
        "faiss": (compared - embedded) * 1000,
        "bm25s": (ended - compared) * 1000,
    }


if __name__ == "__main__":
    main()
