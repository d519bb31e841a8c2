import pytest
from django.contrib.sessions.models import Session
from django.core.management import CommandError, call_command
from django_q.models import OrmQ

from careerforge.demo import password, removal
from careerforge.embedded.data import write_private
from careerforge.people.models import User
from careerforge.tenancy.models import Organisation
from careerforge.tenancy.row_security import tenant_models


@pytest.fixture
def removed(tarnvale, as_owner, signed_in):
    signed_in(User.objects.get(username="emp-data"))
    word = password.file().read_text()
    as_owner(removal.remove)
    yield tarnvale
    write_private(password.file(), word)


def test_every_table_of_the_company_is_empty(removed):
    assert [m._meta.db_table for m in tenant_models() if m._default_manager.exists()] == []
    assert not Organisation.objects.filter(is_demo=True).exists()


def test_sessions_queue_and_password_are_gone(removed):
    assert Session.objects.count() == 0
    assert OrmQ.objects.count() == 0
    assert password.read() == ""


def test_another_company_stays(tarnvale, as_owner, tmp_path, settings):
    settings.DATA_FOLDER = tmp_path
    Organisation.objects.filter(pk=tarnvale.pk).update(is_demo=False)
    as_owner(removal.remove)
    assert User.objects.count() == 71


def test_it_asks_first(tarnvale):
    with pytest.raises(CommandError, match="--yes"):
        call_command("remove_demo")
    assert User.objects.count() == 71
