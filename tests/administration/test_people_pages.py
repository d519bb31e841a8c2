from collections.abc import Callable
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from careerforge.governance.models import AuditEvent
from careerforge.people import identity, sign_in
from careerforge.people.models import Grant, Profile, User

SignIn = Callable[[User], Client]
LIST = "/admin/people/user/"


@pytest.fixture
def hr(admin_hr: User, signed_in: SignIn) -> Client:
    return signed_in(admin_hr)


def text(response: HttpResponse) -> str:
    return response.content.decode()


def page_of(user: User) -> str:
    return reverse("admin:people_user_change", args=[user.pk])


def filled(**changes: Any) -> dict[str, Any]:
    values = {
        "username": "", "name": "Wilhelmina Storch", "email": "w.storch@northwind.example",
        "city": "Quellmoor",
        "phone": "", "employee_number": "NW-1", "kinds": ["employee"], "practice": "", "seniority": "3",
        "years_of_experience": "9", "region": "North", "hours_per_week": "4",
    }  # fmt: skip
    return {**values, **changes}


def fresh(user: User) -> User:
    return User.objects.select_related("identity", "key").get(pk=user.pk)


def test_the_list_shows_handles_and_no_names(hr: Client, owner: User) -> None:
    page = text(hr.get(LIST))
    assert owner.handle in page
    assert "Data team" in page
    assert "Varnhagen" not in page
    assert "northwind.example" not in page


def test_an_opened_person_shows_the_name_and_is_on_record(hr: Client, owner: User, admin_hr: User) -> None:
    assert "Ottilie Varnhagen" in text(hr.get(page_of(owner)))
    seen = AuditEvent.objects.get(act="person.viewed")
    assert (seen.subject, seen.actor, seen.actor_kind) == (owner.pk, admin_hr.pk, "admin-hr")


@pytest.mark.parametrize("part", ["varnh", "OTTILIE", "ottilie.varnhagen@", "NW-00559"])
def test_a_person_is_found_by_any_part(hr: Client, owner: User, teammate: User, part: str) -> None:
    number = identity.read(fresh(owner), "employee_number")
    page = text(hr.post(LIST + "search/", {"text": number if part.startswith("NW") else part}, follow=True))
    assert owner.handle in page
    assert "Ottilie Varnhagen" in page
    assert teammate.handle not in page
    assert AuditEvent.objects.filter(act="person.found", subject=owner.pk).count() == 1


def test_what_was_searched_for_is_kept_nowhere(hr: Client, owner: User) -> None:
    response = hr.post(LIST + "search/", {"text": "varnhagen"})
    assert "varnhagen" not in response["Location"]
    assert "varnhagen" not in str(dict(hr.session)) + str(list(AuditEvent.objects.values()))


def test_showing_everybody_ends_the_search(hr: Client, owner: User, teammate: User) -> None:
    hr.post(LIST + "search/", {"text": "varnhagen"})
    page = text(hr.post(LIST + "search/", {"text": "varnhagen", "clear": "1"}, follow=True))
    assert teammate.handle in page
    assert "Varnhagen" not in page


def test_a_search_by_address_finds_nothing_more(hr: Client, owner: User) -> None:
    assert "Varnhagen" not in text(hr.get(LIST, {"q": "varnhagen"}))


def test_a_new_person_is_sealed(hr: Client) -> None:
    assert hr.post(LIST + "add/", filled(kinds=["employee", "coach"])).status_code == 302
    user = sign_in.find("w.storch@northwind.example")
    assert user is not None
    assert user.state == User.State.IMPORTED
    assert identity.read(fresh(user)) == "Wilhelmina Storch"
    assert user.kinds == {"employee", "coach"}
    assert Profile.objects.get(user=user).seniority == 3
    assert AuditEvent.objects.filter(act="role.given", subject=user.pk).count() == 2


def test_a_changed_name_is_sealed_and_on_record(hr: Client, owner: User) -> None:
    before = Profile.objects.get(user=owner).version
    assert hr.post(page_of(owner), filled(username="owner", email="new@northwind.example")).status_code == 302
    assert identity.read(fresh(owner)) == "Wilhelmina Storch"
    assert sign_in.find("new@northwind.example") == owner
    assert sign_in.find("ottilie.varnhagen@northwind.example") is None
    event = AuditEvent.objects.get(act="user.changed", subject=owner.pk)
    assert "Name" in event.detail["fields"]
    assert "Storch" not in str(event.detail)
    assert Profile.objects.get(user=owner).version == before + 1


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"email": "Thaddeus.Brinkhof@northwind.example"}, "Somebody else has this e-mail"),
        ({"username": "teammate"}, "taken"),
        ({"name": ""}, "required"),
    ],
)
def test_what_cannot_be_is_refused_in_words(
    hr: Client, owner: User, teammate: User, changes: Any, sentence: str
) -> None:
    response = hr.post(page_of(owner), filled(**{"username": "owner", **changes}))
    assert response.status_code == 200
    assert sentence in text(response)


