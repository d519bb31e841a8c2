"""How much a sentence is like those that judge a person by a protected trait, in whatever words.

Lists of words end where wording begins; meaning goes further. The vectors of sentences written for it, and a
number for each, say how much one is like another: kernel ridge regression (Saunders, Gammerman and Vovk,
"Ridge regression learning algorithm in dual variables", 1998) with a Gaussian kernel, fitted by
``bench/claims_weights.py``. A sentence counts with what it concludes from, as much as with all it says. One
that is alike is never struck for it, but looked at by a person; one that is clearly none is not stopped for a
word. With another embedder, or none, the rules are alone.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from hashlib import blake2b
from pathlib import Path
from typing import TYPE_CHECKING

from careerforge.assistant.policy import premises
from careerforge.knowledge.index import embedders

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float32]

# By the embedder's name.
FILES = {"all-MiniLM-L6-v2/int8": "all-MiniLM-L6-v2.npz"}
# How fast likeness ends with distance, and what one step of a kept number stands for.
WIDTH = 2.0
STEP = 1 / 400


# A process remembers so many verdicts, 100 bytes each.
MOST_KNOWN = 20_000


@dataclass(frozen=True)
class Fitted:
    """What was learned.

    Attributes:
        vectors: of what it was learned from, n × twice the embedder's dimensions.
        weights: one per row.
        bound: above it hardly any but such sentences were seen.
        clear: below it hardly any such sentence was seen.
    """

    vectors: "Floats"
    weights: "Floats"
    bound: float
    clear: float


@dataclass(frozen=True, slots=True)
class Likeness:
    """What the meaning of a sentence says; both are False where nobody can say."""

    is_alike: bool = False
    is_clear: bool = False


# By the embedder and a hash of the sentence: pages show a draft again and again.
_known: dict[tuple[str, bytes], Likeness] = {}


def vectors(sentences: list[str]) -> "Floats":
    """A row per sentence, of length 1: all it says beside what it concludes from."""
    import numpy as np

    grounds = [premises.premise(one) for one in sentences]
    texts = list(dict.fromkeys([*sentences, *grounds]))
    found = dict(zip(texts, embedders.built_in().embed(texts), strict=True))
    both = zip(sentences, grounds, strict=True)
    rows = np.stack([np.concatenate([found[said], found[ground]]) for said, ground in both])
    return rows.astype(np.float32) / np.float32(np.sqrt(2))


def kernel(some: "Floats", others: "Floats") -> "Floats":
    """How alike each of some is to each of the others, 0 to 1."""
    import numpy as np

    alike: Floats = np.exp(WIDTH * (2 * (some @ others.T) - 2))
    return alike


def likeness(sentences: Sequence[str]) -> list[Likeness]:
    """Whether each is beyond one of the two bounds. What was asked of late is remembered, its text is not."""
    name = embedders.built_in().name
    fitted = _fitted(name)
    if fitted is None:
        return [Likeness()] * len(sentences)
    keys = {one: (name, blake2b(one.encode(), digest_size=16).digest()) for one in sentences}
    found = {one: known for one, key in keys.items() if (known := _known.get(key))}
    new = [one for one in keys if one not in found]
    if new:
        scores = kernel(vectors(new), fitted.vectors) @ fitted.weights
        said = [Likeness(bool(one > fitted.bound), bool(one < fitted.clear)) for one in scores]
        found |= zip(new, said, strict=True)
        if len(_known) > MOST_KNOWN:
            _known.clear()
        _known.update((keys[one], found[one]) for one in new)
    return [found[one] for one in sentences]


@cache
def _fitted(embedder: str) -> Fitted | None:
    import numpy as np

    if embedder not in FILES:
        return None
    with np.load(Path(__file__).parent / FILES[embedder], allow_pickle=False) as kept:
        rows = kept["vectors"].astype(np.float32) * np.float32(STEP)
        return Fitted(rows, kept["weights"], float(kept["bound"]), float(kept["clear"]))
