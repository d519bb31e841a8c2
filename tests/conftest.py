"""A fixed cast in a small company, on a real PostgreSQL, connected as the application role."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.contrib.auth import get_user_model
from django.db import connection
from django.test import Client

from careerforge.people.models import Profile, User
from careerforge.people.sign_in import SESSION_ORGANISATION
from careerforge.tenancy import context, serving_role
from careerforge.tenancy.models import Organisation
from careerforge.tenancy.row_security import APPLICATION_ROLE
from careerforge.vault.keys import make_missing
from tests.cast import Cast, make_cast, make_person
from tests.taxonomy import Taxonomy, make_taxonomy

PASSWORD = "correct horse battery staple"


def pytest_configure() -> None:
    """A test run has keys of its own, and a folder where collected files would be."""
    make_missing(settings.KEYS_FOLDER)
    Path(settings.STATIC_ROOT).mkdir(parents=True, exist_ok=True)


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """The owner makes the test database; the tests themselves are the application."""
    options = connection.settings_dict["OPTIONS"]
    with django_db_blocker.unblock():
        with connection.cursor() as cursor:
            # Only so that tests with real commits can empty the tables afterwards.
            cursor.execute(f"GRANT TRUNCATE ON ALL TABLES IN SCHEMA public TO {APPLICATION_ROLE}")
        connection.close()
    options["options"] = f"-c role={APPLICATION_ROLE}"
    with django_db_blocker.unblock():
        # Asked once a process: no test's first page pays for it.
        serving_role.check()
        connection.close()
    yield
    options.pop("options", None)
    with django_db_blocker.unblock():
        connection.close()


@pytest.fixture(autouse=True)
def quick_passwords(settings: Any) -> None:
    """A real password hash takes a third of a second, and the cast has several."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture(autouse=True)
def one_connection(settings: Any) -> None:
    """A test's rows are not committed, so nothing beside its transaction could see them."""
    settings.ASIDE = "default"


@pytest.fixture
def company(db: None) -> Iterator[Organisation]:
    """An organisation whose rows the test may read and write."""
    organisation = Organisation(name="Northwind Works")
    with context.organisation(organisation.id):
        organisation.save(force_insert=True)
        yield organisation


@pytest.fixture
def other_company(company: Organisation) -> Organisation:
    """Another organisation in the same database; its context is not open."""
    organisation = Organisation(name="Eastwind Works")
    with context.organisation(organisation.id):
        organisation.save(force_insert=True)
    return organisation


@pytest.fixture
def taxonomy(company: Organisation) -> Taxonomy:
    """Two practices, eight skills, four roles."""
    return make_taxonomy()


@pytest.fixture
def cast(taxonomy: Taxonomy) -> Cast:
    """Everybody."""
    return make_cast(taxonomy, PASSWORD)


@pytest.fixture
def owner(cast: Cast) -> User:
    """An employee coached by ``coach``."""
    return cast.owner


@pytest.fixture
def teammate(cast: Cast) -> User:
    """Another employee of the owner's team, with the same coach."""
    return cast.teammate


@pytest.fixture
def outsider(cast: Cast) -> User:
    """An employee of the same company in another team, coached by ``other_coach``."""
    return cast.outsider


@pytest.fixture
def coach(cast: Cast) -> User:
    """Coaches owner and teammate."""
    return cast.coach


@pytest.fixture
def other_coach(cast: Cast) -> User:
    """Coaches the outsider."""
    return cast.other_coach


@pytest.fixture
def manager(cast: Cast) -> User:
    """Leads the team of owner and teammate."""
    return cast.manager


@pytest.fixture
def admin_hr(cast: Cast) -> User:
    return cast.admin_hr


@pytest.fixture
def admin_platform(cast: Cast) -> User:
    return cast.admin_platform


@pytest.fixture
def admin_org(cast: Cast) -> User:
    return cast.admin_org


@pytest.fixture
def admin_lnd(cast: Cast) -> User:
    return cast.admin_lnd


@pytest.fixture
def foreigner(other_company: Organisation) -> User:
    """An employee of the other company."""
    with context.organisation(other_company.id):
        return make_person("foreigner", "Zdenka Rautenbach", password=PASSWORD)


@pytest.fixture
def signed_in() -> Callable[[User], Client]:
    """A browser in which somebody has signed in."""

    def sign_in(user: User) -> Client:
        client = Client()
        with context.organisation(user.organisation_id):
            client.force_login(get_user_model().objects.get(pk=user.pk))
        session = client.session
        session[SESSION_ORGANISATION] = str(user.organisation_id)
        session.save()
        return client

    return sign_in


@pytest.fixture
def profile_of() -> Callable[[User], Profile]:
    """Somebody's profile."""
    return lambda user: Profile.objects.get(user=user)
