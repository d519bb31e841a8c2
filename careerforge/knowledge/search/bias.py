"""A search that leans towards what somebody can do and wants to become. Pure."""

import re
from collections.abc import Callable, Sequence

MOST_NAMES = 60


def leaning(names: Sequence[str]) -> Callable[[str], float]:
    """How much a text speaks of some names: 0 for none of them, 0.5 for one, 0.75 for two, towards 1.

    Args:
        names: of skills and roles, as whole words in any case; the first sixty count.
    """
    known = [re.escape(name) for name in dict.fromkeys(map(str.casefold, names)) if name.strip()]
    if not known:
        return lambda text: 0.0
    # The longest first, so that "machine learning" is not read as "learning".
    pattern = re.compile(rf"(?<!\w)(?:{'|'.join(sorted(known[:MOST_NAMES], key=len, reverse=True))})(?!\w)")
    return lambda text: 1 - 0.5 ** len(set(pattern.findall(text.casefold())))
