"""What the shared language needs of an embedder. The gateway's fit, and this layer knows none of them."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float32]


class Embeds(Protocol):
    """Turns texts into vectors of length 1, always the same for the same text."""

    @property
    def name(self) -> str:
        """Names model and kind."""

    @property
    def dimensions(self) -> int:
        """Width of a vector."""

    def embed(self, texts: Sequence[str]) -> "Floats":
        """float32, shape ``(len(texts), dimensions)``."""


def unit(vectors: "Floats") -> "Floats":
    """Vectors of length 1; one of length 0 stays."""
    import numpy as np

    lengths = np.linalg.norm(vectors, axis=-1, keepdims=True)
    scaled: Floats = vectors / np.maximum(lengths, np.float32(1e-9))
    return scaled