def test_an_employee_number_belongs_to_one_person(hr: Client, owner: User, teammate: User) -> None:
    taken = identity.read(fresh(teammate), "employee_number")
    assert "Somebody else has this employee number" in text(
        hr.post(page_of(owner), filled(employee_number=taken))
    )


def test_somebody_must_remain_hr_admin(hr: Client, admin_hr: User) -> None:
    response = hr.post(page_of(admin_hr), filled(username="admin-hr", kinds=["employee"]))
    assert "Somebody must remain HR admin" in text(response)
    assert Grant.objects.filter(user=admin_hr, kind="admin-hr").exists()


def has_not_signed_in_yet(*people: User) -> None:
    User.objects.filter(pk__in=[person.pk for person in people]).update(state=User.State.IMPORTED)


def test_a_one_time_link_is_asked_for_and_shown_once(hr: Client, teammate: User) -> None:
    has_not_signed_in_yet(teammate)
    address = reverse("admin:people_user_invite", args=[teammate.pk])
    assert "Make the links" in text(hr.get(address))
    page = text(hr.post(address, {"confirmed": "1"}))
    link = page[page.index("/welcome/") : page.index("</code>")]
    assert Client().get(link).status_code == 200
    assert "Thaddeus Brinkhof" in page


def test_links_are_made_in_waves(hr: Client, owner: User, teammate: User) -> None:
    has_not_signed_in_yet(owner, teammate)
    chosen = {"action": "invite_them", "_selected_action": [owner.pk, teammate.pk]}
    assert "Make the links" in text(hr.post(LIST, chosen))
    assert text(hr.post(LIST, {**chosen, "confirmed": "1"})).count("/welcome/") == 2


def test_leaving_is_confirmed_and_can_be_taken_back(hr: Client, owner: User) -> None:
    address = reverse("admin:people_user_leave", args=[owner.pk])
    hr.get(address)
    hr.post(address)
    assert fresh(owner).is_active
    hr.post(address, {"confirmed": "1"})
    assert fresh(owner).state == User.State.LEFT
    hr.post(reverse("admin:people_user_return", args=[owner.pk]), {"confirmed": "1"})
    assert fresh(owner).is_active
    assert set(AuditEvent.objects.filter(subject=owner.pk).values_list("act", flat=True)) >= {
        "person.left",
        "person.returned",
    }


def test_nobody_marks_themselves_as_left(hr: Client, admin_hr: User) -> None:
    hr.post(reverse("admin:people_user_leave", args=[admin_hr.pk]), {"confirmed": "1"})
    assert fresh(admin_hr).is_active


def test_people_are_never_deleted_here(hr: Client, owner: User) -> None:
    assert hr.post(reverse("admin:people_user_delete", args=[owner.pk]), {"post": "yes"}).status_code == 403


def test_somebody_of_another_company_is_not_there(hr: Client, foreigner: User) -> None:
    assert hr.get(page_of(foreigner)).status_code == 404
    for act in ("invite", "leave", "return"):
        assert (
            hr.post(reverse(f"admin:people_user_{act}", args=[foreigner.pk]), {"confirmed": "1"}).status_code
            == 404
        )


def test_hr_makes_no_link_for_an_active_person(hr: Client, coach: User) -> None:
    address = reverse("admin:people_user_invite", args=[coach.pk])
    assert "fits none" in text(hr.get(address))
    assert "/welcome/" not in text(hr.post(address, {"confirmed": "1"}))
    assert not coach.sign_in_links.exists()


def test_leaving_and_coming_back_opens_no_way_to_a_link(hr: Client, coach: User) -> None:
    for act in ("leave", "return", "invite"):
        hr.post(reverse(f"admin:people_user_{act}", args=[coach.pk]), {"confirmed": "1"})
    assert fresh(coach).is_active
    assert not coach.sign_in_links.exists()


@pytest.mark.parametrize(
    "kinds", [["admin-hr", "coach"], ["admin-hr", "admin-platform"], ["admin-hr", "employee"]]
)
def test_nobody_changes_their_own_roles(hr: Client, admin_hr: User, kinds: list[str]) -> None:
    response = hr.post(page_of(admin_hr), filled(username="admin-hr", kinds=kinds))
    assert "Nobody changes their own roles" in text(response)
    assert fresh(admin_hr).kinds == {"admin-hr"}


def test_one_keeps_the_own_page_with_the_same_roles(hr: Client, admin_hr: User) -> None:
    assert hr.post(page_of(admin_hr), filled(username="admin-hr", kinds=["admin-hr"])).status_code == 302


def test_who_coaches_does_not_become_hr_admin(hr: Client, coach: User) -> None:
    response = hr.post(page_of(coach), filled(username="coach", kinds=["coach", "admin-hr"]))
    assert "This person coaches" in text(response)


@pytest.mark.parametrize("city", ["North End", "Quellmoor"])
def test_a_city_is_no_region_whoever_lives_there(hr: Client, owner: User, city: str) -> None:
    answer = text(hr.post(f"{LIST}add/", filled(region=city.upper(), city="North End")))
    assert "This is a city, and coaches would see it." in answer
