from datetime import timedelta

import pytest
from django.utils import timezone

from careerforge.people import access
from careerforge.people.leaving import come_back, leave
from careerforge.people.models import Assignment, Grant, User

pytestmark = pytest.mark.django_db


def fresh(user):
    return User.objects.get(pk=user.pk)


def test_an_hr_admin_has_no_coachees_whatever_stands_in_the_table(coach):
    assert access.coachees(fresh(coach), timezone.localdate()).exists()
    Grant.objects.create(user=coach, kind="admin-hr")
    assert not access.coachees(fresh(coach), timezone.localdate()).exists()


def test_who_became_hr_admin_while_away_does_not_coach_again(coach, admin_hr, owner):
    leave(coach, timezone.now(), admin_hr)
    Grant.objects.create(user=coach, kind="admin-hr")
    come_back(fresh(coach), admin_hr)
    assert not Assignment.objects.filter(coach=coach, ends_on__isnull=True).exists()


def test_who_will_coach_from_tomorrow_is_no_hr_admin_today(coach, admin_hr, signed_in):
    today = timezone.localdate()
    Assignment.objects.filter(coach=coach).update(starts_on=today + timedelta(days=1))
    page = f"/admin/people/user/{coach.pk}/change/"
    values = {"name": "Anybody", "kinds": ["coach", "admin-hr"], "seniority": "3", "years_of_experience": "3",
              "hours_per_week": "3", "username": coach.username}  # fmt: skip
    answer = signed_in(admin_hr).post(page, values).content.decode()
    assert "This person coaches." in answer
