"""How much a sentence is like those that judge a person by a protected trait, in whatever words.

Lists of words end where wording begins; meaning goes further. 384 numbers of the built-in embedder, fitted by
``bench/claims_weights.py`` on sentences written for it, say how much one is like another. A sentence that is
alike is never struck for it, but looked at by a person. With another embedder, or none, the rules are alone.
"""

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from careerforge.knowledge.index import embedders

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float32]

# By the embedder's name: as many weights as it has dimensions, then the bound.
FILES = {"all-MiniLM-L6-v2/int8": "all-MiniLM-L6-v2.npy"}


def is_alike(sentence: str) -> bool:
    """Whether it is beyond the bound above which only such sentences were seen."""
    embedder = embedders.built_in()
    weights = _weights(embedder.name)
    if weights is None or sentence.rstrip().endswith("?"):
        return False
    return float(embedder.embed_query(sentence) @ weights[:-1]) > float(weights[-1])


@cache
def _weights(embedder: str) -> "Floats | None":
    import numpy as np

    if embedder not in FILES:
        return None
    found: Floats = np.load(Path(__file__).parent / FILES[embedder], allow_pickle=False).astype(np.float32)
    return found
