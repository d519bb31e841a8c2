import numpy as np
import pytest

from careerforge.embedded import weights
from careerforge.gateway.embedding import Embedder, MiniLM, default_embedder

pytestmark = pytest.mark.real

REFERENCE_TEXTS = ("data modelling with SQL", "relational database design", "a recipe for bread")
# Cosines of the first with the others, by the published model in full precision.
REFERENCE_NEAR, REFERENCE_FAR = 0.6164, 0.0913


@pytest.fixture(scope="module")
def model() -> Embedder:
    folder = weights.folder()
    if folder is None:
        pytest.skip("the embedding model is not installed here")
    return default_embedder(folder)


def test_the_weights_are_used_when_they_are_there(model: Embedder) -> None:
    assert isinstance(model, MiniLM)
    assert model.dimensions == 384


def test_a_vector_does_not_depend_on_what_it_is_embedded_with(model: Embedder) -> None:
    texts = ["Kafka", "a much longer text about stream processing " * 20, "SQL window functions"]
    together = model.embed(texts)
    assert np.array_equal(together, np.stack([model.embed_query(text) for text in texts]))
    assert np.allclose(np.linalg.norm(together, axis=1), 1, atol=1e-5)


def test_vectors_agree_with_the_published_model(model: Embedder) -> None:
    data, database, bread = model.embed(REFERENCE_TEXTS)
    assert data @ database == pytest.approx(REFERENCE_NEAR, abs=0.05)
    assert data @ bread == pytest.approx(REFERENCE_FAR, abs=0.05)


@pytest.mark.parametrize(
    ("asked", "near", "far"),
    [
        (
            "How do I become a data engineer?",
            "Building ETL pipelines and warehouses",
            "Giving feedback to your team",
        ),
        ("stream processing", "Apache Kafka and event-driven systems", "Relational schema design"),
        ("leading people", "Coaching and delegating work in a team", "Writing unit tests"),
        ("container orchestration", "Kubernetes clusters and Helm charts", "Negotiating a salary"),
        (
            "find weaknesses in an application",
            "Penetration testing and threat modelling",
            "Visual design of slides",
        ),
    ],
)
def test_meaning_orders_texts_that_share_no_word(model: Embedder, asked: str, near: str, far: str) -> None:
    question = model.embed_query(asked)
    assert question @ model.embed_query(near) > question @ model.embed_query(far) + 0.1


def test_a_long_text_is_cut_where_the_model_ends_and_counted_whole(model: Embedder) -> None:
    long = "word " * 1_000
    assert len(model.token_starts(long)) == 1_000
    assert np.array_equal(model.embed_query(long), model.embed_query("word " * 400))
