"""The kinds that there are. A new one is a folder with a ``KIND``, and a line here."""

from functools import cache
from importlib import import_module

from connectors.kinds.kind import Kind

# In the order in which people choose among them.
NAMES: tuple[str, ...] = ("feed", "greenhouse", "lever", "ashby", "careers", "json", "folder", "upload")

# Nobody asks these for documents: people hand them in.
BY_HAND = frozenset({"upload"})


@cache
def all_kinds() -> tuple[Kind, ...]:
    """Every kind, in the order in which people choose."""
    return tuple(import_module(f"connectors.kinds.{name}").KIND for name in NAMES)


def find(key: str) -> Kind:
    """The kind of this name.

    Raises:
        LookupError: this version has no such kind.
    """
    for kind in all_kinds():
        if kind.key == key:
            return kind
    raise LookupError(f"There is no kind of source called {key}.")
