import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from careerforge.gateway.embedding import Embedder, Hashing, default_embedder

HASHING = Hashing()


@given(st.lists(st.text(max_size=60), max_size=6))
def test_every_text_gets_a_finite_vector_of_length_one(texts: list[str]) -> None:
    vectors = HASHING.embed(texts)
    assert vectors.shape == (len(texts), HASHING.dimensions)
    assert vectors.dtype == np.float32
    assert np.allclose(np.linalg.norm(vectors, axis=1), 1)


def test_the_same_text_gives_the_same_vector_in_any_company() -> None:
    together = HASHING.embed(["Kafka streams", "Data modelling"])
    assert np.array_equal(together[1], HASHING.embed_query("Data modelling"))


def test_shared_words_and_shared_spelling_bring_texts_nearer() -> None:
    asked, near, spelt, far = HASHING.embed(
        ["data modelling", "modelling data", "data model", "soft skills workshop"]
    )
    assert asked @ near > asked @ spelt > asked @ far


def test_without_weights_hashing_takes_over(tmp_path) -> None:
    assert isinstance(default_embedder(None), Hashing)
    assert isinstance(default_embedder(tmp_path), Hashing)
    assert isinstance(default_embedder(tmp_path), Embedder)


def test_tokens_are_counted_about_as_a_model_would() -> None:
    assert HASHING.token_starts("") == []
    assert HASHING.token_starts("Go is fun.") == [0, 3, 6, 9]
