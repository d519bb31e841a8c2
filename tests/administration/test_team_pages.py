from collections.abc import Callable
from datetime import date

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from careerforge.governance.models import AuditEvent
from careerforge.people import rooms
from careerforge.people.models import Assignment, Grant, Position, RoomMembership, Team, TeamMembership, User
from tests.taxonomy import Taxonomy

SignIn = Callable[[User], Client]
ADD = "/admin/people/assignment/add/"


@pytest.fixture
def hr(admin_hr: User, signed_in: SignIn) -> Client:
    return signed_in(admin_hr)


def text(response: HttpResponse) -> str:
    return response.content.decode()


def assign(hr: Client, coach: User, employee: User, **more: str) -> HttpResponse:
    values = {"coach": coach.pk, "employee": employee.pk, "starts_on": "2026-01-05", "cover": "on", **more}
    response: HttpResponse = hr.post(ADD, values)  # type: ignore[assignment]
    return response


def test_a_coach_is_assigned_and_it_is_on_record(hr: Client, other_coach: User, owner: User) -> None:
    assert assign(hr, other_coach, owner).status_code == 302
    assert Assignment.objects.filter(coach=other_coach, employee=owner, cover=True).exists()
    assert AuditEvent.objects.filter(act="assignment.added", subject=owner.pk).exists()


def test_nobody_coaches_themselves(hr: Client, coach: User) -> None:
    assert "Nobody can coach themselves" in text(assign(hr, coach, coach))


def test_nobody_coaches_in_their_own_reporting_line(hr: Client, manager: User, owner: User) -> None:
    for boss, report in ((manager, owner), (owner, manager)):
        Grant.objects.get_or_create(user=boss, kind="coach")
        assert "one reporting line" in text(assign(hr, boss, report))


def test_only_a_coach_coaches(hr: Client, outsider: User, owner: User) -> None:
    assert "does not have the coach role" in text(assign(hr, outsider, owner))


def test_a_second_regular_coach_is_refused_in_words(hr: Client, other_coach: User, owner: User) -> None:
    response = assign(hr, other_coach, owner, cover="")
    assert "has a regular coach" in text(response)


def test_a_last_day_before_the_first_is_refused_in_words(hr: Client, other_coach: User, owner: User) -> None:
    assert "before the first" in text(assign(hr, other_coach, owner, ends_on="2026-01-01"))


def test_somebody_of_another_company_cannot_be_chosen(
    hr: Client, foreigner: User, owner: User, other_coach: User
) -> None:
    for pair in ((foreigner, owner), (other_coach, foreigner)):
        assert assign(hr, *pair).status_code == 200
    assert not Assignment.objects.filter(cover=True).exists()


def test_an_assignment_that_ends_closes_the_room(hr: Client, owner: User, coach: User) -> None:
    room = rooms.open_for(owner)
    rooms.admit(room, coach, by=owner)
    mine = Assignment.objects.get(coach=coach, employee=owner)
    values = {"coach": coach.pk, "employee": owner.pk, "starts_on": "2024-03-01", "ends_on": "2024-04-01"}
    hr.post(reverse("admin:people_assignment_change", args=[mine.pk]), values)
    assert RoomMembership.objects.get(room=room, user=coach).left_at is not None


def test_a_team_is_not_below_itself(hr: Client, cast: object) -> None:
    top, below = Team.objects.get(name="Data team"), Team.objects.get(name="Backend team")
    Team.objects.filter(pk=below.pk).update(parent=top)
    address = reverse("admin:people_team_change", args=[top.pk])
    assert "cannot be part of itself" in text(hr.post(address, {"name": "Data team", "parent": below.pk}))


def test_one_name_belongs_to_one_team(hr: Client, cast: object) -> None:
    response = hr.post("/admin/people/team/add/", {"name": "Data team"})
    assert response.status_code == 200
    assert "already exists" in text(response)


def test_a_team_change_that_breaks_a_coaching_is_said(hr: Client, coach: User, owner: User) -> None:
    Team.objects.filter(name="Backend team").update(manager=coach)
    TeamMembership.objects.filter(user=owner).update(ends_on=date(2025, 1, 1))
    backend = Team.objects.get(name="Backend team")
    response = hr.post(
        "/admin/people/teammembership/add/",
        {"user": owner.pk, "team": backend.pk, "starts_on": "2025-01-02"},
        follow=True,
    )
    assert "End that assignment" in text(response)


def test_a_second_present_position_is_refused_in_words(hr: Client, owner: User, taxonomy: Taxonomy) -> None:
    role = taxonomy.roles["data-engineer"]
    values = {"user": owner.pk, "role": role.pk, "level": 3, "starts_on": "2026-01-01"}
    assert "last day first" in text(hr.post("/admin/people/position/add/", values))
    assert Position.objects.filter(user=owner).count() == 1


@pytest.mark.parametrize("model", ["teammembership", "assignment", "position"])
def test_the_rows_of_one_person_are_one_click_away(
    hr: Client, owner: User, outsider: User, model: str
) -> None:
    field = "employee" if model == "assignment" else "user"
    page = text(hr.get(f"/admin/people/{model}/", {f"{field}__id__exact": str(owner.pk)}))
    assert owner.handle in page
    assert outsider.handle not in page


def test_nobody_assigns_themselves_as_coach(hr: Client, admin_hr: User, owner: User) -> None:
    Grant.objects.create(user=admin_hr, kind="coach")
    assert "Nobody makes themselves a coach" in text(assign(hr, admin_hr, owner))
    assert not Assignment.objects.filter(coach=admin_hr).exists()


def test_an_hr_admin_is_no_coach(hr: Client, other_coach: User, owner: User) -> None:
    Grant.objects.create(user=other_coach, kind="admin-hr")
    assert "cannot coach" in text(assign(hr, other_coach, owner))


def test_an_assignment_of_somebody_who_became_hr_admin_can_be_ended(
    hr: Client, coach: User, owner: User
) -> None:
    Grant.objects.create(user=coach, kind="admin-hr")
    mine = Assignment.objects.get(coach=coach, employee=owner)
    values = {"coach": coach.pk, "employee": owner.pk, "starts_on": "2024-03-01", "ends_on": "2024-04-01"}
    page = reverse("admin:people_assignment_change", args=[mine.pk])
    assert hr.post(page, values).status_code == 302


def test_teams_stand_in_order_of_their_names(
    hr: Client, cast: object, recwarn: pytest.WarningsRecorder
) -> None:
    page = text(hr.get("/admin/people/team/"))
    assert page.index("Backend team") < page.index("Data team")
    assert not [w for w in recwarn if "ordered" in str(w.message)]
