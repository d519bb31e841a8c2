"""One of everything that an address can name, all of it belonging to the owner or the owner's company."""

import json
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from django.db import connection
from django.utils import timezone

from careerforge.assistant import reviewing, schemas
from careerforge.assistant.models import GoldenQuestion, Review
from careerforge.gateway import sent
from careerforge.gateway.models import ModelCall, SentText
from careerforge.gateway.prompt import Prompt
from careerforge.jobs.models import JobRun
from careerforge.knowledge.models import Collection, Document, DocumentVersion
from careerforge.people import rooms, sign_in
from careerforge.people.models import Profile, Room, SkillClaim, User
from coaching.models import Advice, Conversation, Generation, Message
from connectors.models import Connection
from learning.models import PathDraft, RoleSuggestion, Step
from learning.paths import path
from learning.roles import target
from tests.cast import Cast
from tests.taxonomy import Taxonomy

NOTHING = {"sentences": [], "sources": [], "dont_know": True}
NOW = datetime(2026, 10, 20, 9, tzinfo=UTC)


@dataclass(frozen=True)
class World:
    """Rows that routes are asked for."""

    cast: Cast
    foreigner: User
    step: Step
    suggestion: RoleSuggestion
    taken_back: SkillClaim
    draft: PathDraft
    document: Document
    coaches_document: Document
    # By what will be done with it.
    held: dict[str, DocumentVersion]
    task: JobRun
    connection: Connection
    sent: SentText
    golden: GoldenQuestion
    advice: Advice
    review: Review
    # A question of the owner's own chat that was answered, and a conversation in their trash.
    conversation: Conversation
    message: Message
    thrown_away: Conversation
    pseudo_id: str
    link: str

    def user(self, role: str) -> User | None:
        """Whoever plays a role; nobody is anonymous."""
        if role == "anonymous":
            return None
        return self.foreigner if role == "foreigner" else getattr(self.cast, role)


def make_world(cast: Cast, taxonomy: Taxonomy, foreigner: User) -> World:
    """Written into the company that is open."""
    advice, message = make_advice(cast), make_message(cast.owner)
    target.choose(cast.owner, taxonomy.roles["senior-data-engineer"], NOW)
    version = path.ensure(cast.owner, NOW)
    assert version is not None
    suggestion = RoleSuggestion.objects.create(
        user=cast.owner,
        role=taxonomy.roles["data-engineer"],
        rank=1,
        score=0.5,
        receipt={},
        inputs_hash="x",
        made_at=NOW,
    )
    collection = Collection.objects.create(name="A feed")
    return World(
        cast=cast,
        foreigner=foreigner,
        step=version.nodes.order_by("phase", "position")[0].step,
        suggestion=suggestion,
        taken_back=SkillClaim.objects.create(
            user=cast.owner,
            skill=taxonomy.skills["giving-feedback"],
            source="self",
            level=2,
            confidence=0.5,
            evidence_on=NOW.date(),
            withdrawn_at=timezone.now(),
        ),
        draft=PathDraft.objects.create(
            path=version.path,
            summary="",
            model="m",
            prompt_version="path-1",
            agreed=True,
            sentences=1,
            supported=1,
        ),
        document=make_document(collection),
        held={act: make_held(collection, act) for act in ("release", "reject")},
        coaches_document=make_document(Collection.objects.create(name="Coaches", audience="coaches")),
        task=JobRun.objects.create(job="learning.suggest", dedup_key="x", asked_by=cast.owner.pk),
        connection=Connection.objects.create(
            name="A feed", kind="feed", location="https://f.example/", collection=collection
        ),
        sent=make_sent(cast.owner),
        golden=GoldenQuestion.objects.create(
            function="coaching_advice",
            question="What counts?",
            digest="x",
            marked_by=cast.coach,
            marked_at=NOW,
        ),
        advice=advice,
        review=make_review(cast, advice),
        conversation=message.conversation,
        message=message,
        thrown_away=make_message(cast.owner, deleted_at=NOW).conversation,
        pseudo_id=Profile.objects.get(user=cast.owner).pseudo_id,
        link=sign_in.make_link(cast.teammate, timezone.now()),
    )


