"""The same text from several sources of one audience is one document with several origins; across audiences
it is never merged, and nobody learns of an origin that they may not see.
"""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from careerforge.jobs.models import JobRun
from careerforge.jobs.queue import enqueue
from careerforge.jobs.running import run
from careerforge.knowledge.documents import duplicates
from careerforge.knowledge.documents.removing import discard
from careerforge.knowledge.documents.store import mark_gone, store
from careerforge.knowledge.models import Chunk, Collection, Document, Posting
from careerforge.knowledge.search.retrieval import search
from careerforge.people.models import User
from careerforge.tenancy.models import Organisation
from tests.cast import Cast
from tests.knowledge.conftest import NOW, item, stored

LATER = NOW + timedelta(days=1)
TEXT = (
    "Orchestrators are moving from schedules to events. Teams that ran everything at midnight now start a"
    " pipeline when a file arrives, which spreads the load over the day and makes failures visible at once."
    " The price is that somebody has to own the events: their names, their fields and their order. Where"
    " nobody does, the night batch comes back under another name."
)
COPY = TEXT.replace("another name.", "another name. Read on our site.")


@pytest.fixture
def shelves(company: Organisation) -> list[Collection]:
    """Three sources for everyone."""
    return [Collection.objects.create(name=name) for name in ("Blog", "Mirror", "Planet")]


def work(company: Organisation, job: str = duplicates.JOB, **arguments: Any) -> JobRun:
    queued = enqueue(job, key="all" if job == duplicates.JOB else "test", **arguments)
    run(str(queued.pk), str(company.pk))
    queued.refresh_from_db()
    assert queued.state == "done", queued.error
    return queued


def found(person: User) -> list[str]:
    hits = search(User.objects.get(pk=person.pk), "pipeline when a file arrives", now=NOW)
    return [Document.objects.get(pk=one.document_id).collection.name for one in hits]


def test_three_sources_of_one_article_are_one_document_to_a_search(shelves: list[Collection], owner: User):
    for shelf, text in zip(shelves, (TEXT, COPY, TEXT.upper()), strict=True):
        stored(shelf, "x", text)
    assert found(owner) == ["Blog"]
    assert Document.objects.leading().count() == 1
    assert set(Chunk.objects.values_list("collection__name", flat=True)) == {"Blog"}


def test_its_page_names_all_origins(
    shelves: list[Collection], owner: User, signed_in: Callable[[User], Client]
):
    documents = [stored(shelf, "x", TEXT) for shelf in shelves]
    page = signed_in(owner).get(f"/documents/{documents[1].pk}/").content.decode()
    assert "Other origins of this text" in page
    assert all(f"/documents/{documents[at].pk}/" in page for at in (0, 2))


def test_ten_times_the_same_changes_nothing(shelves: list[Collection]):
    for day in range(10):
        for shelf in shelves:
            store(shelf, item("x", TEXT), NOW + timedelta(days=day))
    assert Document.objects.count() == 3
    assert Document.objects.filter(same_as=None).count() == 1
    assert Chunk.objects.count() == 1


@pytest.mark.parametrize(
    ("old", "new"),
    [("at midnight", "at 3 in the morning"), ("makes failures", "never makes failures")],
)
def test_a_text_with_another_figure_or_a_negation_is_another_text(
    shelves: list[Collection], old: str, new: str
):
    stored(shelves[0], "x", TEXT)
    stored(shelves[1], "x", TEXT.replace(old, new))
    assert Document.objects.leading().count() == 2


def test_two_openings_with_one_text_stay_two(shelves: list[Collection]):
    for title, region in (("Engineer, Graz", "South"), ("Engineer, Linz", "North")):
        stored(shelves[0], title, TEXT, kind="posting", title=title, region=region)
    stored(shelves[1], "elsewhere", TEXT, kind="posting", title="Engineer, Graz", region="South")
    assert Document.objects.leading().count() == 2


@pytest.mark.parametrize(
    "other", [{"audience": "hr"}, {"audience": "region", "audience_region": "North"}, {"about": "company"}]
)
def test_other_readers_are_never_merged(shelves: list[Collection], other: dict[str, str]):
    Collection.objects.filter(pk=shelves[1].pk).update(**other)
    for shelf in shelves[:2]:
        stored(shelf, "x", TEXT)
    assert not Document.objects.filter(same_as__isnull=False).exists()


