"""Passages with real word statistics and real vectors, as many as asked for, the same for the same seed.

The first (up to ``BASE``) are windows of sentences over the SciFact abstracts, read at run time from the data
folder and embedded by the built-in model. Every further one is a perturbed copy: a tenth of its words come
from another passage, and its vector is the original's with noise (cosine about 0.86). That is fine for
latency and for recall against exact search, and says nothing about quality. Questions are SciFact's claims.
"""

import hashlib
import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from random import Random

import numpy as np
from numpy.typing import NDArray

from careerforge.gateway.embedding import Embedder

BASE = 20_000
PER_DOCUMENT = 5
WINDOW, STEP = 4, 2
REPLACED, NOISE = 0.1, 0.6
SENTENCE = re.compile(r"(?<=[.!?])\s*(?=[A-Z])")


@dataclass(frozen=True)
class Corpus:
    """Passages by number; those of one document follow each other.

    Attributes:
        titles: one for each base passage.
        texts: the base passages.
        vectors: theirs, float32, shape ``(len(texts), width)``, of length 1.
        questions: in the words of people.
    """

    titles: list[str]
    texts: list[str]
    vectors: NDArray[np.float32]
    questions: list[str]
    seed: int

    def text(self, number: int) -> str:
        """The words of a passage."""
        if number < len(self.texts):
            return self.texts[number]
        chance = Random(self.seed * 1_000_003 + number)
        own = self.texts[number % len(self.texts)].split()
        other = self.texts[chance.randrange(len(self.texts))].split()
        return " ".join(chance.choice(other) if chance.random() < REPLACED else word for word in own)

    def title(self, number: int) -> str:
        """The title of the document that a passage is in."""
        first = number - number % PER_DOCUMENT
        return f"{self.titles[first % len(self.titles)]} ({first // PER_DOCUMENT})"

    def parts(self, start: int, end: int) -> NDArray[np.float32]:
        """Two vectors of each passage, as the product makes of one this long: one near the other."""
        pairs = np.repeat(self.block(start, end), 2, axis=0)
        chance = np.random.default_rng([self.seed, start, 1])
        pairs[1::2] += chance.standard_normal(pairs[1::2].shape, dtype=np.float32) * self._spread(pairs)
        pairs /= np.linalg.norm(pairs, axis=1, keepdims=True)
        return pairs

    def _spread(self, vectors: NDArray[np.float32]) -> np.float32:
        return np.float32(NOISE) / np.sqrt(np.float32(vectors.shape[1]))

    def block(self, start: int, end: int) -> NDArray[np.float32]:
        """A vector of each of the passages ``start`` to ``end``."""
        numbers = np.arange(start, end)
        vectors = self.vectors[numbers % len(self.texts)].copy()
        noise = np.random.default_rng([self.seed, start]).standard_normal(vectors.shape, dtype=np.float32)
        noise *= self._spread(vectors)
        vectors[numbers >= len(self.texts)] += noise[numbers >= len(self.texts)]
        vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
        return vectors


def read(data: Path | None, embedder: Embedder, cache: Path, seed: int) -> Corpus:
    """The corpus over the abstracts in ``data``, or without it over the demo company's documents.

    Vectors of base passages are kept in ``cache`` between runs.
    """
    sources = _abstracts(data) if data else _documents()
    found = list(_windows(sources))[:BASE]
    texts, titles = [text for _, text in found], [title for title, _ in found]
    questions = _claims(data) if data else [" ".join(text.split()[:9]) for text in texts[::3]]
    Random(seed).shuffle(questions)
    return Corpus(titles, texts, _embedded(texts, embedder, cache), questions, seed)


def _abstracts(data: Path) -> Iterator[tuple[str, str]]:
    for line in (data / "scifact_dev" / "corpus.jsonl").read_text().splitlines():
        row = json.loads(line)
        yield row["title"], row["text"]


def _claims(data: Path) -> list[str]:
    lines = (data / "scifact_dev" / "queries.jsonl").read_text().splitlines()
    return [json.loads(line)["text"] for line in lines]


def _documents() -> Iterator[tuple[str, str]]:
    for path in sorted((Path(__file__).resolve().parents[2] / "careerforge/demo/documents").rglob("*.md")):
        text = path.read_text().rpartition("+++")[2]
        yield path.stem.replace("-", " "), " ".join(line for line in text.split("\n") if line[:1] != "#")


def _windows(sources: Iterable[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    """Title and text of overlapping stretches of four sentences, in the order of the sources."""
    for title, text in sources:
        sentences = SENTENCE.split(text)
        for start in range(0, max(len(sentences) - STEP, 1), STEP):
            yield title, " ".join(sentences[start : start + WINDOW])


def _embedded(texts: list[str], embedder: Embedder, cache: Path) -> NDArray[np.float32]:
    digest = hashlib.sha256("\0".join([embedder.name, *texts]).encode()).hexdigest()[:16]
    path = cache / f"passages-{digest}.npy"
    if not path.exists():
        cache.mkdir(parents=True, exist_ok=True)
        np.save(path, embedder.embed(texts))
    vectors: NDArray[np.float32] = np.load(path)
    return vectors
