"""Index generations: one embedder's vectors over everything, with an index of their own."""

from django.db import connection, transaction
from django.db.models import Exists, OuterRef, QuerySet

from careerforge.gateway.embedding import Embedder
from careerforge.knowledge import embedders
from careerforge.knowledge.models import Chunk, ChunkVector, IndexGeneration
from careerforge.tenancy import context
from careerforge.tenancy.models import Organisation

State = IndexGeneration.State


def ensure_live() -> IndexGeneration:
    """Make sure that there is a generation for the configured embedder, with its index, and give it back.

    The first one is live at once. A later one is built beside the live one, which searches go on using until
    :func:`switch` finds the new one complete. Needs the owner's connection: the
    application cannot make an index.
    """
    embedder = embedders.configured()
    with transaction.atomic():
        generation = _present(embedder) or _made(embedder)
        _ensure_index(generation)
    return generation


def live() -> IndexGeneration | None:
    """The generation that searches use."""
    return IndexGeneration.objects.filter(state=State.LIVE).first()


def to_fill() -> list[IndexGeneration]:
    """Generations that every live chunk needs a vector of: the live one, and one that is being built."""
    return list(IndexGeneration.objects.exclude(state=State.RETIRED).order_by("id"))


def without_vector(generation: IndexGeneration) -> QuerySet[Chunk]:
    """Live chunks of the open organisation that the generation does not know yet."""
    known = ChunkVector.objects.filter(generation=generation, chunk=OuterRef("pk"))
    return Chunk.objects.filter(~Exists(known), live=True)


def switch() -> IndexGeneration | None:
    """Go over to the generation being built, once no organisation lacks a vector in it; else None."""
    building = IndexGeneration.objects.filter(state=State.BUILDING).order_by("-id").first()
    if building is None:
        return None
    for organisation in Organisation.objects.values_list("id", flat=True):
        with context.organisation(organisation):
            if without_vector(building).exists():
                return None
    return make_live(building)


def make_live(generation: IndexGeneration) -> IndexGeneration:
    """Searches use this one from now on; the one before is kept, to switch back to."""
    with transaction.atomic():
        IndexGeneration.objects.filter(state=State.LIVE).update(state=State.RETIRED)
        IndexGeneration.objects.filter(pk=generation.pk).update(state=State.LIVE)
    generation.refresh_from_db()
    return generation


def _present(embedder: Embedder) -> IndexGeneration | None:
    own = IndexGeneration.objects.filter(embedder=embedder.name, dimensions=embedder.dimensions)
    return own.exclude(state=State.RETIRED).order_by("-id").first()


def _made(embedder: Embedder) -> IndexGeneration:
    IndexGeneration.objects.filter(state=State.BUILDING).update(state=State.RETIRED)
    state = State.BUILDING if live() else State.LIVE
    return IndexGeneration.objects.create(embedder=embedder.name, dimensions=embedder.dimensions, state=state)


def _ensure_index(generation: IndexGeneration) -> None:
    """A partial HNSW index over one generation. Vectors have length 1, so the inner product is the cosine."""
    number, width = int(generation.pk), int(generation.dimensions)
    with connection.cursor() as cursor:
        cursor.execute(
            f"CREATE INDEX IF NOT EXISTS vectors_of_generation_{number} ON knowledge_chunkvector "
            f"USING hnsw ((embedding::vector({width})) vector_ip_ops) WHERE generation_id = {number}"
        )
