from datetime import UTC, datetime

import pytest

from careerforge.knowledge.models import Chunk, Collection, Document, DocumentVersion
from careerforge.knowledge.postings import add
from learning import mentions, path

LADDER = (
    "Two things matter. A senior data engineer holds batch orchestration at level 4. "
    "Batch orchestration, e.g. with calendars, takes a year."
)


@pytest.fixture
def document(company):
    """Store a document with one passage, findable by word."""

    def store(text, kind="ladder", day=1, **collection):
        where = Collection.objects.create(name=f"{kind} {day}", **collection)
        when = datetime(2026, 9, day, tzinfo=UTC)
        row = Document.objects.create(
            collection=where,
            external_id="1",
            kind=kind,
            title=f"The {kind}",
            fetched_at=when,
            published_at=when,
        )
        version = DocumentVersion.objects.create(document=row, number=1, content_hash="x", text=text)
        chunk = Chunk.objects.create(
            collection=where, document=row, version=version, ordinal=0, start=0, end=len(text), text=text
        )
        add([chunk], {row.id: row.title})
        return chunk

    return store


def reason(person, version):
    nodes = path.nodes(version, person)
    node = next(n for n in nodes if n.title == "Batch orchestration")
    return next((r for r in node.reasons.all() if r.chunk_id), None)


def test_a_node_quotes_the_sentence_that_names_skill_and_role(document, owner, senior, now):
    chunk = document(LADDER)
    found = reason(owner, path.build(owner, senior, now))
    assert found.chunk_id == chunk.pk
    assert found.quote == "A senior data engineer holds batch orchestration at level 4."
    assert found.quote in chunk.text
    assert (found.source_title, str(found.source_date)) == ("The ladder", "2026-09-01")


def test_the_newest_of_equal_documents_is_quoted(document, owner, senior, now):
    document("Batch orchestration was asked for once.", "market_report", day=1)
    newer = document("Batch orchestration is asked for often.", "market_report", day=9)
    assert reason(owner, path.build(owner, senior, now)).chunk_id == newer.pk


def test_what_the_person_may_not_read_is_no_reason(document, owner, senior, now):
    document(LADDER, audience="coaches")
    assert reason(owner, path.build(owner, senior, now)) is None


def test_a_reason_goes_when_its_document_is_closed_to_the_person(document, owner, senior, now):
    chunk = document(LADDER)
    version = path.build(owner, senior, now)
    Collection.objects.filter(pk=chunk.collection_id).update(audience="hr")
    assert reason(owner, version) is None


def test_demand_counts_documents_of_the_market_and_not_own_postings(document, owner, taxonomy):
    document("We want batch orchestration.", "posting", day=2, about="market")
    document("Batch orchestration again. Batch orchestration.", "market_report", day=3, about="market")
    document("Our own opening: batch orchestration.", "posting", day=4, about="company")
    skills = [taxonomy.skills["batch-orchestration"], taxonomy.skills["sql"]]
    assert mentions.in_the_market(owner, skills) == {skills[0].id: 2, skills[1].id: 0}


@pytest.mark.parametrize(
    ("text", "name", "quote"),
    [
        ("We go there. Go is fine.", "Go", "Go is fine."),
        ("Writes Node.js 20.1 daily. Rests.", "Node.js", "Writes Node.js 20.1 daily."),
        ("Only MySQL here.", "SQL", ""),
        ("C++ and C# differ.", "C#", "C++ and C# differ."),
        ("SQL is not needed. SQL is used.", "SQL", "SQL is used."),
    ],
)
def test_a_quote_is_the_whole_sentence_that_names_the_skill_itself(text, name, quote):
    assert mentions.sentence(text, name) == quote


def test_a_longer_name_that_holds_the_skill_is_another_skill():
    assert mentions.sentence("Python for data is asked for.", "Python", longer=("Python for data",)) == ""
