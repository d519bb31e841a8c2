"""Who may see a collection, in search and on the page. There is no other door."""

from collections.abc import Callable
from uuid import UUID

import pytest
from django.test import Client

from careerforge.knowledge.documents.opening import opening
from careerforge.knowledge.models import Collection, Document
from careerforge.knowledge.search.retrieval import search
from careerforge.people.models import Profile, User
from careerforge.tenancy import context
from careerforge.tenancy.models import Organisation
from tests.cast import Cast, make_person
from tests.knowledge.conftest import NOW, stored
from tests.taxonomy import Taxonomy

EVERYBODY = {"owner", "outsider", "coach", "manager", "admin_hr"}
RULES = {
    "everyone": EVERYBODY,
    "coaches": {"coach"},
    "hr": {"admin_hr"},
    "practice": {"owner", "coach"},
    "region": {"owner", "coach", "manager", "admin_hr"},
}


@pytest.fixture
def document(collection: Collection, cast: Cast, taxonomy: Taxonomy) -> Document:
    """In a collection whose practice and region are set, for whichever audience needs them."""
    Profile.objects.filter(user=cast.outsider).update(region="South")
    collection.audience_practice, collection.audience_region = taxonomy.practices["data"], "North"
    collection.save()
    return stored(collection)


def finds(person: User) -> bool:
    return bool(search(User.objects.get(pk=person.pk), "airflow batch jobs", now=NOW))


@pytest.mark.parametrize("audience", RULES)
def test_an_audience_is_exactly_who_it_says(audience: str, document: Document, cast: Cast):
    Collection.objects.update(audience=audience)
    assert {name for name in EVERYBODY if finds(getattr(cast, name))} == RULES[audience]


@pytest.mark.parametrize("audience", RULES)
def test_the_page_opens_for_the_same_people(
    audience: str, document: Document, cast: Cast, signed_in: Callable[[User], Client]
):
    Collection.objects.update(audience=audience)
    codes = {
        name: signed_in(getattr(cast, name)).get(f"/documents/{document.pk}/").status_code
        for name in EVERYBODY
    }
    assert codes == {name: 200 if name in RULES[audience] else 404 for name in EVERYBODY}


def test_a_changed_audience_acts_at_once(document: Document, cast: Cast):
    assert finds(cast.owner)
    Collection.objects.update(audience="hr")
    assert not finds(cast.owner)


def test_who_moves_finds_what_is_for_the_new_place(document: Document, cast: Cast):
    Collection.objects.update(audience="region")
    assert finds(cast.owner)
    Profile.objects.filter(user=cast.owner).update(region="South")
    assert not finds(cast.owner)
    Collection.objects.update(audience_region="South")
    assert finds(cast.owner)


def test_a_search_looks_where_the_pages_do(document: Document, cast: Cast):
    for audience in RULES:
        stored(Collection.objects.create(
            name=audience, audience=audience, audience_practice_id=document.collection.audience_practice_id,
            audience_region="North",
        ))  # fmt: skip
    for name in EVERYBODY:
        person = User.objects.get(pk=getattr(cast, name).pk)
        visible = Collection.objects.visible_to(person).filter(passages__gt=0)
        assert [one.pk for one in opening(person)[0]] == [one.pk for one in visible.order_by("pk")]


def test_another_organisation_finds_nothing_and_is_not_found(
    document: Document, cast: Cast, other_company: Organisation
):
    with context.organisation(other_company.id):
        stranger = make_person("stranger", "Zdenka Rautenbach")
        assert not finds(stranger)
        theirs = stored(Collection.objects.create(name="Theirs"), text="Airflow batch jobs of somebody else.")
    assert {one.document_id for one in search(cast.owner, "airflow batch jobs", now=NOW)} == {document.pk}
    assert not Document.objects.filter(pk=theirs.pk).exists()


def test_nobody_reads_without_signing_in(document: Document, client: Client):
    answer = client.get(f"/documents/{document.pk}/")
    assert answer.status_code == 302
    assert answer["Location"].startswith("/accounts/login/")


def test_a_document_that_does_not_exist_is_not_found(owner: User, signed_in: Callable[[User], Client]):
    assert signed_in(owner).get(f"/documents/{UUID(int=7)}/").status_code == 404
