"""Everybody who can be named is known, and nobody who was erased."""

import pytest

from careerforge.gateway.company import directory
from careerforge.gateway.redact import mask
from careerforge.people.models import PersonKey, User
from careerforge.tenancy import context
from careerforge.tenancy.models import Organisation
from tests.cast import make_person

NAME = "Walburga Trenkwalder"


def shown(text: str) -> str:
    return mask(text, directory())


@pytest.mark.usefixtures("cast")
def test_it_grows_with_the_company():
    assert shown(f"{NAME} wrote this.") == f"{NAME} wrote this."
    make_person("newcomer", NAME)
    assert shown(f"{NAME} wrote this.") == "[name removed] wrote this."


def test_numbers_addresses_and_both_handles_are_in_it(company: Organisation):
    person = make_person("newcomer", NAME)
    person = User.objects.select_related("profile").get(pk=person.pk)
    for told in ("walburga.trenkwalder@northwind.example", person.handle, person.profile.coaching_handle):
        assert told not in shown(f"Ask {told} today.")


def test_who_was_erased_is_no_longer_known(company: Organisation):
    person = make_person("newcomer", NAME)
    assert NAME not in shown(NAME)
    PersonKey.objects.filter(user=person).delete()
    assert shown(NAME) == NAME


def test_another_company_has_its_own(company: Organisation, other_company: Organisation):
    make_person("newcomer", NAME)
    assert NAME not in shown(NAME)
    with context.organisation(other_company.id):
        assert shown(NAME) == NAME
