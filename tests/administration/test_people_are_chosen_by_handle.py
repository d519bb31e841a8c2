import pytest
from django.urls import reverse

from careerforge.people.models import Assignment, TeamMembership

pytestmark = pytest.mark.django_db


def add(client, model, **fields):
    return client.post(reverse(f"admin:people_{model}_add"), fields)


@pytest.mark.parametrize("by", ["handle", "username"])
def test_what_people_know_each_other_by_is_enough(by, signed_in, admin_hr, owner, coach):
    Assignment.objects.filter(employee=owner).delete()
    known = {"employee": getattr(owner, by), "coach": getattr(coach, by), "starts_on": "2026-01-01"}
    answer = add(signed_in(admin_hr), "assignment", **known)
    assert answer.status_code == 302, answer.content.decode()
    assert Assignment.objects.filter(employee=owner, coach=coach).exists()


def test_an_unknown_person_is_said_in_words_and_the_rest_is_kept(signed_in, admin_hr):
    answer = add(signed_in(admin_hr), "assignment", employee="Nobody 1", coach="", starts_on="2026-01-01")
    text = answer.content.decode()
    assert "Nobody here has this handle, sign-in name or work e-mail." in text
    assert 'value="Nobody 1"' in text
    assert 'value="2026-01-01"' in text


def test_oneself_is_refused_once(signed_in, admin_hr, owner):
    answer = add(
        signed_in(admin_hr), "assignment", employee=owner.handle, coach=owner.handle, starts_on="2026-01-01"
    )
    assert answer.content.decode().count("Nobody can coach themselves.") == 1


def test_a_row_added_from_the_list_of_somebodys_rows_is_theirs(signed_in, admin_hr, owner):
    address = reverse("admin:people_teammembership_add")
    filters = f"?_changelist_filters=user__id__exact%3D{owner.pk}"
    assert f'value="{owner.handle}"' in signed_in(admin_hr).get(address + filters).content.decode()


def test_messages_and_the_log_name_handles(signed_in, admin_hr, owner):
    membership = TeamMembership.objects.filter(user=owner).first()
    address = reverse("admin:people_teammembership_change", args=[membership.pk])
    text = signed_in(admin_hr).get(address).content.decode()
    assert f"{owner.handle} in {membership.team.name}" in text
    assert str(owner.pk) not in text
