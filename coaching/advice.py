"""A coach asks about one person; the answer is stored, sealed in that person's room."""

import json
from collections.abc import Callable
from dataclasses import asdict, dataclass, replace
from datetime import date, datetime
from functools import partial
from typing import Any
from uuid import NAMESPACE_OID, UUID, uuid4, uuid5

from django.db import IntegrityError, transaction
from django.db.models import OuterRef
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from careerforge.design.parts import Source as Shown
from careerforge.gateway import company
from careerforge.gateway.budget import Asker, Exceeded
from careerforge.gateway.complete import Clock
from careerforge.gateway.models.limits import Scope
from careerforge.gateway.redact import Directory
from careerforge.gateway.road import Road
from careerforge.governance import audit
from careerforge.people import access, rooms
from careerforge.people.models import Room, RoomMembership, User
from careerforge.skills.models import Role
from careerforge.vault.sealing import keyed_hash
from coaching import agreeing
from coaching.answer import Answer, Sentence, Source
from coaching.answering import compose, is_ordered
from coaching.facts import facts_about, role_in_question
from coaching.keeping import Seal, keeping
from coaching.known import Facts
from coaching.looking import look
from coaching.models import Advice, AdviceSource
from coaching.refusing import refusal
from coaching.withholding import open_to
from coaching.wording import Keep, Way, word

RULES_VERSION = "advice-rules-2"


class TooMany(Exception):
    """One person has asked more than one person may in an hour; nothing was stored.

    Attributes:
        until: when they may ask again.
    """

    def __init__(self, exceeded: Exceeded) -> None:
        self.until = exceeded.until
        super().__init__(exceeded.sentence)


@dataclass(frozen=True)
class Opened:
    """One stored advice in clear, for a member of its room."""

    id: UUID
    question: str
    answer: Answer
    model_used: str
    prompt_version: str
    generated_at: datetime

    @property
    def sources(self) -> list[Shown]:
        """The sources as the page lists them."""
        return [
            Shown(s.title, f"s{n}", s.detail, s.day, s.url, s.quote)
            for n, s in enumerate(self.answer.sources, 1)
        ]

    @property
    def about(self) -> list[tuple[str, str]]:
        """How the answer was made, in terms and words."""
        by_rules = self.model_used == "rules"
        return [
            (_("Made by"), _("Built by rules") if by_rules else self.model_used),
            (_("Version"), self.prompt_version),
            (_("Made"), date_format(self.generated_at, "j M Y, H:i")),
            (_("Checks"), self._checks),
        ]

    @property
    def withheld(self) -> str:
        """That something may not be shown any more, in words; empty when nothing is withheld."""
        n = self.answer.withheld
        if not n:
            return ""
        if self.answer.dont_know:
            return ngettext(
                "%(n)s passage is withheld: you may no longer see its document, or it is gone.",
                "%(n)s passages are withheld: you may no longer see their documents, or they are gone.",
                n,
            ) % {"n": n}
        return ngettext(
            "%(n)s sentence is withheld: you may no longer see its document, or that is gone.",
            "%(n)s sentences are withheld: you may no longer see their documents, or those are gone.",
            n,
        ) % {"n": n}

    @property
    def _checks(self) -> str:
        struck = self.answer.struck
        if not struck:
            return _("Every sentence is tied to a quoted span; figures come from the gap.")
        text = ngettext(
            "Every sentence is tied to a quoted span; one more that nothing supported was struck.",
            "Every sentence is tied to a quoted span; %(n)s more that nothing supported were struck.",
            struck,
        )
        return text % {"n": struck}


def ask(coach: User, employee: User, question: str, form_key: UUID, now: datetime) -> Opened:
    """Answer a question about one of the coach's people. The same form sent twice is answered once.

    The caller has checked that ``employee`` is one of theirs.

    Raises:
        TooMany: this coach's questions for the hour are used up.
    """
    room = rooms.open_for(employee)
    rooms.admit(room, coach, by=employee)
    key = rooms.key_for(room, coach)
    digest = keyed_hash("content", str(coach.pk), str(employee.pk), question, str(form_key)).hex()
    given = Advice.objects.annotate(open_chunks=open_to(coach))
    earlier = given.filter(request_hash=digest).first()
    if earlier is None:
        try:
            with transaction.atomic():
                return _answer(room, key, coach, employee, question, digest, now)
        except IntegrityError:
            earlier = given.get(request_hash=digest)
    return open_advice(earlier, room, key)


