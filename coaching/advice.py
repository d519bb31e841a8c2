"""A coach asks about one person; the answer is stored, sealed in that person's room."""

import json
from dataclasses import asdict, dataclass
from datetime import date, datetime
from uuid import NAMESPACE_OID, UUID, uuid4, uuid5

from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from careerforge.assistant.extraction import extract
from careerforge.design.parts import Source as Shown
from careerforge.governance import audit
from careerforge.knowledge.models import Document
from careerforge.knowledge.passage import Passage
from careerforge.knowledge.retrieval import search
from careerforge.people import rooms
from careerforge.people.models import Room, User
from careerforge.vault.sealing import keyed_hash
from coaching.answering import Answer, Facts, Quote, Sentence, Source, asks_about_skills, compose, first_skills
from coaching.facts import facts_about, role_in_question
from coaching.models import Advice, AdviceSource

RULES_VERSION = "advice-rules-1"
PASSAGES, SENTENCES = 12, 10


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
            Shown(s.title, f"s{n}", s.detail, s.day, s.url, s.quote) for n, s in enumerate(self.answer.sources, 1)
        ]

    @property
    def about(self) -> list[tuple[str, str]]:
        """How the answer was made, in terms and words."""
        by_rules = self.model_used == "rules"
        return [
            (_("Made by"), _("Built by rules") if by_rules else self.model_used),
            (_("Version"), self.prompt_version),
            (_("Made"), date_format(self.generated_at, "j M Y, H:i")),
            (_("Checks"), _("Every sentence is tied to a quoted span; figures come from the gap.")),
        ]


def ask(coach: User, employee: User, question: str, form_key: UUID, now: datetime) -> Opened:
    """Answer a question about one of the coach's people. The same form sent twice is answered once.

    The caller has checked that ``employee`` is one of theirs.
    """
    room = rooms.open_for(employee)
    rooms.admit(room, coach, by=employee)
    key = rooms.key_for(room, coach)
    digest = keyed_hash("content", str(coach.pk), str(employee.pk), question, str(form_key)).hex()
    earlier = Advice.objects.filter(request_hash=digest).first()
    if earlier is None:
        try:
            with transaction.atomic():
                return _answer(room, key, coach, employee, question, digest, now)
        except IntegrityError:
            earlier = Advice.objects.get(request_hash=digest)
    return open_advice(earlier, room, key)


def _answer(
    room: Room, key: bytes, coach: User, employee: User, question: str, digest: str, now: datetime
) -> Opened:
    role = role_in_question(question, employee)
    facts = facts_about(employee, role, now.date()) if role else None
    answer = compose(question, facts, quotes_for(coach, question, facts))
    row = Advice(
        id=uuid4(),
        room=room,
        coach=coach,
        employee=employee,
        request_hash=digest,
        prompt_version=RULES_VERSION,
        generated_at=now,
    )
    row.sealed_question = rooms.seal_text(room, key, row.id, "question", question)
    row.sealed_answer = rooms.seal_text(room, key, row.id, "answer", json.dumps(asdict(answer), default=str))
    row.save(force_insert=True)
    AdviceSource.objects.bulk_create(
        AdviceSource(advice=row, position=place, chunk_id=source.chunk_id)
        for place, source in enumerate(answer.sources, 1)
        if source.chunk_id
    )
    audit.record(coach, "advice.asked", subject=employee.id, target=row, actor_kind="coach", model="rules")
    return Opened(row.id, question, answer, row.model_used, row.prompt_version, now)


def quotes_for(coach: User, question: str, facts: Facts | None) -> list[Quote]:
    """Sentences of documents the coach may see that answer the question, best first."""
    skills = first_skills(question, facts) if facts and asks_about_skills(question) else []
    names = [skill.name for skill in skills]
    passages = search(coach, " ".join([question, *names]), limit=PASSAGES)
    found = extract(" ".join([question, *names]), passages, names, limit=SENTENCES)
    return [_quote(one.passage, one.text, one.start) for one in found]


def _quote(passage: Passage, text: str, start: int) -> Quote:
    url = reverse("knowledge:document", args=[passage.document_id])
    return Quote(
        text=text,
        title=passage.title,
        url=f"{url}?start={start}&end={start + len(text)}#quote",
        published_on=passage.published_at.date() if passage.published_at else None,
        kind=str(Document.Kind(passage.kind).label),
        chunk_id=passage.chunk_id,
    )


def open_advice(row: Advice, room: Room, key: bytes) -> Opened:
    """Open one advice with the room's key."""
    question = rooms.open_text(room, key, row.id, "question", row.sealed_question)
    stored = json.loads(rooms.open_text(room, key, row.id, "answer", row.sealed_answer))
    answer = Answer(
        sentences=tuple(Sentence(s["text"], tuple(s["cites"])) for s in stored["sentences"]),
        sources=tuple(_source(s) for s in stored["sources"]),
        dont_know=stored["dont_know"],
    )
    return Opened(row.id, question, answer, row.model_used, row.prompt_version, row.generated_at)


def _source(stored: dict[str, str | None]) -> Source:
    day = stored["day"]
    return Source(**{**stored, "day": date.fromisoformat(day) if day else None})  # type: ignore[arg-type]


def earlier(coach: User, employee: User, limit: int = 10) -> list[Opened]:
    """What this coach asked about this person before, newest first."""
    entered = rooms.entered(employee, coach)
    if entered is None:
        return []
    return [open_advice(row, *entered) for row in Advice.objects.filter(coach=coach, employee=employee)[:limit]]


def form_key_of(idempotency_key: str | None) -> UUID | None:
    """The API's Idempotency-Key in the place of the form's own."""
    return uuid5(NAMESPACE_OID, idempotency_key) if idempotency_key else None
