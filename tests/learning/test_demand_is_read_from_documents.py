from datetime import UTC, datetime

import pytest

from careerforge.knowledge.models import Collection, Document, DocumentVersion
from careerforge.skills.models import Alias
from learning import demand
from learning.models import SkillAsked

NOW = datetime(2026, 9, 1, tzinfo=UTC)


@pytest.fixture
def market(company):
    return Collection.objects.create(name="Market", about="market")


@pytest.fixture
def document(market):
    """Store a document with one version."""

    def store(text, kind="posting", where=market, **fields):
        row = Document.objects.create(
            collection=where,
            external_id=f"{Document.objects.count()}",
            kind=kind,
            title="A document",
            fetched_at=NOW,
            **fields,
        )
        rewrite(row, text)
        return row

    return store


def rewrite(row, text):
    number = row.versions.count() + 1
    row.current_version = DocumentVersion.objects.create(
        document=row, number=number, content_hash=text[:60], text=text
    )
    row.save(update_fields=["current_version"])


@pytest.fixture
def counted(owner, taxonomy):
    """Read what is new, then count for two skills."""

    def count(person=owner):
        demand.read_pending()
        skills = [taxonomy.skills["batch-orchestration"], taxonomy.skills["sql"]]
        found = demand.in_the_market(person, skills)
        return tuple(found[skill.id] for skill in skills)

    return count


def test_demand_counts_documents_of_the_market_and_not_own_postings(document, counted):
    own = Collection.objects.create(name="Own", about="company")
    document("We want batch orchestration.")
    document("Batch orchestration again. Batch orchestration.", "market_report")
    document("Our own opening: batch orchestration.", where=own)
    document("An article about batch orchestration.", "article")
    assert counted() == (2, 0)


def test_what_is_not_required_is_no_demand(document, counted):
    document("You know SQL. Batch orchestration is not required.")
    assert counted() == (0, 1)


def test_an_alias_counts_like_the_name_once_the_taxonomy_has_it(document, counted, taxonomy):
    document("Runs nightly chains of jobs.")
    assert counted() == (0, 0)
    Alias.objects.create(skill=taxonomy.skills["batch-orchestration"], text="nightly chains")
    assert counted() == (1, 0)


def test_a_changed_document_is_read_again_and_an_unchanged_one_is_not(document, counted):
    row = document("We want SQL.")
    assert counted() == (0, 1)
    assert demand.read_pending() == 0
    rewrite(row, "We want batch orchestration.")
    assert counted() == (1, 0)


def test_what_the_asker_may_not_see_or_is_gone_does_not_count(document, counted, market):
    document("We want SQL.", gone_at=NOW)
    assert counted() == (0, 0)
    document("We want SQL.")
    assert counted() == (0, 1)
    Collection.objects.filter(pk=market.pk).update(audience="hr")
    assert counted() == (0, 0)


def test_a_repeated_text_is_one_document(document, counted):
    first = document("We want SQL.")
    document("We want SQL.", same_as=first)
    assert counted() == (0, 1)


def test_languages_without_names_are_said(document, taxonomy):
    document("We want SQL.")
    document("Szukamy osoby, która zna SQL.", language="pl")
    assert demand.unspoken() == ["pl"]


def test_counting_takes_two_queries_however_many_documents_there_are(
    document, owner, taxonomy, django_assert_num_queries
):
    for _ in range(3):
        document("We want SQL.")
    demand.read_pending()
    skills = list(taxonomy.skills.values())
    with django_assert_num_queries(2):
        demand.in_the_market(owner, skills)


def test_a_document_that_goes_takes_what_it_asked_for_along(document, counted):
    row = document("We want SQL.")
    counted()
    row.delete()
    assert not SkillAsked.objects.exists()
