"""What an answer is made of while it comes, and how pieces add up to it. Pure."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass, replace
from datetime import date
from enum import StrEnum
from typing import Any

from careerforge.assistant.policy import Contact
from coaching.answers.answer import Answer, Draft, Source


class Kind(StrEnum):
    """Of a piece."""

    SENTENCE = "sentence"
    # About the answer, so without a source.
    NOTE = "note"
    # A passage that comes near a question that nothing answers.
    NEAR = "near"
    # For a person to answer, with the company's contacts.
    HELP = "help"
    # Said in place of an answer: to a greeting, or to what nobody is told.
    INSTEAD = "instead"
    # What came before is taken back; the answer starts again.
    OVER = "over"


@dataclass(frozen=True, slots=True)
class Piece:
    """One piece that has passed its checks."""

    kind: Kind
    text: str = ""
    sources: tuple[Source, ...] = ()
    contacts: tuple[Contact, ...] = ()

    def as_json(self) -> str:
        """To be sealed."""
        return json.dumps(asdict(self), default=str, ensure_ascii=False)

    @classmethod
    def from_json(cls, text: str) -> "Piece":
        """What :meth:`as_json` gave."""
        kept = json.loads(text)
        sources = tuple(_source(one) for one in kept["sources"])
        return cls(Kind(kept["kind"]), kept["text"], sources, tuple(map(_contact, kept["contacts"])))

    @property
    def chunks(self) -> set[int]:
        """The passages that it quotes."""
        return {source.chunk_id for source in self.sources if source.chunk_id is not None}


def _contact(kept: dict[str, str] | str) -> Contact:
    """Older ones were kept as a line of words."""
    return Contact(kept) if isinstance(kept, str) else Contact(**kept)


def _source(kept: dict[str, Any]) -> Source:
    return Source(**{**kept, "day": date.fromisoformat(kept["day"]) if kept["day"] else None})


@dataclass(frozen=True, slots=True)
class Help:
    """What a person answers, and whom the company names for it."""

    text: str
    contacts: tuple[Contact, ...]


NOTHING = Answer((), ())


@dataclass(frozen=True, slots=True)
class Told:
    """All pieces together: an answer, whom to turn to, or what is said instead."""

    answer: Answer
    help: Help | None = None
    # In place of an answer; there is no other then.
    instead: str = ""
    # Supported sentences of a model that the rules' answer has taken the place of.
    before: Answer = NOTHING


@dataclass(frozen=True, slots=True)
class Numbered:
    """A piece with the numbers that its sources have in the answer so far."""

    piece: Piece
    numbers: tuple[int, ...]


def numbered(pieces: Iterable[Piece]) -> Iterator[Numbered]:
    """Number the sources as they come; equal ones share a number."""
    known: list[Source] = []
    for piece in pieces:
        if piece.kind is Kind.OVER:
            known = []
        known += [source for source in dict.fromkeys(piece.sources) if source not in known]
        yield Numbered(piece, tuple(dict.fromkeys(known.index(source) + 1 for source in piece.sources)))


def told(pieces: Iterable[Piece]) -> Told:
    """The answer that the pieces add up to."""
    draft, notes, near, help_, instead = Draft(), list[str](), list[Source](), None, ""
    before = NOTHING
    for piece in pieces:
        if piece.kind is Kind.OVER:
            before = draft.answer()
            draft, notes, near, help_, instead = Draft(), [], [], None, ""
        if piece.kind is Kind.SENTENCE:
            draft.say(piece.text, *piece.sources)
        elif piece.kind is Kind.NEAR:
            near += piece.sources
        elif piece.kind is Kind.HELP:
            help_ = Help(piece.text, piece.contacts)
        elif piece.kind is Kind.INSTEAD:
            instead = piece.text
        elif piece.text:
            notes.append(piece.text)
    note = " ".join(notes)
    if draft:
        return Told(draft.answer(note=note), help_, before=before)
    nothing = help_ is None and not instead
    return Told(Answer((), tuple(near), dont_know=nothing, note=note), help_, instead, before)


def of(answer: Answer) -> Iterator[Piece]:
    """An answer that is there already, piece by piece."""
    if answer.note:
        yield Piece(Kind.NOTE, answer.note)
    for sentence in answer.sentences:
        yield Piece(Kind.SENTENCE, sentence.text, tuple(answer.sources[n - 1] for n in sentence.cites))
    if answer.dont_know:
        for source in answer.sources:
            yield Piece(Kind.NEAR, sources=(source,))


def without(pieces: Iterable[Piece], closed: set[int]) -> tuple[list[Piece], int]:
    """The pieces that quote no closed passage, and how many do."""
    every = list(pieces)
    left = [piece for piece in every if not piece.chunks & closed]
    return left, len(every) - len(left)


def few(answer: Answer, most: int) -> Answer:
    """At most so many sentences: where both are there, the person's own facts and what documents say.

    A third of the places, at least one, goes to documents; the order stays.
    """
    if len(answer.sentences) <= most:
        return answer
    quoting = {
        n for n, one in enumerate(answer.sentences) if any(answer.sources[c - 1].chunk_id for c in one.cites)
    }
    own = [n for n in range(len(answer.sentences)) if n not in quoting]
    room = max(1, most // 3) if own else most
    quotes = sorted(quoting)[: max(room, most - len(own))]
    chosen = sorted([*own[: most - len(quotes)], *quotes])
    draft = Draft()
    for n in chosen:
        sentence = answer.sentences[n]
        draft.say(sentence.text, *(answer.sources[c - 1] for c in sentence.cites))
    return replace(draft.answer(note=answer.note), struck=answer.struck)
