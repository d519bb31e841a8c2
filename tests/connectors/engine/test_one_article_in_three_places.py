"""The same article from three sources, synchronised ten times: one text, three origins, and no growth."""

from careerforge.knowledge.models import Chunk, ChunkVector, Document, DocumentVersion
from tests.connectors.connections.site import numbers, synchronise

TEXT = (
    "Batch orchestration is the craft of running many small steps in the right order, and of knowing what to "
    "do when one of them fails in the night. A team that masters it sleeps well, because a failed step is "
    "tried again by itself, and what came after it waits. It takes a year to learn and pays for a career."
)


def sizes() -> tuple[int, ...]:
    return tuple(model.objects.count() for model in (Document, DocumentVersion, Chunk, ChunkVector))


def test_the_same_article_from_three_sources_is_one_text_with_three_origins(site, connect) -> None:
    sources = [connect(f"http://news.example/{name}", name=name) for name in ("one", "two", "three")]

    def synchronise_all(number: int) -> list[tuple[int, ...]]:
        runs: list[tuple[int, ...]] = []
        for source in sources:
            # Each gives it an id of its own, and a new one at every fetch; its address stays.
            site.feed({"title": "On batches", "text": TEXT, "id": f"{source.name}-{number}"})
            site.says(site.body.replace(f"-{number}</link>".encode(), b"</link>"), site.media)
            runs.append(numbers(synchronise(source)))
        return runs

    assert synchronise_all(0) == [(1, 0, 0, 0, 0)] * 3
    grown = sizes()
    for number in range(1, 10):
        assert synchronise_all(number) == [(0, 0, 1, 0, 0)] * 3
    assert sizes() == grown
    leader = Document.objects.get(same_as=None)
    assert Document.objects.filter(same_as=leader).count() == 2
    assert Chunk.objects.filter(live=True).values("document").distinct().count() == 1
