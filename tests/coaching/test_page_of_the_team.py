import re
from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from careerforge.people.models import Team, TeamMembership
from coaching.models import TeamWeek
from coaching.teams import weekly
from coaching.teams.team import readiness
from learning.models import Readiness, Step
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


def night(manager):
    """What the jobs after midnight do, for somebody of whom nothing was printed yet."""
    TeamWeek.objects.all().delete()
    for by in weekly.KINDS:
        weekly.catch_up(manager, by, timezone.localdate() + timedelta(days=1))


def body(client, query=""):
    for team in Team.objects.exclude(manager=None):
        night(team.manager)
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
        Step.objects.create(
            user=person, key="skill:sql:3", type="skill", status="done", ended_at=timezone.now()
        )
    assert "Fewer than five people have a path" in body(client)
    Step.objects.create(user=people[4], key="skill:sql:3", type="skill")
    assert "80%" in body(client).split("Steps finished")[1][:200]


def test_a_manager_of_no_team_is_told_so(outsider, manager, signed_in):
    Team.objects.filter(manager=manager).update(manager=None)
    assert "You lead no team yet" in body(signed_in(manager))


def test_as_many_queries_for_a_large_unit_as_for_a_small_one(client, manager, grow, queries):
    grow("Alpha", 5, 0.4)
    night(manager)
    few = queries(lambda: client.get("/team/"))
    grow("Beta", 8, 0.6)
    night(manager)
    assert queries(lambda: client.get("/team/")) == few <= 15


def test_a_page_prints_whole_per_cents_and_bands_of_people(client, grow, measured):
    for person, n in zip(grow("Alpha", 12, 0.3), range(12), strict=True):
        Readiness.objects.filter(user=person).update(score=0.3 + n / 70)
    main = body(client).split("<main")[1]
    assert '<progress class="bar thin" value="0.38"' in main
    assert "10–14" in main
    assert not re.search(r"0\.\d{3}|\b1[12]\b people|of 1[0-9] people", main)


def test_a_group_of_three_with_many_memberships_stays_hidden(client, grow):
    for person in grow("Alpha", 3, 0.9):
        for n in range(4):
            TeamMembership.objects.create(
                team=Team.objects.get(name="Alpha"), user=person, starts_on=SINCE + timedelta(days=n)
            )
    assert "No figure yet" in body(client)


def test_somebody_in_two_teams_counts_in_the_earlier_one(manager, grow):
    people = grow("Alpha", 5, 0.4)
    grow("Beta", 5, 0.8)
    TeamMembership.objects.create(
        team=Team.objects.get(name="Beta"), user=people[0], starts_on=SINCE + timedelta(days=1)
    )
    night(manager)
    found = readiness(manager, "team", timezone.localdate() + timedelta(days=1))
    assert [(row.now.people, row.now.mean) for row in found.groups] == [(5, 0.4), (5, 0.8)]
    assert found.total.now.people == 10


def test_a_person_may_not_be_in_a_team_twice_at_a_time(owner):
    held = TeamMembership.objects.get(user=owner)
    again = TeamMembership(team=held.team, user=owner, starts_on=SINCE + timedelta(days=90))
    with pytest.raises(ValidationError, match="in this team at that time"):
        again.full_clean()
    held.full_clean()
    again.ends_on, again.starts_on = held.starts_on - timedelta(days=1), held.starts_on - timedelta(days=9)
    again.full_clean()
