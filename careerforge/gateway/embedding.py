"""Texts to vectors: a small local model, or hashing where its weights cannot be had."""

import hashlib
import math
import re
from collections import Counter
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import lru_cache
from itertools import chain
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, Any, Protocol, runtime_checkable

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray
    from tokenizers import Tokenizer

    Vectors = NDArray[np.float32]

DIMENSIONS = 384
LONGEST_TOKENS = 256
THREADS = 2

MODEL_FILE = "model.onnx"
TOKENIZER_FILE = "tokenizer.json"


@runtime_checkable
class Embedder(Protocol):
    """Turns texts into vectors.

    Contract: the same text gives the same vector, bit by bit, whatever it is embedded together with.
    Vectors are finite and of length 1, so that a dot product is a cosine. Safe to call from several threads.
    """

    @property
    def name(self) -> str:
        """Names model and kind; vectors of two names are never compared."""

    @property
    def dimensions(self) -> int:
        """Width of a vector."""

    def embed(self, texts: Sequence[str]) -> "Vectors":
        """Vectors of passages: float32, shape ``(len(texts), dimensions)``."""

    def embed_query(self, text: str) -> "Vectors":
        """Vector of one question: float32, shape ``(dimensions,)``."""

    def token_starts(self, text: str) -> Sequence[int]:
        """Where each of the model's own tokens begins, in order: not truncated, without its two markers."""


class MiniLM:
    """all-MiniLM-L6-v2, int8 per channel, on onnxruntime.

    One text at a time on each of two threads: the quantised model scales its activations over the whole
    batch, so in a batch a vector would depend on its neighbours (cosine down to 0.986 between batch
    sizes); alone it does not. It is as fast as batches of 32, which on two cores spend their gain on
    padding, and keeps memory low, as does leaving out onnxruntime's arena, which never gives memory back.

    Attributes:
        folder: holds ``model.onnx`` and ``tokenizer.json``. Opened at the first use.
    """

    name = "all-MiniLM-L6-v2/int8"
    dimensions = DIMENSIONS

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._lock = Lock()
        self._loaded: tuple[Any, Tokenizer, Tokenizer] | None = None

    def embed(self, texts: Sequence[str]) -> "Vectors":
        """Vectors of passages; beyond 256 tokens a text is cut."""
        import numpy as np

        vectors = np.empty((len(texts), DIMENSIONS), dtype=np.float32)
        # Long ones first, so that the threads finish together.
        order = sorted(range(len(texts)), key=lambda place: -len(texts[place]))
        with ThreadPoolExecutor(THREADS) as threads:
            for place, vector in zip(
                order, threads.map(self.embed_query, [texts[place] for place in order]), strict=True
            ):
                vectors[place] = vector
        return vectors

    def embed_query(self, text: str) -> "Vectors":
        """Vector of one text."""
        import numpy as np

        session, cutting, _ = self._model()
        ids = np.array([cutting.encode(text).ids], dtype=np.int64)
        vector: Vectors = session.run(None, {"input_ids": ids, "attention_mask": np.ones_like(ids)})[0][0]
        return vector

    def token_starts(self, text: str) -> Sequence[int]:
        """Of wordpieces."""
        return [start for start, _end in self._model()[2].encode(text, add_special_tokens=False).offsets]

    def _model(self) -> tuple[Any, "Tokenizer", "Tokenizer"]:
        """The session and two tokenizers, one cutting and one counting, loaded once a process."""
        with self._lock:
            if self._loaded is None:
                self._loaded = _session(self.folder / MODEL_FILE), *_tokenizers(self.folder / TOKENIZER_FILE)
            return self._loaded


class Hashing:
    """Words and character trigrams hashed into 384 signed places: no model, no meaning beyond spelling.

    After Weinberger et al., "Feature Hashing for Large Scale Multitask Learning", 2009; counts are damped
    by 1 + ln n.
    """

    name = "hashing-384"
    dimensions = DIMENSIONS

    def embed(self, texts: Sequence[str]) -> "Vectors":
        """Vectors of passages."""
        import numpy as np

        if not texts:
            return np.empty((0, DIMENSIONS), dtype=np.float32)
        return np.stack([self.embed_query(text) for text in texts])

    def embed_query(self, text: str) -> "Vectors":
        """Vector of one text. A text without a letter or digit gets the first unit vector."""
        import numpy as np

        vector = np.zeros(DIMENSIONS, dtype=np.float32)
        words = WORD.findall(text.casefold())
        for feature, count in Counter(chain.from_iterable(map(features, words))).items():
            place, sign, weight = hashed(feature)
            vector[place] += sign * weight * (1 + math.log(count))
        norm = float(np.linalg.norm(vector))
        if norm == 0:
            vector[0] = norm = 1
        return vector / np.float32(norm)

    def token_starts(self, text: str) -> Sequence[int]:
        """About those of a wordpiece model: a piece per six letters of a word, and one per mark."""
        return [match.start() for match in PIECE.finditer(text)]


# A long word goes on in the next piece.
PIECE = re.compile(r"\w{1,6}|[^\w\s]")
WORD = re.compile(r"[^\W_]+(?:[+#]+)?")


@lru_cache(maxsize=50_000)
def features(word: str) -> tuple[str, ...]:
    """A word, and its trigrams between its edges: ``go`` gives ``go``, ``^go``, ``go$``."""
    edged = f"^{word}$"
    return word, *(edged[start : start + 3] for start in range(len(edged) - 2))


@lru_cache(maxsize=100_000)
def hashed(feature: str) -> tuple[int, float, float]:
    """Place, sign and weight of a feature; a whole word weighs as much as about three of its trigrams."""
    digest = hashlib.blake2b(feature.encode(), digest_size=8).digest()
    number = int.from_bytes(digest, "big")
    trigram = len(feature) == 3 or feature.startswith("^") or feature.endswith("$")
    return number % DIMENSIONS, 1.0 if number >> 63 else -1.0, 0.35 if trigram else 1.0


@lru_cache(maxsize=4)
def default_embedder(folder: Path | None) -> Embedder:
    """The model if its weights are in the folder, else hashing. One per folder and process."""
    if folder and all((folder / name).is_file() for name in (MODEL_FILE, TOKENIZER_FILE)):
        return MiniLM(folder)
    return Hashing()


def _session(model: Path) -> Any:
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    options.inter_op_num_threads = 1
    options.enable_cpu_mem_arena = False
    options.enable_mem_pattern = False
    return onnxruntime.InferenceSession(str(model), options, providers=["CPUExecutionProvider"])


def _tokenizers(path: Path) -> "tuple[Tokenizer, Tokenizer]":
    """The file cuts at 128 tokens and pads; one tokenizer cuts where the model ends, the other not at all."""
    from tokenizers import Tokenizer

    cutting, counting = Tokenizer.from_file(str(path)), Tokenizer.from_file(str(path))
    cutting.enable_truncation(LONGEST_TOKENS)
    cutting.no_padding()
    counting.no_truncation()
    counting.no_padding()
    return cutting, counting
