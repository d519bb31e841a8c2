"""Every address there is, read from the URL resolver and from the API's own description."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.urls import URLPattern, get_resolver
from django.urls.resolvers import URLResolver

from careerforge.api import api

UNNAMED = "(unnamed)"


@dataclass(frozen=True)
class Route:
    """A page: its full name ("coaching:person") and the pattern behind it."""

    name: str
    pattern: URLPattern
    address: str


def pages() -> list[Route]:
    """Every address outside the API."""
    return [route for route in _walk(get_resolver(), "", "") if not route.address.startswith("api/")]


def _walk(resolver: Any, prefix: str, space: str) -> Iterator[Route]:
    for found in resolver.url_patterns:
        address = prefix + str(found.pattern)
        if isinstance(found, URLResolver):
            yield from _walk(found, address, f"{space}{found.namespace}:" if found.namespace else space)
        else:
            yield Route(space + (found.name or UNNAMED), found, address)


@dataclass(frozen=True)
class Operation:
    """One method of one address of the API, called by the name of its function."""

    name: str
    method: str
    address: str
    ninja: Any


def operations() -> list[Operation]:
    """Every operation of the API."""
    found = []
    for prefix, router in ((r.prefix, r) for r in api._get_bound_routers()):
        for address, view in router.path_operations.items():
            for operation in view.operations:
                for method in operation.methods:
                    found.append(
                        Operation(operation.view_func.__name__, method, f"{prefix}{address}", operation)
                    )
    return found
