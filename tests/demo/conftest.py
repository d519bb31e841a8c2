"""The demo company, loaded once for all tests of this folder and rolled back at the end."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from django.db import connection, transaction
from django.test import override_settings

from careerforge.demo import loading
from careerforge.tenancy import context
from careerforge.tenancy.models import Organisation

NOW = datetime(2026, 11, 2, 9, tzinfo=UTC)
QUICK = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture(scope="package")
def data_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the password is written."""
    return tmp_path_factory.mktemp("data")


@pytest.fixture(scope="package")
def loaded(django_db_setup: None, django_db_blocker: Any, data_folder: Path) -> Iterator[Organisation]:
    """The company, in a transaction around all tests."""
    quick = override_settings(
        DEMO_ALLOWED=True, EMBEDDER_FOLDER=None, DATA_FOLDER=data_folder, PASSWORD_HASHERS=QUICK
    )
    with django_db_blocker.unblock(), transaction.atomic(), quick:
        loading.load(NOW)
        yield Organisation.objects.get(is_demo=True)
        transaction.set_rollback(True)


@pytest.fixture
def tarnvale(loaded: Organisation, db: None, settings: Any, data_folder: Path) -> Iterator[Organisation]:
    """The company with its context open; what a test does to it is undone."""
    settings.DATA_FOLDER = data_folder
    with context.organisation(loaded.id):
        yield loaded


@pytest.fixture
def as_owner() -> Callable[[Callable[[], Any]], Any]:
    """Run something as the role that owns the tables."""

    def run(work: Callable[[], Any]) -> Any:
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            cursor.execute("SET ROLE NONE")
            try:
                return work()
            finally:
                cursor.execute("SET ROLE careerforge_app")
                cursor.execute("SET CONSTRAINTS ALL DEFERRED")

    return run
