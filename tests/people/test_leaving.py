from datetime import timedelta

import pytest
from django.http import Http404
from django.utils import timezone

from careerforge.governance.models import AuditEvent
from careerforge.jobs.models import JobRun
from careerforge.people import access, leaving, rooms, tokens
from careerforge.people.api_auth import find_token
from careerforge.people.models import Assignment, TeamMembership, User
from careerforge.people.scopes import PATH_READ

NOW = timezone.now()


def test_everything_that_holds_today_ends(owner: User, coach: User) -> None:
    leaving.leave(owner, NOW, by=None)
    assert not TeamMembership.objects.filter(user=owner, ends_on__isnull=True).exists()
    assert owner not in access.coachees(coach, NOW.date())
    assert AuditEvent.objects.filter(act="person.left", subject=owner.id).count() == 1


def test_a_token_is_dead_at_once(owner: User) -> None:
    secret = tokens.make(owner, [PATH_READ], NOW, by=None)
    assert find_token(secret, NOW) is not None
    leaving.leave(owner, NOW, by=None)
    assert find_token(secret, NOW) is None


def test_a_coach_who_leaves_cannot_open_the_room_any_more(owner: User, coach: User) -> None:
    room = rooms.open_for(owner)
    rooms.admit(room, coach, by=owner)
    leaving.leave(coach, NOW, by=None)
    with pytest.raises(Http404):
        rooms.key_for(room, coach)


def test_an_open_job_of_who_left_is_closed(owner: User) -> None:
    run = JobRun.objects.create(job="x", dedup_key="x", asked_by=owner.id)
    leaving.leave(owner, NOW, by=None)
    run.refresh_from_db()
    assert run.state == "failed"
    assert run.error


def test_returning_resumes_team_coach_and_room(owner: User, coach: User) -> None:
    room = rooms.open_for(owner)
    rooms.admit(room, coach, by=owner)
    leaving.leave(owner, NOW, by=None)
    leaving.come_back(owner, by=None)
    assert owner.state == User.State.ACTIVE
    assert TeamMembership.objects.filter(user=owner, ends_on__isnull=True).exists()
    assert owner in access.coachees(coach, NOW.date())
    assert rooms.key_for(room, coach) == rooms.key_for(room, owner)


def test_returning_does_not_take_the_place_of_a_new_coach(
    owner: User, coach: User, other_coach: User
) -> None:
    leaving.leave(coach, NOW, by=None)
    Assignment.objects.create(coach=other_coach, employee=owner, starts_on=NOW.date())
    leaving.come_back(coach, by=None)
    assert Assignment.objects.get(employee=owner, ends_on__isnull=True).coach == other_coach


def test_what_had_not_begun_yet_is_gone(owner: User, other_coach: User) -> None:
    later = NOW.date() + timedelta(days=9)
    Assignment.objects.create(coach=other_coach, employee=owner, starts_on=later, cover=True)
    leaving.leave(owner, NOW, by=None)
    assert not Assignment.objects.filter(employee=owner, starts_on=later).exists()


def test_leaving_twice_is_leaving_once(owner: User) -> None:
    for _ in range(2):
        leaving.leave(owner, NOW, by=None)
    assert AuditEvent.objects.filter(act="person.left").count() == 1
