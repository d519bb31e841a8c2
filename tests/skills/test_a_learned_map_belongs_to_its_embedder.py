import numpy as np

from careerforge.gateway.embedding import DIMENSIONS, MiniLM
from careerforge.skills.titles import TitleIndex, learned


def test_the_built_in_embedder_has_a_map_of_its_own_width():
    vectors = np.eye(DIMENSIONS, dtype=np.float32)
    found = learned.turned(vectors, MiniLM.name)
    assert found.shape == vectors.shape
    assert np.isfinite(found).all()
    assert np.linalg.matrix_rank(found) == DIMENSIONS


def test_vectors_of_another_embedder_stay_as_they_are():
    vectors = np.ones((2, 7), np.float32)
    assert learned.turned(vectors, "somebody's") is vectors


def test_no_titles_are_no_vectors():
    class Nothing:
        name, dimensions = MiniLM.name, DIMENSIONS

        def embed(self, texts):
            return np.empty((len(texts), DIMENSIONS), np.float32)

    assert TitleIndex({}, Nothing()).ids == []
