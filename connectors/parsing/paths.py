"""JMESPaths as administrators write them, within limits. Pure."""

from collections.abc import Mapping
from typing import Any

import jmespath

# `[@, @][]` twice makes four of one, twenty times a million: one selection of several is enough to reshape.
MOST_FORKS = 1
_FORKS = ("multi_select_list", "multi_select_dict")


def compiled(text: str) -> Any:
    """An expression that is ready to search with.

    Raises:
        JMESPathError, RecursionError: it is none.
        ValueError: it could multiply what it is given.
    """
    expression = jmespath.compile(text)
    if _forks(expression.parsed) > MOST_FORKS:
        raise ValueError("This path selects several things more than once.")
    return expression


def found_at(text: str, document: object) -> Any:
    """What stands at a path; the errors of :func:`compiled`."""
    return compiled(text).search(document)


def _forks(node: Mapping[str, Any]) -> int:
    inner = (child for child in node.get("children", ()) if isinstance(child, Mapping))
    return (node.get("type") in _FORKS) + sum(map(_forks, inner))
