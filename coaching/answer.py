"""An answer: sentences, and the sources that they rest on. Pure."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Source:
    """What a sentence rests on: a span that can be opened."""

    title: str
    detail: str
    day: date | None
    url: str
    quote: str
    chunk_id: int | None = None


@dataclass(frozen=True)
class Sentence:
    """One sentence and the numbers of its sources, from 1."""

    text: str
    cites: tuple[int, ...]


@dataclass(frozen=True)
class Answer:
    """Sentences with their sources; when there is nothing to say, the nearest passages instead."""

    sentences: tuple[Sentence, ...]
    sources: tuple[Source, ...]
    dont_know: bool = False
    # Sentences a model wrote that nothing supports; they are shown to nobody.
    struck: int = 0


class Draft:
    """Collects sentences; equal sources share a number."""

    def __init__(self) -> None:
        self._sentences: list[Sentence] = []
        self._sources: list[Source] = []

    def say(self, text: str, *sources: Source) -> None:
        """Add a sentence that rests on these sources, of which there is at least one."""
        for source in sources:
            if source not in self._sources:
                self._sources.append(source)
        cites = dict.fromkeys(self._sources.index(source) + 1 for source in sources)
        self._sentences.append(Sentence(text, tuple(cites)))

    def answer(self, struck: int = 0) -> Answer:
        """What was collected."""
        return Answer(tuple(self._sentences), tuple(self._sources), struck=struck)

    def __bool__(self) -> bool:
        return bool(self._sentences)
