from datetime import date

import pytest

from careerforge.people.models import Team, TeamMembership
from learning.models import Step
from tests.cast import make_person

SINCE = date(2024, 3, 1)


@pytest.fixture
def client(manager, signed_in):
    return signed_in(manager)


@pytest.fixture
def grow(manager, measured):
    """A sub-team of so many people, each with the same readiness."""

    def add(name, people, score):
        team = Team.objects.create(name=name, parent=Team.objects.get(manager=manager))
        found = [make_person(f"user-{name}-" + "z" * n, f"{name} Person {n}") for n in range(people)]
        for person in found:
            TeamMembership.objects.create(team=team, user=person, starts_on=SINCE)
            measured(person, score)
        return found

    return add


def body(client, query=""):
    return client.get(f"/team/{query}").content.decode()


def test_under_five_people_nothing_is_shown_but_that(client):
    page = body(client)
    assert "No figure yet" in page
    assert "%" not in page.split("<main")[1].split("</main>")[0].replace("100%", "")


def test_a_group_of_five_is_shown_by_its_mean(client, grow):
    grow("Alpha", 5, 0.4)
    grow("Beta", 6, 0.6)
    page = body(client)
    assert "40%" in page
    assert "60%" in page
    assert "51%" in page


def test_a_group_of_four_is_hidden_and_takes_another_with_it(client, grow):
    grow("Alpha", 4, 0.9)
    grow("Beta", 6, 0.5)
    grow("Gamma", 9, 0.3)
    rows = body(client).split("<tbody>")[1].split("</tbody>")[0]
    assert "90%" not in rows
    assert "50%" not in rows
    assert "30%" in rows
    assert rows.count("Hidden") == 2


def test_no_person_is_to_be_seen(client, grow):
    people = grow("Alpha", 6, 0.5)
    page = body(client) + body(client, "?by=band")
    assert not any(word in page for person in people for word in (person.handle, person.username))
    assert "Person" not in page


def test_steps_count_from_five_people_with_a_path_on(client, grow):
    people = grow("Alpha", 6, 0.5)
    for person in people[:4]:
        Step.objects.create(user=person, key="skill:sql:3", type="skill", status="done")
    assert "Fewer than five people have a path" in body(client)
    Step.objects.create(user=people[4], key="skill:sql:3", type="skill")
    assert "4 of 5" in body(client)


def test_a_manager_of_no_team_is_told_so(outsider, manager, signed_in):
    Team.objects.filter(manager=manager).update(manager=None)
    assert "You lead no team yet" in body(signed_in(manager))


def test_as_many_queries_for_a_large_unit_as_for_a_small_one(client, grow, queries):
    grow("Alpha", 5, 0.4)
    few = queries(lambda: client.get("/team/"))
    grow("Beta", 8, 0.6)
    assert queries(lambda: client.get("/team/")) == few <= 15
