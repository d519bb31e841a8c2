"""Figures of a manager's page are those of a stored day of the week, whatever happens after it."""

from datetime import UTC, date, datetime, timedelta

import pytest

from careerforge.people.models import Team, TeamMembership
from coaching.teams import weekly
from coaching.teams.team import readiness
from learning.models import Readiness
from learning.roles import target
from tests.cast import make_person

MONDAY, DAY, WEEK = date(2026, 9, 14), timedelta(days=1), timedelta(weeks=1)
SINCE = date(2024, 3, 1)


@pytest.fixture
def store(taxonomy):
    """Readiness of people on a day."""

    def write(people, day, score, role="senior-data-engineer"):
        found = {"role": taxonomy.roles[role], "day": day, "known_share": 0.9, "receipt": {}}
        Readiness.objects.bulk_create(Readiness(user=person, score=score, **found) for person in people)

    return write


@pytest.fixture
def alpha(manager):
    """Twelve people of a sub-team."""
    team = Team.objects.create(name="Alpha", parent=Team.objects.get(manager=manager))
    people = [make_person("user-alpha-" + "z" * n, f"Alpha Person {n}") for n in range(12)]
    for person in people:
        TeamMembership.objects.create(team=team, user=person, starts_on=SINCE)
    return people


@pytest.fixture
def printed(manager):
    """People and mean of the sub-team as printed on a day, after the nights before it."""

    def read(on):
        weekly.catch_up(manager, "team", on)
        (row,) = readiness(manager, "team", on).groups
        return row.now.people, row.now.mean

    return read


def test_days_after_the_first_of_a_week_change_nothing(alpha, store, printed):
    store(alpha[:11], MONDAY, 0.3)
    store(alpha, MONDAY + timedelta(days=2), 0.9)
    assert printed(MONDAY + timedelta(days=6)) == (11, 0.3)


def test_a_change_of_target_during_the_week_changes_nothing(alpha, store, printed, taxonomy):
    store(alpha, MONDAY, 0.3)
    target.choose(alpha[0], taxonomy.roles["data-analyst"], datetime(2026, 9, 16, tzinfo=UTC))
    assert printed(MONDAY + timedelta(days=3)) == (12, 0.3)


def test_who_left_during_the_week_counts_until_it_ends(alpha, store, printed):
    store(alpha, MONDAY, 0.3)
    TeamMembership.objects.filter(user=alpha[0]).update(ends_on=MONDAY + DAY)
    assert printed(MONDAY + timedelta(days=3)) == (12, 0.3)


def test_two_roles_of_one_day_count_once(alpha, store, printed, taxonomy):
    store(alpha, MONDAY, 0.3)
    store(alpha, MONDAY, 0.3, role="data-analyst")
    assert printed(MONDAY + DAY) == (12, 0.3)


def test_a_group_that_one_person_joined_stays_with_those_counted_before(alpha, store, printed):
    store(alpha[:11], MONDAY, 0.3)
    assert printed(MONDAY + DAY) == (11, 0.3)
    store(alpha[:11], MONDAY + WEEK, 0.5)
    store(alpha[11:], MONDAY + WEEK, 1.0)
    assert printed(MONDAY + WEEK) == (11, 0.3)
    assert printed(MONDAY + WEEK + DAY) == (11, 0.5)


def test_the_past_of_a_new_unit_is_told_of_those_who_count_now(manager, alpha, store, printed):
    store(alpha[:11], MONDAY - 4 * WEEK, 0.2)
    store(alpha, MONDAY, 0.44)
    assert printed(MONDAY + DAY) == (12, 0.44)
    (row,) = readiness(manager, "team", MONDAY + DAY).groups
    assert (row.month_ago.people, row.month_ago.mean) == (12, 0.22)


def test_once_five_have_joined_they_count(alpha, store, printed):
    store(alpha[:7], MONDAY, 0.3)
    assert printed(MONDAY + DAY) == (7, 0.3)
    store(alpha, MONDAY + WEEK, 0.5)
    assert printed(MONDAY + WEEK + DAY) == (12, 0.5)


def test_the_figures_of_today_are_still_in_the_making(alpha, store, printed):
    store(alpha, MONDAY - WEEK, 0.3)
    store(alpha, MONDAY, 0.5)
    assert printed(MONDAY) == (12, 0.3)


def test_what_hr_puts_right_later_changes_no_week_that_was_printed(alpha, store, printed):
    store(alpha[1:], MONDAY, 0.3)
    store(alpha[:1], MONDAY, 0.9)
    before = printed(MONDAY + DAY)
    TeamMembership.objects.filter(user=alpha[0]).delete()
    assert printed(MONDAY + DAY) == before


def test_who_left_counts_with_what_was_last_known_until_five_have_changed(alpha, store, printed):
    store(alpha, MONDAY, 0.4)
    printed(MONDAY + DAY)
    TeamMembership.objects.filter(user=alpha[0]).delete()
    store(alpha[1:], MONDAY + WEEK, 0.4)
    assert printed(MONDAY + WEEK + DAY) == (12, 0.4)


def test_a_change_is_the_difference_of_two_weekly_days(manager, alpha, store):
    for weeks, score in ((0, 0.303), (9, 0.401), (13, 0.509)):
        store(alpha, MONDAY + weeks * WEEK, score)
    weekly.catch_up(manager, "team", MONDAY + 13 * WEEK + DAY)
    total = readiness(manager, "team", MONDAY + 13 * WEEK + DAY).total
    assert (total.change_30, total.change_90) == (0.11, 0.21)
