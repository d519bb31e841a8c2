"""A field about people without purpose, retention, export and erasure does not pass."""

import pytest
from allauth.account.models import EmailAddress
from django.apps import apps
from django.db import models

from careerforge.governance.handling import Erase, about_people, declared, fields_of
from careerforge.people.models import User

MODELS = list(about_people(User))


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model._meta.label_lower)
def test_every_field_is_declared(model: type[models.Model]) -> None:
    missing = set(fields_of(model)) - set(declared().get(model._meta.label_lower, {}))
    assert not missing, f"Declare {missing} of {model._meta.label} in personal_data.py of its app."


def test_nothing_is_declared_that_is_not_there() -> None:
    there = {model._meta.label_lower: set(fields_of(model)) for model in MODELS}
    assert {label: set(fields) - there.get(label, set()) for label, fields in declared().items()} == {
        key: set() for key in declared()
    }


def test_what_names_somebody_goes_with_their_key() -> None:
    identity = declared()["people.identity"]
    assert all(h.erase is Erase.KEY for name, h in identity.items() if name.startswith("sealed_"))


def test_a_new_model_about_people_is_noticed() -> None:
    class Diary(models.Model):  # noqa: DJ008
        user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")

        class Meta:
            app_label = "learning"
            managed = False

    try:
        assert Diary in set(about_people(User))
    finally:
        del apps.all_models["learning"]["diary"]
        apps.clear_cache()


def test_no_e_mail_is_ever_in_the_table_of_the_sign_in_library(owner: User) -> None:
    assert not EmailAddress.objects.exists()
