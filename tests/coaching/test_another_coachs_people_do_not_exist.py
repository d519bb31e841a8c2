import json
from uuid import uuid4

import pytest

from careerforge.people.models import Assignment
from coaching.advising import advice
from coaching.models import Advice
from learning.roles import target
from tests.coaching.conftest import NOW

API = "/api/v1/employees"


@pytest.fixture
def client(coach, senior, signed_in):
    return signed_in(coach)


@pytest.fixture
def stranger(outsider, taxonomy, profile_of):
    """The pseudonym of somebody whom another coach looks after."""
    target.choose(outsider, taxonomy.roles["backend-developer"], NOW)
    return profile_of(outsider).pseudo_id


def test_the_list_and_its_numbers_hold_ones_own_people_only(client, owner, teammate, outsider, handle):
    page = client.get("/console/").content.decode()
    assert handle(owner) in page
    assert handle(teammate) in page
    assert handle(outsider) not in page
    assert "2 people are assigned to you" in page


@pytest.mark.parametrize("words", ["{handle}", "{word}", "Backend developer", "Castellvi"])
def test_no_search_finds_them(client, outsider, stranger, handle, words):
    asked = words.format(handle=handle(outsider), word=handle(outsider).split()[0])
    page = client.get("/console/", {"q": asked}).content.decode()
    assert f'href="/console/people/{stranger}/"' not in page
    assert "1 to " not in page


def test_no_filter_finds_them(client, stranger):
    assert stranger not in client.get("/console/", {"practice": "backend"}).content.decode()


@pytest.mark.parametrize("headers", [{}, {"HX-Request": "true"}])
def test_their_page_and_its_fragment_are_not_found(client, stranger, headers):
    theirs = client.get(f"/console/people/{stranger}/", headers=headers)
    nobodys = client.get(f"/console/people/{'0' * 32}/", headers=headers)
    assert theirs.status_code == nobodys.status_code == 404


def test_no_question_about_them_is_answered(client, stranger):
    form = {"question": "What next?", "form_key": "7c9f2f52-2f4e-4a40-9a3e-3f6f6c2f0f0f"}
    assert client.post(f"/console/people/{stranger}/", form).status_code == 404
    assert not Advice.objects.exists()


def test_the_api_says_the_same(client, stranger, profile_of, owner):
    listed = client.get(API).json()
    assert listed["count"] == 2
    assert stranger not in {item["pseudo_id"] for item in listed["items"]}
    assert client.get(f"{API}?q=Backend").json() == {"items": [], "count": 0}
    assert client.get(f"{API}/{stranger}/skill-gap").status_code == 404
    body = json.dumps({"question": "What next?"})
    asked = client.post(f"{API}/{stranger}/ai-advice", body, content_type="application/json")
    assert asked.status_code == 404
    assert not Advice.objects.exists()


def test_an_advice_of_another_room_is_not_shown_by_its_id(
    client, senior, page_of, other_coach, outsider, stranger
):
    theirs = advice.ask(other_coach, outsider, "What about the wombat?", uuid4(), NOW)
    assert "wombat" not in client.get(f"{page_of(senior)}?advice={theirs.id}").content.decode()


def test_an_ended_assignment_ends_access_at_once(client, senior, page_of):
    assert client.get(page_of(senior)).status_code == 200
    Assignment.objects.filter(employee=senior).update(ends_on=NOW.date())
    assert client.get(page_of(senior)).status_code == 404


def test_a_coach_without_people_is_told_so(other_coach, signed_in):
    Assignment.objects.filter(coach=other_coach).delete()
    assert "Nobody is assigned to you yet" in signed_in(other_coach).get("/console/").content.decode()