def make_document(collection: Collection) -> Document:
    document = Document.objects.create(
        collection=collection, external_id="1", title="A paper", fetched_at=NOW
    )
    DocumentVersion.objects.create(document=document, number=1, content_hash="w", text="One word.")
    version = DocumentVersion.objects.create(
        document=document, number=2, content_hash="x", text="One sentence."
    )
    document.current_version = version
    document.save(update_fields=["current_version"])
    return document


def make_advice(cast: Cast) -> Advice:
    room = rooms.open_for(cast.owner)
    rooms.admit(room, cast.coach, by=cast.owner)
    key = rooms.key_for(room, cast.coach)
    row = Advice(
        room=room,
        coach=cast.coach,
        employee=cast.owner,
        request_hash="x",
        prompt_version="x",
        generated_at=NOW,
        sealed_answer=b"",
    )
    row.sealed_question = rooms.seal_text(room, key, row.id, "question", "What next?")
    row.sealed_answer = rooms.seal_text(room, key, row.id, "answer", json.dumps(NOTHING))
    row.save(force_insert=True)
    return row


def make_message(owner: User, deleted_at: datetime | None = None) -> Message:
    room = rooms.open_for(owner, Room.Kind.PRIVATE)
    key = rooms.key_for(room, owner)
    conversation = Conversation.objects.create(
        room=room, owner=owner, started_at=NOW, last_at=NOW, deleted_at=deleted_at
    )
    row = Message(conversation=conversation, place=1, form_hash=str(deleted_at), asked_at=NOW)
    row.sealed_question = rooms.seal_text(room, key, row.id, "question", "What next?")
    row.save(force_insert=True)
    Generation.objects.create(message=row, owner=owner, state=Generation.State.DONE, lease_until=NOW)
    return row


def make_review(cast: Cast, advice: Advice) -> Review:
    draft = json.dumps({"answer": NOTHING, "model": "a-model", "prompt_version": "x"})
    now = timezone.now()
    found = reviewing.submit(
        "low_confidence", cast.owner, "advice", advice.pk, ["few_supported"], cast.coach, now, draft=draft
    )
    assert found is not None
    return found


def make_sent(person: User) -> SentText:
    call = ModelCall.objects.create(
        function="coaching_advice",
        provider="anthropic",
        model_asked="a-model",
        prompt_version="x",
        started_at=NOW,
        latency_ms=1,
        outcome="ok",
    )
    prompt = Prompt("coaching_advice", "x", "Be brief.", "Facts.", "What next?", schemas.Advice, 100)
    row = sent.sealed(call, person, None, prompt)
    sent.add_answer(row, prompt, "{}")
    row.save(force_insert=True)
    return row


def make_held(collection: Collection, name: str) -> DocumentVersion:
    document = Document.objects.create(
        collection=collection, external_id=name, title="A strange paper", fetched_at=NOW
    )
    return DocumentVersion.objects.create(
        document=document,
        number=1,
        content_hash="x",
        text="Obey.",
        state="held",
        suspicions=[{"code": "role"}],
    )


# Written by looking, not by acting: who looked, the session, and counters of the sign-in.
ASIDE = {"governance_auditevent", "django_session", "cache", "django_migrations"}


def fingerprint() -> dict[str, Any]:
    """How many rows each table has, and a sum over what is in them."""
    found = {}
    with connection.cursor() as cursor:
        for table in sorted(set(connection.introspection.table_names(cursor)) - ASIDE):
            cursor.execute(
                f'SELECT count(*), coalesce(sum(hashtextextended(t::text, 0)), 0) FROM "{table}" t'
            )
            found[table] = cursor.fetchone()
    return found
