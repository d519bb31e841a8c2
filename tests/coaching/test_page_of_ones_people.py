from datetime import date

import pytest

from careerforge.people.models import Assignment
from tests.cast import make_person


@pytest.fixture
def client(coach, signed_in):
    return signed_in(coach)


def add_people(coach, count):
    for number in range(count):
        person = make_person("m" * (number + 9), f"Someone Else {number}")
        Assignment.objects.create(coach=coach, employee=person, starts_on=date(2024, 3, 1))


def test_a_person_shows_where_they_are_heading_and_how_readiness_moves(client, owner, measured):
    measured(owner, 0.61, weeks=3)
    page = client.get("/console/").content.decode()
    assert "61%" in page
    assert "Senior data engineer" in page
    assert "from Data analyst" in page


def test_without_a_figure_that_is_said_and_nothing_is_zero(client):
    page = client.get("/console/").content.decode()
    assert "No figure yet" in page
    assert "0%" not in page.split("<tbody>")[1].split("</tbody>")[0]


@pytest.mark.parametrize(("words", "found"), [("Senior", True), ("nothing like this", False)])
def test_handles_and_target_roles_are_searched(client, owner, measured, handle, words, found):
    measured(owner, 0.5)
    page = client.get("/console/", {"q": words}).content.decode()
    assert (handle(owner) in page) is found
    assert ("Nobody matches" in page) is not found


def test_names_are_not_searched(client):
    assert "Nobody matches" in client.get("/console/", {"q": "Varnhagen"}).content.decode()


def test_nonsense_in_the_address_is_no_error(client):
    assert client.get("/console/?seniority=banana&practice=x&page=-3").status_code == 200


def test_a_page_has_twenty_five_people_and_keeps_the_search(client, coach):
    add_people(coach, 30)
    page = client.get("/console/?seniority=2").content.decode()
    assert page.count('class="who row-c"') == 25
    assert "1 to 25 of 32" in page
    assert "seniority=2&amp;page=2" in page


def test_a_swapped_table_equals_the_one_of_a_fresh_page(client):
    swapped = client.get("/console/?q=a", headers={"HX-Request": "true"}).content.decode().strip()
    assert swapped in client.get("/console/?q=a").content.decode()


def test_as_many_queries_for_thirty_people_as_for_two(client, coach, owner, measured, queries):
    measured(owner, 0.4, weeks=3)
    few = queries(lambda: client.get("/console/"))
    add_people(coach, 28)
    assert queries(lambda: client.get("/console/")) == few <= 15
