"""Two coaches with people of their own, and a few documents to quote from."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from careerforge.knowledge.documents.incoming import Incoming
from careerforge.knowledge.documents.store import store
from careerforge.knowledge.models import Collection, Document
from careerforge.people.models import Profile, SkillClaim, User
from learning.models import Readiness
from learning.roles import target
from tests.taxonomy import Taxonomy

NOW = datetime(2026, 11, 20, 9, tzinfo=UTC)
SENTENCE = "Batch orchestration comes before stream processing, because streams are batches that never end."
LADDER = f"""## Senior

{SENTENCE}

ETL pipelines are asked for in 30 of the 38 adverts that were read for this ladder.
"""
PROJECTS = "ETL pipelines come first for a project manager, because plans wait for figures."


@pytest.fixture(autouse=True)
def hashing(settings: Any) -> None:
    """No model: vectors from spelling."""
    settings.EMBEDDER_FOLDER = None


@pytest.fixture
def claim(taxonomy: Taxonomy) -> Callable[..., SkillClaim]:
    """Somebody's level in a skill, by the word of a coach."""

    def say(user: User, skill: str, level: int) -> SkillClaim:
        return SkillClaim.objects.create(
            user=user,
            skill=taxonomy.skills[skill],
            level=level,
            source="coach",
            confidence=0.9,
            evidence_on=date(2026, 10, 1),
        )

    return say


@pytest.fixture
def senior(owner: User, taxonomy: Taxonomy, claim: Callable[..., SkillClaim]) -> User:
    """The owner on the way to senior data engineer, with something told about most of it."""
    target.choose(owner, taxonomy.roles["senior-data-engineer"], NOW)
    claim(owner, "etl-pipelines", 3)
    claim(owner, "batch-orchestration", 1)
    # A page reads people anew, with what has been counted since.
    owner.refresh_from_db()
    return owner


@pytest.fixture
def library(company: Any) -> dict[str, Document]:
    """A ladder of data and a note of another practice, both for everyone."""
    shelf = Collection.objects.create(name="Library")
    rows: dict[str, Any] = {
        "ladder": {"title": "Ladder of the data practice", "topics": ("data",), "text": LADDER},
        "projects": {"title": "Note for project managers", "topics": ("backend",), "text": PROJECTS},
    }
    return {
        key: store(shelf, Incoming(external_id=key, kind="ladder", published_at=NOW, **row), NOW).document
        for key, row in rows.items()
    }


@pytest.fixture
def handle(profile_of: Callable[[User], Profile]) -> Callable[[User], str]:
    """What a coach calls somebody."""
    return lambda user: profile_of(user).coaching_handle


@pytest.fixture
def page_of(profile_of: Callable[[User], Profile]) -> Callable[[User], str]:
    """The address of a coach's page about somebody."""
    return lambda user: f"/console/people/{profile_of(user).pseudo_id}/"


@pytest.fixture
def measured(taxonomy: Taxonomy) -> Callable[..., None]:
    """Readiness of somebody today and weekly before."""

    def write(user: User, score: float, weeks: int = 1) -> None:
        role = taxonomy.roles["senior-data-engineer"]
        target.choose(user, role, NOW)
        days = [datetime.now(UTC).date() - timedelta(weeks=n) for n in range(weeks)]
        Readiness.objects.bulk_create(
            Readiness(user=user, role=role, day=day, score=score, known_share=0.9, receipt={}) for day in days
        )

    return write


@pytest.fixture
def queries() -> Callable[[Callable[[], Any]], int]:
    """How many queries something needs, without what only a test has: savepoints and what follows them."""

    def count(work: Callable[[], Any]) -> int:
        with CaptureQueriesContext(connection) as found:
            work()
        of_the_test = ("SAVEPOINT", "RELEASE", "SELECT set_config")
        # One setting of the organisation is the page's own.
        return 1 + sum(not query["sql"].startswith(of_the_test) for query in found.captured_queries)

    return count
