"""Vectors from a server: OpenAI and those that speak like it through the SDK, Ollama by its own interface."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import httpx2

from careerforge.gateway.embedding import Hashing
from careerforge.gateway.errors import BadAnswer, ProviderError, Unavailable
from careerforge.gateway.providers import failure, sdk, transport
from careerforge.gateway.providers.address import BadAddress, is_loopback, vetted
from careerforge.gateway.providers.retry import Patience, attempts

if TYPE_CHECKING:
    from careerforge.gateway.embedding import Vectors

OPENAI_URL = "https://api.openai.com/v1"
# Texts per request; an answer of any known width stays below the transport's cap.
BATCH = 32
BATCH_S, QUESTION_S = 60.0, 3.0
# What models want before a passage and before a question, by the start of their names.
PREFIXES = {
    "nomic-embed-text": ("search_document: ", "search_query: "),
    "mxbai-embed-large": ("", "Represent this sentence for searching relevant passages: "),
}

Ask = Callable[[Sequence[str], float], list[list[float]]]


@dataclass(frozen=True)
class Remote:
    """An embedder by :class:`~careerforge.gateway.embedding.Embedder`, at another address.

    Its methods raise a ProviderError, and nothing else, when the server gives no usable answer; a question
    gets three seconds, because somebody waits for it. Servers do not promise the same bits every time.

    Attributes:
        name: provider and model, as a generation remembers it.
        ask: texts and seconds to vectors.
        is_local: the server is this machine.
    """

    name: str
    model: str
    ask: Ask = field(repr=False)
    is_local: bool = False
    patience: Patience = field(default_factory=Patience)

    @cached_property
    def dimensions(self) -> int:
        """Width of a vector: the server is asked once."""
        return len(self.embed_query("dimensions"))

    def embed(self, texts: Sequence[str]) -> "Vectors":
        """Vectors of passages, in batches."""
        import numpy as np

        batches = [texts[at : at + BATCH] for at in range(0, len(texts), BATCH)]
        if not batches:
            return np.empty((0, self.dimensions), dtype=np.float32)
        return np.concatenate([self._vectors(batch, 0, BATCH_S) for batch in batches])

    def embed_query(self, text: str) -> "Vectors":
        """Vector of one question."""
        vector: Vectors = self._vectors([text], 1, QUESTION_S)[0]
        return vector

    def token_starts(self, text: str) -> Sequence[int]:
        """About the model's; only the server knows."""
        return Hashing().token_starts(text)

    def _vectors(self, texts: Sequence[str], side: int, timeout_s: float) -> "Vectors":
        import numpy as np

        prefixes = (pair[side] for start, pair in PREFIXES.items() if self.model.startswith(start))
        prefix = next(prefixes, "")
        # An empty text is an error to some servers.
        asked = [f"{prefix}{text}".strip() or "-" for text in texts]
        answer = attempts(lambda left: self.ask(asked, left), timeout_s, self.patience)
        if len(answer) != len(texts) or len({len(vector) for vector in answer}) != 1:
            raise BadAnswer(self.name, "wrong_number")
        vectors = np.array(answer, dtype=np.float32)
        lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
        if not vectors.size or not np.isfinite(lengths).all() or not lengths.all():
            raise BadAnswer(self.name, "not_numbers")
        unit: Vectors = vectors / lengths
        return unit


def remote(setting: str, environ: Mapping[str, str], allowed: Collection[str] = ()) -> Remote:
    """The embedder that a setting names: ``openai:MODEL`` or ``ollama:MODEL``.

    Args:
        environ: ``OPENAI_API_KEY``, ``OPENAI_BASE_URL``, ``OLLAMA_BASE_URL``, as for the providers.
        allowed: what the operator has listed, see :func:`~.address.vetted`.

    Raises:
        BadAddress: the setting or an address cannot be used; in words that name the variable.
    """
    kind, _, model = setting.partition(":")
    if kind == "openai" and model:
        url = _address(environ.get("OPENAI_BASE_URL") or OPENAI_URL, "OPENAI_BASE_URL", allowed)
        ask = _OpenAI(f"openai:{model}", environ.get("OPENAI_API_KEY") or "none", url, model)
    elif kind == "ollama" and model and environ.get("OLLAMA_BASE_URL"):
        url = _address(environ["OLLAMA_BASE_URL"], "OLLAMA_BASE_URL", allowed).removesuffix("/v1")
        return Remote(setting, model, _Ollama(setting, url, model), is_loopback(urlsplit(url).hostname or ""))
    else:
        raise BadAddress(
            "CAREERFORGE_EMBEDDER is openai:MODEL, or ollama:MODEL together with OLLAMA_BASE_URL"
        )
    return Remote(setting, model, ask, is_loopback(urlsplit(url).hostname or ""))


def _address(url: str, variable: str, allowed: Collection[str]) -> str:
    try:
        return vetted(url, allowed)
    except BadAddress as error:
        raise BadAddress(f"{variable} {error}") from None


@dataclass(frozen=True)
class _OpenAI:
    name: str
    key: str = field(repr=False)
    base_url: str
    model: str

    def __call__(self, texts: Sequence[str], timeout_s: float) -> list[list[float]]:
        import openai

        with sdk.opened(openai, openai.OpenAI, self.name, self.key, self.base_url, timeout_s) as client:
            answer = client.embeddings.create(model=self.model, input=list(texts))
        try:
            return [row.embedding for row in sorted(answer.data, key=lambda row: row.index)]
        # The SDK does not check what it is sent.
        except (TypeError, AttributeError):
            raise BadAnswer(self.name, "not_json") from None


@dataclass(frozen=True)
class _Ollama:
    name: str
    base_url: str
    model: str

    def __call__(self, texts: Sequence[str], timeout_s: float) -> list[list[float]]:
        body = {"model": self.model, "input": list(texts), "truncate": True}
        try:
            with transport.client(timeout_s, self.base_url) as http:
                answer = http.post("/api/embed", json=body)
                return self._read(answer)
        except httpx2.TimeoutException:
            raise Unavailable(self.name, "timeout") from None
        except httpx2.HTTPError:
            raise Unavailable(self.name, "no_connection", retryable=True) from None

    def _read(self, answer: httpx2.Response) -> list[list[float]]:
        if answer.status_code != 200:
            raise failure.from_status(self.name, answer.status_code, answer.headers, answer.text)
        try:
            found: Any = answer.json()["embeddings"]
            return [[float(value) for value in vector] for vector in found]
        except (ValueError, TypeError, KeyError):
            raise BadAnswer(self.name, "not_json") from None


__all__ = ["BadAddress", "ProviderError", "Remote", "remote"]
