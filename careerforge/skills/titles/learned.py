"""What public lists of job titles teach about an embedder: a map under which one occupation's titles meet.

Fitted by ``bench/titles_map.py`` on the titles of O*NET and ESCO, of which it holds none: only 384 × 384
numbers for each embedder that is built in. Another embedder's vectors stay as they are.
"""

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float32]

# By the embedder's name.
FILES = {"all-MiniLM-L6-v2/int8": "all-MiniLM-L6-v2.npy"}


def turned(vectors: "Floats", embedder: str) -> "Floats":
    """Vectors of titles, shape ``(n, dimensions)``, through the embedder's map; their lengths change."""
    known = _map(embedder)
    return vectors if known is None else vectors @ known


@cache
def _map(embedder: str) -> "Floats | None":
    import numpy as np

    if embedder not in FILES:
        return None
    found: Floats = np.load(Path(__file__).parent / FILES[embedder], allow_pickle=False).astype(np.float32)
    return found