def _answer(
    room: Room, key: bytes, coach: User, employee: User, question: str, digest: str, now: datetime
) -> Opened:
    made = prepare(coach, employee, question, now, partial(keeping, coach, employee, seal=Seal(room, key)))
    row = Advice(
        id=uuid4(),
        room=room,
        coach=coach,
        employee=employee,
        request_hash=digest,
        model_used=made.model_used[:80],
        prompt_version=made.prompt_version,
        generated_at=now,
    )
    row.sealed_question = rooms.seal_text(room, key, row.id, "question", question)
    stored = json.dumps(asdict(made.answer), default=str)
    row.sealed_answer = rooms.seal_text(room, key, row.id, "answer", stored)
    row.save(force_insert=True)
    AdviceSource.objects.bulk_create(
        AdviceSource(advice=row, position=place, chunk_id=source.chunk_id)
        for place, source in enumerate(made.answer.sources, 1)
        if source.chunk_id
    )
    audit.record(
        coach, "advice.asked", subject=employee.id, target=row, actor_kind="coach", model=row.model_used
    )
    return Opened(row.id, question, made.answer, row.model_used, row.prompt_version, now)


@dataclass(frozen=True)
class Made:
    """An answer and how it was made."""

    answer: Answer
    model_used: str = "rules"
    prompt_version: str = RULES_VERSION


def prepare(coach: User, employee: User, question: str, now: datetime, keep: Keep | None = None) -> Made:
    """The answer by rules, or in a model's words where that is switched on.

    Only the call is stored, and with ``keep`` what the model wrote.
    """
    refused = refusal(question)
    if refused:
        return Made(Answer((), (), dont_know=True, note=refused))
    role = role_in_question(question, employee)
    facts = facts_about(employee, role, now.date()) if role else None
    found = look(coach, question, role, facts, _practices(employee, role))
    by_rules = compose(question, facts, found.quotes, found.nearest, found.note)
    allowed = coach.organisation.model_allowed
    asker = Asker(coach.pk, access.teams_of(coach, now.date()))
    road = Road(asker, allowed, region=employee.profile.region, clock=Clock(now=lambda: now))
    if not road.leads_anywhere:
        return Made(by_rules)
    directory = company.directory() if allowed else Directory.of([])
    worded = word(question, by_rules, found, Way(road, directory, keep), now, _agreement(question, facts))
    if isinstance(worded, Exceeded):
        if worded.scope is Scope.PERSON:
            raise TooMany(worded)
        return Made(replace(by_rules, note=by_rules.note or worded.sentence))
    return Made(worded.answer, worded.model, worded.prompt_version) if worded else Made(by_rules)


def _agreement(question: str, facts: Facts | None) -> Callable[[str], bool]:
    """Whether a sentence contradicts the computed order, where the answer gives one."""
    if facts is None or not is_ordered(question, facts):
        return lambda _text: True
    order, skills = facts.gaps, facts.skills
    return lambda text: agreeing.agrees(text, order, skills)


def _practices(employee: User, role: Role | None) -> set[str]:
    """The practices of the person and of the role in question."""
    own = employee.profile.practice
    return {practice.slug for practice in (own, role.practice if role else None) if practice}


def open_advice(row: Any, room: Room, key: bytes) -> Opened:
    """Open one advice with the room's key, without what its reader may not see any more.

    Args:
        row: an advice with ``open_chunks``, see :func:`withholding.open_to`.
    """
    question = rooms.open_text(room, key, row.id, "question", row.sealed_question)
    stored = json.loads(rooms.open_text(room, key, row.id, "answer", row.sealed_answer))
    answer = Answer(
        sentences=tuple(Sentence(s["text"], tuple(s["cites"])) for s in stored["sentences"]),
        sources=tuple(_source(s) for s in stored["sources"]),
        dont_know=stored["dont_know"],
        struck=stored.get("struck", 0),
        note=stored.get("note", ""),
    )
    left = answer.without(answer.chunks.difference(row.open_chunks))
    return Opened(row.id, question, left, row.model_used, row.prompt_version, row.generated_at)


def _source(stored: dict[str, str | None]) -> Source:
    day = stored["day"]
    return Source(**{**stored, "day": date.fromisoformat(day) if day else None})  # type: ignore[arg-type]


def earlier(coach: User, employee: User, limit: int = 10) -> list[Opened]:
    """What this coach asked about this person before, newest first: one query, none outside the room."""
    inside = RoomMembership.objects.filter(room=OuterRef("room"), user=coach, left_at__isnull=True)
    rows = Advice.objects.filter(coach=coach, employee=employee).select_related("room")
    rows = rows.annotate(
        open_chunks=open_to(coach),
        member=inside.values("id")[:1],
        wrapped_key=inside.values("wrapped_key")[:1],
    )
    found: list[Any] = list(rows.filter(member__isnull=False)[:limit])
    if not found:
        return []
    first = found[0]
    mine = RoomMembership(id=first.member, room=first.room, user=coach, wrapped_key=first.wrapped_key)
    key = rooms.key_of(mine)
    return [open_advice(row, first.room, key) for row in found]


def form_key_of(idempotency_key: str | None) -> UUID | None:
    """The API's Idempotency-Key in the place of the form's own."""
    return uuid5(NAMESPACE_OID, idempotency_key) if idempotency_key else None
