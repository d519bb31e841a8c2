"""A conversation as its owner reads it: opened, numbered, without what they may not see any more."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from careerforge.assistant import confidence, feedback, outcomes
from careerforge.assistant.confidence import Outcomes
from careerforge.assistant.feedback import Asked
from careerforge.design.parts import Source as Listed
from careerforge.people import rooms
from careerforge.people.models import Room, User
from coaching.advising.withholding import still_open
from coaching.answers.answer import Answer
from coaching.chat import conversations, pieces
from coaching.chat.context import Turn
from coaching.chat.generation import State, open_piece, said
from coaching.chat.pieces import Piece, Told
from coaching.models import Conversation, Generation, Message

PAGE = 20
# So many earlier turns are the context of a question.
TURNS = 3
NONE = Outcomes()


@dataclass(frozen=True)
class Cite:
    """A number beside a sentence."""

    n: int
    title: str
    url: str


@dataclass(frozen=True)
class Shown:
    """One question and its answer so far."""

    id: UUID
    place: int
    question: str
    asked_at: datetime
    state: str
    told: Told
    generation: Generation
    # The last piece that is shown: the stream goes on behind it.
    number: int
    withheld: int = 0
    # What the reader has said of it; None where there is nothing to rate.
    rate: Asked | None = None
    # What came of earlier answers; no figure is shown without.
    outcomes: Outcomes = NONE

    @property
    def is_open(self) -> bool:
        """Whether it is being written."""
        return self.state in (State.QUEUED, State.WRITING)

    @property
    def is_unfinished(self) -> bool:
        """Whether it ended before it was complete."""
        return self.state in (State.STOPPED, State.INCOMPLETE)

    @property
    def is_answer(self) -> bool:
        """Whether a machine has tried to answer: there is something to rate."""
        return not self.told.help and not self.told.instead

    @property
    def by_rules(self) -> bool:
        """Whether no model has worded it."""
        return self.generation.model_used == "rules"

    @property
    def sources(self) -> list[Listed]:
        """As the page lists them, each with an anchor of its own."""
        return [
            Listed(s.title, self.anchor(n), s.detail, s.day, s.url, s.quote)
            for n, s in enumerate(self.told.answer.sources, 1)
        ]

    def anchor(self, number: int) -> str:
        """Of a source on the page."""
        return f"m{self.place}-s{number}"

    @property
    def sentences(self) -> list[tuple[str, list[Cite]]]:
        """Each with its sources, which open where they are quoted from."""
        return _cited(self.told.answer)

    @property
    def before(self) -> list[tuple[str, list[Cite]]]:
        """The same of what a model had written before the rules answered instead."""
        return _cited(self.told.before)

    @property
    def how_sure(self) -> str:
        """In words, with the basis."""
        if self.told.help:
            return _("Not answered by a machine")
        count = len(self.told.answer.sentences)
        if not count:
            near = self.told.answer.sources
            return _("No answer: the nearest passages") if near else _("No answer, and so no source")
        return ngettext(
            "Every point has a source: %(n)s of %(n)s", "Every point has a source: %(n)s of %(n)s", count
        ) % {"n": count}

    @property
    def about(self) -> list[tuple[str, str]]:
        """Who wrote it, what it was read from, how old that is, and which checks it passed."""
        row = self.generation
        cited = ngettext("%(n)s cited", "%(n)s cited", len(self.told.answer.sources))
        read = ngettext("%(n)s passage read", "%(n)s passages read", row.read)
        found = [
            (_("Written by"), self._author),
            (_("Read"), f"{read % {'n': row.read}}, {cited % {'n': len(self.told.answer.sources)}}"),
            (_("Checks"), self._checks),
        ]
        if row.data_on:
            found.insert(2, (_("Newest data"), date_format(row.data_on, "j M Y")))
        if row.finished_at:
            found.append(
                (_("Made"), f"{date_format(localtime(row.finished_at), 'j M Y, H:i')}, {row.prompt_version}")
            )
        if self._helped:
            found.append((_("Readers’ ratings"), self._helped))
        return found

    @property
    def _helped(self) -> str:
        count = len(self.told.answer.sentences)
        return confidence.helped(said(self.generation, count + self.withheld if count else 0), self.outcomes)

    @property
    def _author(self) -> str:
        if self.by_rules and self.generation.struck:
            return _("A machine, by rules. A language model was asked, and its answer is not this one.")
        if self.by_rules:
            return _("A machine, by rules. No language model.")
        return _("A machine: the language model %(model)s.") % {"model": self.generation.model_used}

    @property
    def _checks(self) -> str:
        if self.told.help:
            return _("The question is one for a person; no model was asked.")
        passed = _("Every sentence is tied to a quoted span; it holds no link.")
        if not self.generation.struck:
            return passed
        if self.by_rules:
            return f"{passed} {_of_a_model(self.generation.struck)}"
        text = ngettext(
            "%(n)s sentence was struck: nothing supported it, or it may not be shown.",
            "%(n)s sentences were struck: nothing supported them, or they may not be shown.",
            self.generation.struck,
        )
        return f"{passed} {text % {'n': self.generation.struck}}"

    @property
    def withheld_words(self) -> str:
        """That something may not be shown any more."""
        if not self.withheld:
            return ""
        return ngettext(
            "%(n)s sentence is withheld: you may no longer see its document, or that is gone.",
            "%(n)s sentences are withheld: you may no longer see their documents, or those are gone.",
            self.withheld,
        ) % {"n": self.withheld}


def _of_a_model(struck: int) -> str:
    return ngettext(
        "Of what the language model wrote, %(n)s sentence was struck: nothing supported it, or it may not be"
        " shown.",
        "Of what the language model wrote, %(n)s sentences were struck: nothing supported them, or they may"
        " not be shown.",
        struck,
    ) % {"n": struck}


def _cited(answer: Answer) -> list[tuple[str, list[Cite]]]:
    known = answer.sources
    return [
        (s.text, [Cite(n, known[n - 1].title, known[n - 1].url) for n in s.cites]) for s in answer.sentences
    ]


@dataclass(frozen=True)
class Thread:
    """A page of a conversation, the newest message last."""

    messages: list[Shown]
    # Messages before this place are a page further up; None when there are none.
    earlier: int | None
    # Whether there are newer ones below.
    later: bool

    @property
    def being_written(self) -> Shown | None:
        """The answer that is under way, if one is."""
        return next((one for one in self.messages if one.is_open), None)


def thread(
    conversation: Conversation, key: bytes, reader: User, now: datetime, before: int | None = None
) -> Thread:
    """The newest messages, or the newest before a place: five queries."""
    rows = Message.objects.filter(conversation=conversation).select_related("generation")
    page = rows if before is None else rows.filter(place__lt=before)
    found = list(page.order_by("-place").prefetch_related("generation__deltas")[: PAGE + 1])
    shown = opened(found[:PAGE][::-1], conversation.room, key, reader, now)
    earlier = shown[0].place if len(found) > PAGE else None
    complete = [one.id for one in shown if one.state == State.DONE and one.is_answer]
    rates = feedback.asked(reader, conversations.RATED, complete)
    known = outcomes.of(conversations.RATED) if complete else NONE
    rated = [replace(one, rate=rates[one.id], outcomes=known) if one.id in rates else one for one in shown]
    return Thread(rated, earlier, before is not None)


def opened(messages: Sequence[Message], room: Room, key: bytes, reader: User, now: datetime) -> list[Shown]:
    """Messages with their generations and deltas, in clear: one query for what the reader may still see."""
    parts = {row.pk: _pieces(row, room, key) for row in messages}
    quoted = {chunk for found in parts.values() for piece in found for chunk in piece.chunks}
    closed = quoted - still_open(reader, quoted)
    return [_shown(row, parts[row.pk], closed, room, key, now) for row in messages]


def _pieces(row: Message, room: Room, key: bytes) -> list[Piece]:
    return [open_piece(room, key, delta) for delta in row.generation.deltas.all()]


def _shown(
    row: Message, parts: Sequence[Piece], closed: set[int], room: Room, key: bytes, now: datetime
) -> Shown:
    left, withheld = pieces.without(parts, closed)
    question = rooms.open_text(room, key, row.pk, "question", row.sealed_question)
    generation = row.generation
    numbers = [delta.number for delta in generation.deltas.all()]
    return Shown(
        id=row.pk,
        place=row.place,
        question=question,
        asked_at=row.asked_at,
        state=generation.state_at(now),
        told=pieces.told(left),
        generation=generation,
        number=max(numbers, default=0),
        withheld=withheld,
    )


def turns_before(message: Message, room: Room, key: bytes, owner: User) -> list[Turn]:
    """The last questions of a conversation, the oldest first; of an answer only what is complete."""
    rows = Message.objects.filter(conversation=message.conversation, place__lt=message.place)
    latest = rows.select_related("generation").prefetch_related("generation__deltas").order_by("-place")
    shown = opened(list(latest[:TURNS])[::-1], room, key, owner, message.asked_at)
    return [Turn(one.question, _said(one)) for one in shown if one.is_answer]


def _said(one: Shown) -> str:
    return " ".join(text for text, _cites in one.sentences) if one.state == State.DONE else ""
