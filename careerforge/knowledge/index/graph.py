"""The graph over a generation's vectors, and how vectors get into it.

To put a vector into the graph costs some milliseconds, so new ones wait outside, where searches compare them
one by one, until a job brings them in. A company whose vectors are few never needs the graph.
"""

from django.db import connection

from careerforge.jobs.running import Running
from careerforge.knowledge.models import Collection, IndexGeneration
from careerforge.knowledge.search.nearest import EXACT_BELOW, graph_name
from careerforge.tenancy import context
from careerforge.tenancy.models import Organisation

# So many wait outside before they are brought in, and so many come in per transaction.
WAITING, SLICE = 2_000, 250
# The widest vector that a graph can hold in half precision; wider ones are compared one by one.
WIDEST = 4_000
# At most, and only as much as is needed: a million vectors of the built-in embedder take 1.3 GB. What does
# not fit is built on disk, which takes much longer.
BUILD_MEMORY = "2GB"
_WAITING = """
    SELECT count(*) FROM (SELECT 1 FROM knowledge_chunkvector
                          WHERE generation_id = %s AND NOT in_graph LIMIT %s) AS waiting
"""
_BRING_IN = """
    UPDATE knowledge_chunkvector SET in_graph = true WHERE id = ANY(ARRAY(
        SELECT id FROM knowledge_chunkvector WHERE generation_id = %s AND NOT in_graph
        ORDER BY id LIMIT %s FOR UPDATE SKIP LOCKED))
"""


def ensure(generation: IndexGeneration) -> None:
    """A partial HNSW index over one generation. Vectors have length 1, so the inner product is the cosine.

    Needs the owner's connection: the application cannot make an index.
    """
    if generation.dimensions > WIDEST:
        return
    with connection.cursor() as cursor:
        cursor.execute(f"SET maintenance_work_mem = '{BUILD_MEMORY}'")
        cursor.execute(
            f"CREATE INDEX IF NOT EXISTS {graph_name(generation.pk)} ON knowledge_chunkvector "
            f"USING hnsw ((embedding::halfvec({int(generation.dimensions)})) halfvec_ip_ops) "
            f"WHERE generation_id = {int(generation.pk)} AND in_graph"
        )
        cursor.execute("RESET maintenance_work_mem")


def drop(generation: IndexGeneration) -> None:
    """Take the graph away; until there is another, vectors are compared. Needs the owner's connection."""
    with connection.cursor() as cursor:
        cursor.execute(f"DROP INDEX IF EXISTS {graph_name(generation.pk)}")


def is_wanted(generation: IndexGeneration) -> bool:
    """Whether searches of the open organisation use the graph, and many of its vectors wait outside."""
    if generation.dimensions > WIDEST:
        return False
    passages = sum(Collection.objects.values_list("passages", flat=True))
    return passages >= EXACT_BELOW and waiting(generation, WAITING) >= WAITING


def waiting(generation: IndexGeneration, most: int) -> int:
    """How many of the open organisation's vectors are outside, counted up to ``most``."""
    with connection.cursor() as cursor:
        cursor.execute(_WAITING, [generation.pk, most])
        return int(cursor.fetchone()[0])


def bring_in(generation: IndexGeneration, some: int = SLICE) -> int:
    """Put some waiting vectors of the open organisation into the graph, the oldest first; how many."""
    with connection.cursor() as cursor:
        cursor.execute(_BRING_IN, [generation.pk, some])
        return int(cursor.rowcount)


def fill(running: Running, generation: IndexGeneration) -> int:
    """Bring in what waits, slice by slice, if it is wanted; how many. Safe to kill and run again."""
    with running.transaction():
        left = waiting(generation, 2**31 - 1) if is_wanted(generation) else 0
    done = 0
    while done < left:
        with running.transaction():
            came = bring_in(generation)
        if not came:
            break
        done += came
        running.stage(running.stages[-1], done / left)
    return done


def build(generation: IndexGeneration) -> int:
    """Bring in everything that waits, of every organisation that needs the graph, at once; how many.

    For a first load. Meanwhile searches compare every vector, which is slow and complete. Needs the owner's
    connection, outside of a transaction.
    """
    drop(generation)
    came = 0
    for organisation in Organisation.objects.values_list("id", flat=True):
        with context.organisation(organisation):
            passages = sum(Collection.objects.values_list("passages", flat=True))
            came += bring_in(generation, 2**31 - 1) if passages >= EXACT_BELOW else 0
    ensure(generation)
    return came
