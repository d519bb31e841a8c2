"""Index generations: one embedder's vectors over everything, with a graph of their own."""

from collections.abc import Callable

from django.db import transaction
from django.db.models import Count, Exists, OuterRef, QuerySet

from careerforge.gateway.embedding import Embedder
from careerforge.gateway.errors import ProviderError
from careerforge.knowledge.index import comparison, embedders, graph
from careerforge.knowledge.index.comparison import Comparison
from careerforge.knowledge.models import Chunk, ChunkVector, IndexGeneration
from careerforge.tenancy import context
from careerforge.tenancy.models import Organisation

State = IndexGeneration.State
# What the layers above have against going over to a generation, in a sentence; empty for nothing.
Objection = Callable[[IndexGeneration], str]
_objections: list[Objection] = []


def ensure_live() -> IndexGeneration:
    """Make sure that there is a generation for the configured embedder, with its graph, and give it back.

    The first one is live at once. A later one is built beside the live one, which searches go on using until
    :func:`switch` finds the new one complete and no worse. Needs the owner's connection: the application
    cannot make an index. An embedder at another address that does not answer leaves all as it is, and the
    built-in one begins where there is nothing yet; the next start asks again.
    """
    embedder = embedders.configured()
    with transaction.atomic():
        generation = _known(embedder) or _made(embedder)
        for one in IndexGeneration.objects.order_by("pk"):
            graph.ensure(one)
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


def switch(alive: Callable[[], None] = lambda: None) -> IndexGeneration | None:
    """Go over to the generation being built; None while it is incomplete, or worse on the questions.

    A worse one waits for a person, who sees the comparison and decides by ``manage generations``; it is not
    compared again.

    Args:
        alive: called now and then while the questions are asked.
    """
    building = IndexGeneration.objects.filter(state=State.BUILDING, declined=False).order_by("-id").first()
    if building is None or not is_complete(building):
        return None
    known = building.comparison
    result = Comparison.from_json(known) if known else compared(building, alive)
    if not result.is_no_worse:
        return None
    # What has nothing against it holds what is live until this ends.
    with transaction.atomic():
        return None if objection(building) else make_live(building)


def ask_before_switching(objects: Objection) -> None:
    """Have something asked before each switch, but for one that a person makes in the administration."""
    _objections.append(objects)


def objection(generation: IndexGeneration) -> str:
    """What speaks against going over to a generation; empty when nothing does."""
    return next((why for objects in _objections if (why := objects(generation))), "")


def is_complete(generation: IndexGeneration) -> bool:
    """Whether no organisation lacks a vector in it, but for those that may not send their texts there."""
    embedder = embedders.named(generation.embedder)
    for organisation in Organisation.objects.values_list("id", flat=True):
        with context.organisation(organisation):
            if (embedder is None or embedders.may_send(embedder)) and without_vector(generation).exists():
                return False
    return True


def coverage() -> dict[int, int]:
    """How many live passages of the open organisation each generation has vectors of, by its id."""
    known = ChunkVector.objects.filter(part=0, chunk__live=True).order_by()
    return dict(known.values_list("generation").annotate(n=Count("pk")).values_list("generation", "n"))


def take_up(generation: IndexGeneration) -> bool:
    """Build a retired generation up again, beside the live one; False when it is not retired.

    What it lacks comes with the next ``knowledge.index``. Another one that is being built is put aside.
    """
    with transaction.atomic():
        IndexGeneration.objects.filter(state=State.BUILDING).update(state=State.RETIRED, declined=True)
        # What was found of it then says nothing about today.
        again = {"state": State.BUILDING, "declined": False, "comparison": {}}
        return bool(IndexGeneration.objects.filter(pk=generation.pk, state=State.RETIRED).update(**again))


def put_aside(generation: IndexGeneration) -> bool:
    """Stop building a generation; no job takes it up again. False when it is not being built."""
    rows = IndexGeneration.objects.filter(pk=generation.pk, state=State.BUILDING)
    return bool(rows.update(state=State.RETIRED, declined=True))


def compared(generation: IndexGeneration, alive: Callable[[], None] = lambda: None) -> Comparison:
    """A generation beside the live one on the questions; remembered with it."""
    current = live()
    if current is None or current == generation:
        return Comparison()
    result = comparison.compare(current, generation, alive)
    IndexGeneration.objects.filter(pk=generation.pk).update(comparison=result.as_json())
    return result


def make_live(generation: IndexGeneration, *, by_hand: bool = False) -> IndexGeneration:
    """Searches use this one from now on; the one before is kept, to switch back to.

    One that was retired meanwhile lacks what has come since; the next ``knowledge.index`` brings it.

    Args:
        by_hand: a person has decided; no job takes that back.
    """
    with transaction.atomic():
        before = IndexGeneration.objects.filter(state=State.LIVE)
        before.exclude(pk=generation.pk).update(state=State.RETIRED, declined=by_hand)
        IndexGeneration.objects.filter(pk=generation.pk).update(state=State.LIVE, declined=False)
    generation.refresh_from_db()
    return generation


def forget(generation: IndexGeneration) -> int:
    """Remove a retired generation and its vectors; how many. Needs the owner's connection."""
    removed = 0
    for organisation in Organisation.objects.values_list("id", flat=True):
        with context.organisation(organisation):
            own = ChunkVector.objects.filter(generation=generation)
            removed += own._raw_delete(own.db)
    graph.drop(generation)
    generation.delete()
    return removed


def _known(embedder: Embedder) -> IndexGeneration | None:
    """The configured embedder's generation, taken up again unless a person has decided against it."""
    found = IndexGeneration.objects.filter(embedder=embedder.name).order_by("-id").first()
    if found and found.state == State.RETIRED and not found.declined:
        IndexGeneration.objects.filter(state=State.BUILDING).update(state=State.RETIRED)
        # What was found of it then says nothing about today.
        found.state, found.comparison = State.BUILDING, {}
        found.save(update_fields=["state", "comparison"])
    return found


def _made(embedder: Embedder) -> IndexGeneration:
    try:
        dimensions = embedder.dimensions
    except ProviderError:
        return live() or _made(embedders.built_in())
    IndexGeneration.objects.filter(state=State.BUILDING).update(state=State.RETIRED)
    state = State.BUILDING if live() else State.LIVE
    return IndexGeneration.objects.create(embedder=embedder.name, dimensions=dimensions, state=state)
