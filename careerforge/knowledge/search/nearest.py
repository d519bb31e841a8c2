"""The leg by meaning: vectors compared one by one where they are few, through the generation's graph else.

Measured on two cores: a vector costs 0.7 µs to compare; through the graph the first hundred cost 3 ms, and
1 / share times 1.8 ms where only a share of the graph's vectors may be seen. Both cost the same at
sqrt(2500 × vectors in the graph) visible ones. A passage has about two vectors.
"""

import math
import time
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connection

from careerforge.knowledge.search.scope import Scope

# Below so many passages each of their vectors is compared, however small the graph is.
EXACT_BELOW = 4_000
# Vectors of a passage, about.
VECTORS = 2
# How long a process believes what it knows of a graph's size.
BELIEVED_S = 600.0
_sizes: dict[int, tuple[float, float]] = {}

# How widely the graph is searched at least and at most, and how many of its entries are looked at when a
# permission hides most.
WIDTH, WIDEST, MOST_SCANNED = 200, 1_000, 40_000
_SETTINGS = f"""
    SET LOCAL jit = off; SET LOCAL hnsw.iterative_scan = relaxed_order;
    SET LOCAL hnsw.max_scan_tuples = {MOST_SCANNED}; SET LOCAL hnsw.ef_search = {{width}};
"""


@dataclass(frozen=True)
class Near:
    """A question in the vector space of one generation."""

    generation: int
    dimensions: int
    vector: Sequence[float]


# Generation and width are literals: a plan for parameters would not see the partial index.
_ONE_BY_ONE = """
    SELECT chunk_id, embedding <#> %(vector)s::halfvec AS far FROM knowledge_chunkvector
    WHERE generation_id = {generation} {filter}
    ORDER BY far LIMIT {depth}
"""
_VISIBLE = "AND collection_id = ANY(%(collections)s::uuid[])"
# The graph is on the typed expression. What is not in it yet is compared one by one.
_GRAPH = """
    SELECT chunk_id, embedding::halfvec({dimensions}) <#> %(vector)s::halfvec({dimensions}) AS far
    FROM knowledge_chunkvector
    WHERE generation_id = {generation} AND in_graph {filter}
    ORDER BY far LIMIT {depth}
"""


def settings(depth: int) -> str:
    """What has to be set before a statement of this depth, to the end of the transaction."""
    return _SETTINGS.format(width=min(max(WIDTH, int(depth)), WIDEST))


def statement(scope: Scope, near: Near, depth: int) -> str:
    """SQL that gives (chunk, cosine with its sign changed), in any order; at most twice ``depth``."""
    values = _literals(near, depth)
    if is_few(scope, near.generation):
        return _ONE_BY_ONE.format(filter=_VISIBLE, **values)
    rest = _ONE_BY_ONE.format(filter=f"{_VISIBLE} AND NOT in_graph", **values)
    return f"({_GRAPH.format(filter=_VISIBLE, **values)}) UNION ALL ({rest})"


def is_few(scope: Scope, generation: int) -> bool:
    """Whether each vector of the scope is compared."""
    return scope.passages < EXACT_BELOW or scope.passages < compared_below(generation)


def compared_below(generation: int) -> float:
    """The vectors of so many passages are compared one by one at most, by the size of the graph."""
    known = _sizes.get(generation)
    now = time.monotonic()
    if known is None or known[0] < now:
        known = _sizes[generation] = now + BELIEVED_S, _size(generation)
    return max(EXACT_BELOW, math.sqrt(2500 * known[1]) / VECTORS)


def graph_name(generation: int) -> str:
    """Of the index, in the database."""
    return f"graph_of_generation_{int(generation)}"


def _size(generation: int) -> float:
    """Vectors in the graph when PostgreSQL last counted; 0 where it has not, or there is none."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT reltuples FROM pg_class WHERE relname = %s", [graph_name(generation)])
        found = cursor.fetchone()
    return max(float(found[0]), 0.0) if found else 0.0


def among(near: Near, depth: int) -> str:
    """The same, only among the chunks of the parameter ``among``."""
    return _ONE_BY_ONE.format(filter="AND chunk_id = ANY(%(among)s::bigint[])", **_literals(near, depth))


def everywhere(near: Near, depth: int) -> str:
    """The same over everything the open organisation has, one by one."""
    return _ONE_BY_ONE.format(filter="", **_literals(near, depth))


def _literals(near: Near, depth: int) -> dict[str, int]:
    return {"generation": int(near.generation), "dimensions": int(near.dimensions), "depth": int(depth)}


def written(vector: Sequence[float]) -> str:
    """A vector for SQL; six places are more than half precision keeps."""
    return "[" + ",".join(["%.6f"] * len(vector)) % tuple(vector) + "]"


def parameters(scope: Scope, near: Near) -> dict[str, Any]:
    """Of :func:`statement`."""
    return {"collections": list(scope.collections), "vector": written(near.vector)}
