from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.test import Client

from careerforge.people.models import User
from careerforge.skills.models import Role
from careerforge.tenancy import context
from careerforge.tenancy.models import Organisation

pytestmark = pytest.mark.django_db
PASSWORD = {"new_password1": "a fairly long sentence", "new_password2": "a fairly long sentence"}


def test_a_company_begins_with_roles_and_one_hr_admin_who_gets_a_link() -> None:
    out = StringIO()
    call_command("create_company", "Neuland", stdout=out)
    with context.organisation(Organisation.objects.get(name="Neuland").id):
        admin = User.objects.get()
        assert admin.kinds == {"admin-hr"}
        assert Role.objects.count() >= 60
    link = out.getvalue().strip().rsplit("\n", 1)[-1]
    client = Client()
    response = client.post(link[link.index("/welcome/") :], PASSWORD)
    assert (response.status_code, response["Location"]) == (302, "/admin/")
    assert client.get("/admin/people/user/").status_code == 200


def test_a_name_is_given_once() -> None:
    call_command("create_company", "Neuland", stdout=StringIO())
    with pytest.raises(CommandError, match="already"):
        call_command("create_company", "Neuland", stdout=StringIO())


@pytest.mark.parametrize("name", ["Neu\nland", "Neu\u2028land", "Neu\udcffland", "x" * 201, "  "])
def test_what_is_no_name_is_refused_in_a_sentence(name: str) -> None:
    with pytest.raises(CommandError, match="The company's name"):
        call_command("create_company", name, stdout=StringIO())
    assert not Organisation.objects.exists()
