"""Where in documents an answer's sources stand."""

from collections.abc import Iterable

from careerforge.assistant.golden import Span
from careerforge.knowledge.models import Chunk
from coaching.answers.answer import Source


def spans(sources: Iterable[Source]) -> dict[Source, Span]:
    """The places of those sources that are passages and still there: one query."""
    wanted = [source for source in sources if source.chunk_id is not None]
    chunks = Chunk.objects.in_bulk({source.chunk_id for source in wanted})
    found = {}
    for source in wanted:
        chunk = chunks.get(source.chunk_id)
        if chunk:
            found[source] = _span(chunk, source.quote)
    return found


def _span(chunk: Chunk, quote: str) -> Span:
    """The quoted words, or the whole passage where it does not hold them letter by letter."""
    at = chunk.text.find(quote)
    start, end = (chunk.start + at, chunk.start + at + len(quote)) if at >= 0 else (chunk.start, chunk.end)
    return Span(chunk.document_id, chunk.version_id, start, end, quote if at >= 0 else chunk.text)
