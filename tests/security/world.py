"""One of everything that an address can name, all of it belonging to the owner or the owner's company."""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from django.db import connection
from django.utils import timezone

from careerforge.jobs.models import JobRun
from careerforge.knowledge.models import Collection, Document, DocumentVersion
from careerforge.people import sign_in
from careerforge.people.models import Profile, SkillClaim, User
from connectors.models import Connection
from learning import path, target
from learning.models import RoleSuggestion, Step
from tests.cast import Cast
from tests.taxonomy import Taxonomy

NOW = datetime(2026, 10, 20, 9, tzinfo=UTC)


@dataclass(frozen=True)
class World:
    """Rows that routes are asked for."""

    cast: Cast
    foreigner: User
    step: Step
    suggestion: RoleSuggestion
    taken_back: SkillClaim
    document: Document
    coaches_document: Document
    # By what will be done with it.
    held: dict[str, DocumentVersion]
    task: JobRun
    connection: Connection
    pseudo_id: str
    link: str

    def user(self, role: str) -> User | None:
        """Whoever plays a role; nobody is anonymous."""
        if role == "anonymous":
            return None
        return self.foreigner if role == "foreigner" else getattr(self.cast, role)


def make_world(cast: Cast, taxonomy: Taxonomy, foreigner: User) -> World:
    """Written into the company that is open."""
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
        document=make_document(collection),
        held={act: make_held(collection, act) for act in ("release", "reject")},
        coaches_document=make_document(Collection.objects.create(name="Coaches", audience="coaches")),
        task=JobRun.objects.create(job="learning.suggest", dedup_key="x", asked_by=cast.owner.pk),
        connection=Connection.objects.create(
            name="A feed", kind="feed", location="https://f.example/", collection=collection
        ),
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
