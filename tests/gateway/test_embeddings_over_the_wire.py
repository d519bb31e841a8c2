"""Vectors from OpenAI and from Ollama, in the formats that they really send."""

import base64
import json
import struct
from typing import Any

import numpy as np
import pytest
from pytest_httpserver import HTTPServer
from werkzeug import Request, Response

from careerforge.gateway import errors
from careerforge.gateway.embedding import Embedder
from careerforge.gateway.providers.embeddings import BATCH, BadAddress, Remote, remote

KEY = "sk-secret-key-that-must-not-leak"


def vector(text: str) -> list[float]:
    """What the scripted model makes of a text."""
    return [float(len(text)), 3.0, -1.0]


class Server:
    """Answers both ways; keeps what it was asked."""

    def __init__(self, server: HTTPServer) -> None:
        self.address = server.url_for("").rstrip("/")
        self.asked: list[dict[str, Any]] = []
        self.headers: list[Any] = []
        self.failures: list[Response] = []
        server.expect_request("/v1/embeddings", method="POST").respond_with_handler(self.openai)
        server.expect_request("/api/embed", method="POST").respond_with_handler(self.ollama)

    def take(self, request: Request) -> dict[str, Any]:
        self.asked.append(json.loads(request.get_data()))
        self.headers.append(request.headers)
        return self.asked[-1]

    def openai(self, request: Request) -> Response:
        asked = self.take(request)
        if self.failures:
            return self.failures.pop(0)
        as_base64 = asked.get("encoding_format") == "base64"
        rows = [
            {
                "object": "embedding",
                "index": place,
                "embedding": base64.b64encode(struct.pack("<3f", *vector(text))).decode()
                if as_base64
                else vector(text),
            }
            for place, text in enumerate(asked["input"])
        ]
        body = {
            "object": "list",
            "data": rows[::-1],
            "model": asked["model"],
            "usage": {"prompt_tokens": 5, "total_tokens": 5},
        }
        return Response(json.dumps(body), content_type="application/json")

    def ollama(self, request: Request) -> Response:
        asked = self.take(request)
        if self.failures:
            return self.failures.pop(0)
        body = {
            "model": asked["model"],
            "embeddings": [vector(text) for text in asked["input"]],
            "total_duration": 14143917,
            "load_duration": 1019500,
            "prompt_eval_count": 8,
        }
        return Response(json.dumps(body), content_type="application/json")

    def fails(self, status: int, body: str) -> None:
        self.failures.append(Response(body, status=status, content_type="application/json"))


@pytest.fixture
def server(httpserver: HTTPServer) -> Server:
    return Server(httpserver)


@pytest.fixture(params=["openai", "ollama"])
def embedder(request: pytest.FixtureRequest, server: Server) -> Remote:
    return {"openai": of_openai, "ollama": of_ollama}[request.param](server)


def of_openai(server: Server) -> Remote:
    environ = {"OPENAI_API_KEY": KEY, "OPENAI_BASE_URL": f"{server.address}/v1"}
    return remote("openai:text-embedding-3-small", environ)


def of_ollama(server: Server, model: str = "all-minilm") -> Remote:
    return remote(f"ollama:{model}", {"OLLAMA_BASE_URL": f"{server.address}/v1"})


def test_texts_become_vectors_of_length_one_in_their_order(embedder: Remote):
    texts = ["a", "bbb", "cc"]
    vectors = embedder.embed(texts)
    expected = np.array([vector(text) for text in texts])
    assert vectors == pytest.approx(expected / np.linalg.norm(expected, axis=1, keepdims=True))
    assert vectors.dtype == np.float32
    assert isinstance(embedder, Embedder)


def test_many_texts_go_in_batches(embedder: Remote, server: Server):
    assert embedder.embed([f"text {n}" for n in range(BATCH + 5)]).shape == (BATCH + 5, 3)
    assert [len(asked["input"]) for asked in server.asked] == [BATCH, 5]


def test_the_width_is_asked_once(embedder: Remote, server: Server):
    assert (embedder.dimensions, embedder.dimensions) == (3, 3)
    assert len(server.asked) == 1


def test_the_key_goes_into_the_header_and_the_model_into_the_body(server: Server):
    of_openai(server).embed(["a"])
    assert server.headers[0]["authorization"] == f"Bearer {KEY}"
    assert server.asked[0]["model"] == "text-embedding-3-small"


def test_ollama_gets_what_its_models_want_before_a_passage_and_before_a_question(server: Server):
    nomic = of_ollama(server, "nomic-embed-text:v1.5")
    nomic.embed(["Kafka"])
    nomic.embed_query("kafka?")
    assert [asked["input"] for asked in server.asked] == [
        ["search_document: Kafka"],
        ["search_query: kafka?"],
    ]


def test_no_text_is_sent_empty(embedder: Remote, server: Server):
    embedder.embed(["", "  "])
    assert all(text.strip() for text in server.asked[0]["input"])


@pytest.mark.parametrize(
    ("status", "body", "error"),
    [
        (404, '{"error":"model \\"all-minilm\\" not found, try pulling it first"}', errors.Unavailable),
        (401, '{"error":{"message":"Incorrect API key provided"}}', errors.BadKey),
        (200, "<html>a proxy's page</html>", errors.BadAnswer),
        (200, '{"data": [], "embeddings": []}', errors.BadAnswer),
        (200, '{"data": [{"index": 0, "embedding": [0, 0]}], "embeddings": [[0, 0]]}', errors.BadAnswer),
    ],
)
def test_an_unusable_answer_is_one_of_our_errors_and_tells_no_secret(
    embedder: Remote, server: Server, status: int, body: str, error: type[Exception]
):
    for _ in range(3):
        server.fails(status, body)
    with pytest.raises(error) as raised:
        embedder.embed_query("a question that must not leak")
    assert KEY not in str(raised.value)
    assert "must not leak" not in str(raised.value)


def test_a_short_failure_is_tried_again(server: Server):
    server.fails(503, "{}")
    assert of_openai(server).embed_query("a").shape == (3,)


@pytest.mark.parametrize(
    ("setting", "environ"),
    [
        ("openai", {}),
        ("ollama:all-minilm", {}),
        ("cohere:embed", {}),
        ("openai:m", {"OPENAI_BASE_URL": "http://models.example/v1"}),
        ("ollama:m", {"OLLAMA_BASE_URL": "http://user:secret@127.0.0.1"}),
    ],
)
def test_a_setting_that_cannot_be_used_is_said_without_the_address(setting: str, environ: dict[str, str]):
    with pytest.raises(BadAddress) as raised:
        remote(setting, environ)
    assert "secret" not in str(raised.value)
    assert "models.example" not in str(raised.value)


def test_only_this_machine_counts_as_local(server: Server):
    assert of_ollama(server).is_local
    assert not remote("openai:m", {"OPENAI_API_KEY": KEY}).is_local
