import pytest
from django.db import DatabaseError, connection, transaction

from careerforge.people.models import User
from careerforge.tenancy import context


def test_a_query_finds_only_the_open_organisation(owner: User, foreigner: User) -> None:
    assert User.objects.filter(pk=owner.pk).exists()
    assert not User.objects.filter(pk=foreigner.pk).exists()


def test_without_an_organisation_nothing_is_read(owner: User) -> None:
    with context.nobody():
        assert User.objects.count() == 0


@pytest.mark.django_db
def test_without_an_organisation_nothing_is_written() -> None:
    with pytest.raises(DatabaseError), transaction.atomic():
        User.objects.create(username="stray", handle="Stray Cat 0001")


def test_the_tests_run_as_the_application_role(company: object) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT rolname, rolsuper OR rolbypassrls FROM pg_roles WHERE rolname = current_user")
        assert cursor.fetchone() == ("careerforge_app", False)