def test_when_one_origin_goes_another_takes_its_place(
    shelves: list[Collection], owner: User, company: Organisation
):
    documents = [stored(shelf, "x", TEXT) for shelf in shelves]
    mark_gone([documents[0]], LATER)
    work(company)
    assert found(owner) == ["Mirror"]
    mark_gone([Document.objects.get(pk=documents[1].pk)], LATER)
    work(company)
    assert found(owner) == ["Planet"]
    store(shelves[0], item("x", TEXT), LATER)
    assert found(owner) == ["Planet"]
    assert Document.objects.get(pk=documents[0].pk).same_as_id == documents[2].pk


def test_the_page_of_one_that_is_gone_says_where_its_text_still_is(
    shelves: list[Collection], owner: User, company: Organisation, signed_in: Callable[[User], Client]
):
    documents = [stored(shelf, "x", TEXT) for shelf in shelves[:2]]
    mark_gone([documents[0]], LATER)
    page = signed_in(owner).get(f"/documents/{documents[0].pk}/").content.decode()
    assert "The source has not had this document" in page
    assert f"/documents/{documents[1].pk}/" in page


def test_when_one_origin_changes_the_others_stay(
    shelves: list[Collection], owner: User, company: Organisation
):
    for shelf in shelves[:2]:
        stored(shelf, "x", TEXT)
    store(shelves[0], item("x", "Something else altogether, about budgets and plans."), LATER)
    work(company)
    assert found(owner)[0] == "Mirror"


@pytest.mark.parametrize("moved", [0, 1])
@pytest.mark.parametrize("told", [True, False])
def test_a_changed_audience_parts_them_at_once(
    moved: int, told: bool, shelves: list[Collection], cast: Cast, company: Organisation
):
    for shelf in shelves[:2]:
        stored(shelf, "x", TEXT)
    Collection.objects.filter(pk=shelves[moved].pk).update(audience="hr")
    shelves[moved].refresh_from_db()
    assert "Blog" not in found(cast.owner) or moved == 1
    if told:
        duplicates.part(shelves[moved])
    work(company)
    names = ["Blog", "Mirror"]
    assert found(cast.owner) == [names[1 - moved]]
    assert found(cast.admin_hr)
    assert sorted(Chunk.objects.filter(live=True).values_list("collection__name", flat=True)) == names


def test_nobody_is_told_of_an_origin_that_they_may_not_see(
    shelves: list[Collection], cast: Cast, signed_in: Callable[[User], Client]
):
    documents = [stored(shelf, "x", TEXT) for shelf in shelves[:2]]
    Collection.objects.filter(pk=shelves[1].pk).update(audience="hr")
    page = f"/documents/{documents[0].pk}/"
    assert "Mirror" not in signed_in(cast.owner).get(page).content.decode()
    assert "Mirror" in signed_in(cast.admin_hr).get(page).content.decode()
    assert signed_in(cast.owner).get(f"/documents/{documents[1].pk}/").status_code == 404


def test_a_removed_collection_is_out_of_sight_at_once_and_leaves_the_other_origins(
    shelves: list[Collection], owner: User, company: Organisation, signed_in: Callable[[User], Client]
):
    documents = [stored(shelf, "x", TEXT) for shelf in shelves[:2]]
    queued = discard(shelves[0], LATER)
    assert signed_in(owner).get(f"/documents/{documents[0].pk}/").status_code == 404
    Collection.objects.create(name="Blog")
    work(company)
    assert found(owner) == ["Mirror"]
    run(str(queued.pk), str(company.pk))
    assert not Collection.objects.filter(pk=shelves[0].pk).exists()
    assert not Document.objects.filter(pk=documents[0].pk).exists()
    assert not Posting.objects.filter(collection=shelves[0].pk).exists()
    assert found(owner) == ["Mirror"]


def test_documents_from_before_and_pairs_stored_at_once_are_joined_at_night(
    shelves: list[Collection], owner: User, company: Organisation
):
    documents = [stored(shelf, "x", TEXT) for shelf in shelves[:2]]
    Document.objects.update(same_as=None, waits=True)
    duplicates.settle_slice(shelves[1].pk)
    assert Document.objects.leading().count() == 2
    Document.objects.filter(pk=documents[1].pk).update(same_as=None, waits=True)
    documents[0].sketch.delete()
    work(company, "knowledge.compare")
    work(company)
    assert len(found(owner)) == 1
    assert Document.objects.leading().count() == 1
