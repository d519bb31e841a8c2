from datetime import timedelta
from io import StringIO

import pytest
from django.core.exceptions import PermissionDenied
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from careerforge.governance.models import AuditEvent
from careerforge.people import sign_in, welcoming
from careerforge.people.models import User

NEW = {"new_password1": "a fairly long sentence", "new_password2": "a fairly long sentence"}


@pytest.fixture
def newcomer(teammate: User) -> User:
    User.objects.filter(pk=teammate.pk).update(state=User.State.IMPORTED)
    teammate.refresh_from_db()
    return teammate


def path_of(link: str) -> str:
    return link[link.index("/welcome/") :]


def test_a_link_opens_the_account_and_signs_in(newcomer: User) -> None:
    link = path_of(welcoming.invite(newcomer, timezone.now(), by=None))
    newcomer.refresh_from_db()
    assert newcomer.state == User.State.INVITED
    client = Client()
    assert client.post(link, NEW).status_code == 302
    newcomer.refresh_from_db()
    assert newcomer.state == User.State.ACTIVE
    assert newcomer.check_password(NEW["new_password1"])
    assert client.get("/help/").status_code == 200


def test_looking_at_a_link_does_not_use_it_up(newcomer: User) -> None:
    link = path_of(welcoming.invite(newcomer, timezone.now(), by=None))
    assert [Client().get(link).status_code for _ in range(2)] == [200, 200]


def test_a_link_works_once(newcomer: User) -> None:
    link = path_of(welcoming.invite(newcomer, timezone.now(), by=None))
    Client().post(link, NEW)
    again = Client().post(link, NEW)
    assert again.status_code == 410
    assert "no longer works" in again.content.decode()


@pytest.mark.parametrize("age", [timedelta(days=7, minutes=1), timedelta(days=400)])
def test_a_link_ends_after_a_week(newcomer: User, age: timedelta) -> None:
    link = path_of(welcoming.invite(newcomer, timezone.now() - age, by=None))
    assert Client().get(link).status_code == 410


def test_a_new_link_ends_the_one_before(newcomer: User) -> None:
    first, second = (path_of(welcoming.invite(newcomer, timezone.now(), by=None)) for _ in range(2))
    assert (Client().get(first).status_code, Client().get(second).status_code) == (410, 200)


def test_who_has_left_cannot_use_one(newcomer: User) -> None:
    link = path_of(welcoming.invite(newcomer, timezone.now(), by=None))
    User.objects.filter(pk=newcomer.pk).update(state=User.State.LEFT)
    assert Client().get(link).status_code == 410


def test_a_weak_password_is_refused_and_the_link_lives_on(newcomer: User) -> None:
    link = path_of(welcoming.invite(newcomer, timezone.now(), by=None))
    assert Client().post(link, {"new_password1": "short", "new_password2": "short"}).status_code == 422
    assert Client().get(link).status_code == 200


def test_only_its_hash_is_stored(newcomer: User) -> None:
    token = sign_in.make_link(newcomer, timezone.now())
    assert token not in str(newcomer.sign_in_links.values())


def test_the_last_admin_gets_a_link_on_the_console(admin_hr: User) -> None:
    out = StringIO()
    call_command("reset_sign_in", "admin-hr", stdout=out)
    assert Client().get(path_of(out.getvalue().strip())).status_code == 200
    assert AuditEvent.objects.filter(act="person.invited", subject=admin_hr.id).exists()


def test_nobody_but_the_operator_makes_one_for_an_active_person(admin_hr: User, coach: User) -> None:
    with pytest.raises(PermissionDenied):
        welcoming.invite(coach, timezone.now(), by=admin_hr)
    assert not coach.sign_in_links.exists()


def test_who_left_meanwhile_does_not_come_back_by_one(newcomer: User) -> None:
    token = sign_in.make_link(newcomer, timezone.now())
    link = welcoming.find(token, timezone.now())
    assert link is not None
    User.objects.filter(pk=newcomer.pk).update(state=User.State.LEFT)
    assert not welcoming.use(link, "a fairly long sentence", timezone.now())


def test_an_unknown_name_gets_none(db: None) -> None:
    with pytest.raises(CommandError, match="Nobody"):
        call_command("reset_sign_in", "no-such-name")


def test_a_forgotten_password_is_answered_by_a_page_and_no_mail(db: None) -> None:
    page = Client().get("/accounts/password/reset/")
    assert page.status_code == 200
    assert "one-time link" in page.content.decode()
    assert Client().post("/accounts/password/reset/", {"email": "a@b.example"}).status_code == 405


@pytest.mark.parametrize(
    "dead", ["signup/", "email/", "password/set/", "password/reset/done/", "login/code/", "social/"]
)
def test_no_page_of_allauth_that_we_do_not_use_exists(db: None, dead: str) -> None:
    assert Client().get(f"/accounts/{dead}").status_code == 404


def test_while_somebody_opens_the_account_hr_waits_at_their_row(newcomer: User, admin_hr: User) -> None:
    seen_before = User.objects.get(pk=newcomer.pk)
    token = sign_in.make_link(newcomer, timezone.now())
    link = welcoming.find(token, timezone.now())
    assert link is not None
    assert welcoming.use(link, "a fairly long sentence", timezone.now())
    with CaptureQueriesContext(connection) as asked, pytest.raises(PermissionDenied):
        welcoming.invite(seen_before, timezone.now(), by=admin_hr)
    assert "FOR UPDATE" in asked.captured_queries[-1]["sql"]
