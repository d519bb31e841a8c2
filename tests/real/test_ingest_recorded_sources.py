"""One folder of recorded answers of real sources, synchronised in one go: listed, searchable, and the same
again.

The recordings are not part of the project. `CAREERFORGE_SHARED` names their folder; without it, a folder
`shared` beside the checkout is looked for.
"""

import os
import shutil
from pathlib import Path
from uuid import uuid4

import pytest
from django.db import connection as database

from careerforge.jobs.models import JobRun
from careerforge.jobs.running import run as work
from careerforge.knowledge.index import generations
from careerforge.knowledge.models import Chunk, ChunkVector, Document, DocumentVersion
from careerforge.knowledge.passage import Passage
from careerforge.knowledge.search.retrieval import search
from careerforge.people.models import User
from careerforge.tenancy.models import Organisation
from connectors import connecting
from connectors.models import SyncRun
from connectors.wishes import Wish
from tests.cast import make_person

SHARED = Path(os.environ.get("CAREERFORGE_SHARED") or Path(__file__).parents[3] / "shared") / "payloads"
FOLDERS = ("jobs", "feeds/reader", "feeds/mit-learn", "learning/mit-learn-catalogues")
pytestmark = [
    pytest.mark.real,
    pytest.mark.skipif(
        not all((SHARED / name).is_dir() for name in FOLDERS),
        reason="no recordings here; name their folder in CAREERFORGE_SHARED",
    ),
]
# A question in somebody's words, the document that answers it, and the file it stands in.
ASKED = [
    ("staff fullstack engineer, best product development tool", "Senior / Staff Fullstack Engineer", "ashby"),
    ("account executive for commercial customers at Vercel", "Account Executive, Commercial", "greenhouse"),
    ("frontend developer for humanitarian data collection", "Frontend Web Application Developer", "remotive"),
    ("naval data science scientist", "DISTINGUISHED SCIENTIST/ENGINEER FOR NAVAL DATA SCIENCES", "usajobs"),
    ("Decathlon water sports shop in Albacete", "VENDEDOR/A DEPORTES DE AGUA", "career-pages-html"),
    (
        "matrices for systems of differential equations",
        "Linear Algebra and NxN Systems",
        "mitxonline_courses",
    ),
    (
        "algorithmic business thinking",
        "Accelerating Digital Transformation with Algorithmic",
        "sloan_courses",
    ),
    ("healthcare innovation bootcamp", "MIT HMS Healthcare Innovation Bootcamp", "bootcamps.json"),
]


@pytest.fixture
def person(company: Organisation) -> User:
    """Somebody who may read what is for everyone."""
    with database.cursor() as cursor:
        # The schema's owner makes the index of the embedding that is installed here.
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET ROLE NONE")
        generations.ensure_live()
        cursor.execute("SET ROLE careerforge_app")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")
    return make_person("reader", "Philippa Oakenshaw")


@pytest.fixture
def recordings(tmp_path: Path, settings) -> Path:
    """A folder of copies, opened by the operator."""
    for name in FOLDERS:
        shutil.copytree(SHARED / name, tmp_path / "recordings" / name)
    settings.FOLDERS = [tmp_path]
    return tmp_path / "recordings"


@pytest.fixture
def ingested(recordings: Path, person: User) -> list[SyncRun]:
    """Two synchronisations of one connection."""
    connection = connecting.save(
        person, Wish(name="Recordings", kind="folder", location=str(recordings)), None
    )
    runs = []
    for _ in range(2):
        job = JobRun.objects.create(
            job="connectors.sync", dedup_key=str(uuid4()), arguments={"connection": str(connection.pk)}
        )
        work(str(job.pk), str(connection.organisation_id))
        job.refresh_from_db()
        assert job.state == "done", job.error
        runs.append(SyncRun.objects.get(job_run=job))
    # On a busy machine a synchronisation leaves vectors to a job of their own.
    for left in JobRun.objects.filter(state=JobRun.State.QUEUED):
        work(str(left.pk), str(left.organisation_id))
    return runs


def test_recorded_sources_are_listed_searchable_and_stable(
    ingested: list[SyncRun], recordings: Path, person: User
) -> None:
    first, second = ingested
    every_file_is_a_document_or_has_a_reason(first, recordings)
    nothing_grows(first, second)
    for question, title, place in ASKED:
        comes_back(search(person, question, limit=3), question, title, place)
    kinds = {passage.kind for passage in search(person, "engineer", kinds=["posting"])}
    assert kinds == {"posting"}
    assert {passage.kind for passage in search(person, "leadership", kinds=["course"])} == {"course"}


def every_file_is_a_document_or_has_a_reason(run: SyncRun, recordings: Path) -> None:
    files = {str(path.relative_to(recordings)) for path in recordings.rglob("*") if path.is_file()}
    problems = dict(run.problems.values_list("where", "reason"))
    read = {
        external_id.partition("#")[0]
        for external_id in Document.objects.values_list("external_id", flat=True)
    }
    assert files == read | set(problems)
    assert all(reason.endswith(".") and "Traceback" not in reason for reason in problems.values())
    unusable = set(problems) - read
    assert {Path(name).suffix for name in unusable} >= {".yml", ".gz"}
    assert len(read) > 55
    assert run.new > 300


def nothing_grows(first: SyncRun, second: SyncRun) -> None:
    assert (first.changed, first.unchanged, first.gone) == (0, 0, 0)
    assert (second.new, second.changed, second.gone) == (0, 0, 0)
    assert second.unchanged == first.new == Document.objects.count() == DocumentVersion.objects.count()
    assert second.failed == first.failed
    embedded = ChunkVector.objects.values("chunk").distinct().count()
    assert embedded == Chunk.objects.filter(live=True).count() > first.new


def comes_back(found: list[Passage], question: str, title: str, place: str) -> None:
    documents = Document.objects.in_bulk([passage.document_id for passage in found])
    told = [(passage.title, documents[passage.document_id].external_id) for passage in found]
    assert any(name.startswith(title) and place in where for name, where in told), (question, told)
    text = DocumentVersion.objects.get(pk=found[0].version_id).text
    assert text[found[0].start : found[0].end].strip() == found[0].text.strip()
