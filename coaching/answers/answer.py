"""An answer: sentences, and the sources that they rest on. Pure."""

from collections.abc import Collection, Mapping
from dataclasses import asdict, dataclass, replace
from datetime import date
from typing import Any


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
class WebPage:
    """A page that a searching provider says it has read. Nobody here has; it supports nothing."""

    title: str
    address: str


@dataclass(frozen=True)
class Answer:
    """Sentences with their sources; when there is nothing to say, the nearest passages instead."""

    sentences: tuple[Sentence, ...]
    sources: tuple[Source, ...]
    dont_know: bool = False
    # How many sentences of a model are not among the answer's.
    struck: int = 0
    # Those of them that nothing supports, or that contradict what was computed: listed as such. The others
    # are shown to nobody.
    unsupported: tuple[str, ...] = ()
    # Names of the checks that a model's answer has passed, see ``careerforge.assistant.checks``.
    checks: tuple[str, ...] = ()
    web: tuple[WebPage, ...] = ()
    # What was looked for and not found, or why nothing is answered: about the answer, so without a source.
    note: str = ""
    # Sentences, or nearest passages, whose source the reader may not see any more. Counted when it is shown.
    withheld: int = 0

    def as_json(self) -> dict[str, Any]:
        """Plain lists and strings."""
        return asdict(self)

    @classmethod
    def from_json(cls, kept: Mapping[str, Any]) -> "Answer":
        """The answer that :meth:`as_json` gave; days may be written out."""
        return cls(
            sentences=tuple(Sentence(one["text"], tuple(one["cites"])) for one in kept["sentences"]),
            sources=tuple(_source(one) for one in kept["sources"]),
            dont_know=kept["dont_know"],
            struck=kept.get("struck", 0),
            unsupported=tuple(kept.get("unsupported", ())),
            checks=tuple(kept.get("checks", ())),
            web=tuple(WebPage(**one) for one in kept.get("web", ())),
            note=kept.get("note", ""),
        )

    @property
    def chunks(self) -> set[int]:
        """The passages that it rests on."""
        return {source.chunk_id for source in self.sources if source.chunk_id is not None}

    def without(self, closed: Collection[int]) -> "Answer":
        """What is left when some passages may not be shown: neither their text nor what rests on it."""
        hidden = {n for n, source in enumerate(self.sources, 1) if source.chunk_id in closed}
        if not hidden:
            return self
        kept = [sentence for sentence in self.sentences if not hidden.intersection(sentence.cites)]
        cited = {n for sentence in kept for n in sentence.cites}
        # A source that no sentence names is one of the nearest passages.
        near = set(range(1, len(self.sources) + 1)) - hidden if self.dont_know else set()
        listed = sorted(cited | near)
        number = {old: new for new, old in enumerate(listed, 1)}
        return replace(
            self,
            sentences=tuple(Sentence(one.text, tuple(number[n] for n in one.cites)) for one in kept),
            sources=tuple(self.sources[n - 1] for n in listed),
            withheld=len(hidden) if self.dont_know else len(self.sentences) - len(kept),
            # They may say what a passage says that may not be shown.
            unsupported=(),
        )


def _source(kept: Mapping[str, Any]) -> Source:
    day = kept["day"]
    return Source(**{**kept, "day": date.fromisoformat(day) if isinstance(day, str) else day})


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

    def answer(self, struck: int = 0, note: str = "") -> Answer:
        """What was collected."""
        return Answer(tuple(self._sentences), tuple(self._sources), struck=struck, note=note)

    def __bool__(self) -> bool:
        return bool(self._sentences)
