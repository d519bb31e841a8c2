import pytest
from django.core.exceptions import ImproperlyConfigured
from django.db import connection

from careerforge.tenancy import serving_role


@pytest.mark.django_db
def test_the_application_role_serves() -> None:
    serving_role.check.__wrapped__()


@pytest.mark.django_db
def test_the_owner_of_the_tables_does_not() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL ROLE NONE")
    with pytest.raises(ImproperlyConfigured, match="owns the tables"):
        serving_role.check.__wrapped__()
