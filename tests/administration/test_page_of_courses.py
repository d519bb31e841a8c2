"""Courses that sources describe, before the admin of learning: taken into the catalogue or declined."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from careerforge.governance.models import AuditEvent
from careerforge.knowledge.documents import store
from careerforge.knowledge.documents.facts import CourseFacts, to_json
from careerforge.knowledge.documents.incoming import Incoming
from careerforge.knowledge.models import Collection
from careerforge.people.models import User
from careerforge.tenancy import context
from careerforge.tenancy.models import Organisation
from learning.catalogue import courses
from learning.models import Course, Resource
from tests.taxonomy import Taxonomy

NOW = datetime(2026, 11, 2, 9, tzinfo=UTC)
LIST = "/admin/learning/course/"
MOST = 15
SignIn = Callable[[User], Client]
FACTS = CourseFacts(provider="Anvil Academy", hours=12, level="Advanced", price=9_900, currency="EUR")


def shelf(number: int = 1, title: str = "SQL in depth", facts: CourseFacts = FACTS, **values: Any) -> None:
    where, _ = Collection.objects.get_or_create(name=f"Shelf {title}", defaults=values)
    items = [
        Incoming(f"{title}{n}", "course", title, f"Lesson {n}, for {title}.", facts=to_json(facts))
        for n in range(number)
    ]
    for one in items:
        store.store_many(where, [one], NOW)
    courses.read_pending()


def page(client: Client, address: str = LIST, **query: str) -> str:
    return client.get(address, query).content.decode()


@pytest.fixture
def lnd(admin_lnd: User, signed_in: SignIn, taxonomy: Taxonomy) -> Client:
    return signed_in(admin_lnd)


def act(client: Client, action: str) -> str:
    chosen = {
        "action": action,
        "_selected_action": [str(pk) for pk in Course.objects.values_list("pk", flat=True)],
    }
    return client.post(LIST, chosen, follow=True).content.decode()


def test_the_list_says_what_a_course_is_and_what_is_missing(lnd: Client) -> None:
    shelf()
    shelf(title="Knitting", facts=CourseFacts())
    shown = page(lnd)
    for said in (
        "SQL in depth",
        "Anvil Academy",
        "€99",
        "Shelf Knitting",
        "the skill, the level reached, the hours",
    ):
        assert said in shown
    assert "Knitting" not in page(lnd, skill="yes").split('id="result_list"')[1]
    assert "0 results" in page(lnd, q="nothing like it")


def test_chosen_ones_are_taken_and_incomplete_ones_say_why_not(lnd: Client) -> None:
    shelf()
    shelf(title="Knitting", facts=CourseFacts())
    said = act(lnd, "adopt_chosen")
    assert "1 course taken into the catalogue" in said
    assert "“Knitting” stays out of the catalogue. Missing: the skill" in said
    assert Resource.objects.get().title == "SQL in depth"
    assert AuditEvent.objects.filter(act="course.adopted").count() == 1


def test_what_was_read_wrongly_is_put_right_and_taken(lnd: Client, taxonomy: Taxonomy) -> None:
    shelf(title="Knitting", facts=CourseFacts())
    course = Course.objects.get()
    values = {"title": "Knitting with Python", "skill": str(taxonomy.skills["python"].pk), "level": "2",
              "hours": "6", "price": "0", "currency": "", "url": "", "_adopt": "1"}  # fmt: skip
    lnd.post(f"{LIST}{course.pk}/change/", values)
    resource = Resource.objects.get()
    assert (resource.title, resource.skill, resource.hours) == (
        "Knitting with Python",
        taxonomy.skills["python"],
        6,
    )
    assert "Open it in the catalogue" in page(lnd, f"{LIST}{course.pk}/change/")


def test_a_declined_one_can_be_proposed_again(lnd: Client) -> None:
    shelf()
    act(lnd, "decline_chosen")
    assert Course.objects.get().state == "declined"
    assert (
        "SQL in depth"
        not in page(lnd, state__exact="proposed").split('class="paginator"')[0].split("toolbar")[1]
    )
    act(lnd, "propose_chosen")
    assert Course.objects.get().state == "proposed"


def test_the_catalogue_tells_what_came_from_a_source(lnd: Client) -> None:
    shelf()
    act(lnd, "adopt_chosen")
    assert "SQL in depth" in page(lnd, "/admin/learning/resource/", course="yes")
    assert "0 results" not in page(lnd, "/admin/learning/resource/", course="yes")


@pytest.mark.parametrize("kind", ["admin_hr", "admin_platform", "admin_org", "coach", "owner"])
def test_others_have_no_such_page(kind: str, request: Any, signed_in: SignIn, taxonomy: Taxonomy) -> None:
    shelf()
    client = signed_in(request.getfixturevalue(kind))
    assert client.get(LIST).status_code in (302, 403, 404)
    act(client, "adopt_chosen")
    assert not Resource.objects.exists()


def test_another_companys_courses_are_not_there(lnd: Client, other_company: Organisation) -> None:
    with context.organisation(other_company.pk):
        shelf()
        row = Course.objects.get()
    assert "SQL in depth" not in page(lnd)
    assert lnd.get(f"{LIST}{row.pk}/change/").status_code == 404


def test_the_list_is_paged_and_asks_little(lnd: Client) -> None:
    def queries(address: str) -> int:
        page(lnd, address)
        with CaptureQueriesContext(connection) as asked:
            page(lnd, address)
        return len(asked)

    shelf()
    alone = f"{LIST}{Course.objects.get().pk}/change/"
    few, one = queries(LIST), queries(alone)
    shelf(30, "Python in depth")
    assert queries(LIST) == few <= MOST
    assert queries(alone) == one <= MOST
    assert page(lnd).count('name="_selected_action"') == 25
