"""`manage` and what it borrows, and the server that tests get."""

import subprocess
import time

import psycopg
import pytest

from careerforge.embedded import postgres
from tests.embedded.clone import Clone


def test_exit_code_of_a_command_is_kept(clone: Clone) -> None:
    assert clone.run("manage", "fail").returncode == 7


def test_command_uses_the_server_that_is_running(filled: Clone) -> None:
    filled.serve()
    assert filled.run("manage", "write").returncode == 0
    assert filled.notes() == 2


def test_command_stops_the_server_it_started(filled: Clone) -> None:
    assert not (filled.cluster / "postmaster.pid").exists()


def test_two_commands_at_once_share_one_server(filled: Clone) -> None:
    both = [
        subprocess.Popen(filled.command("manage", "write"), env=filled.environment({}), cwd=filled.folder)
        for _ in range(2)
    ]
    assert [process.wait(60) for process in both] == [0, 0]
    assert "notes: 3" in filled.run("manage", "count").stdout


def test_passwords_are_the_owners_alone(filled: Clone) -> None:
    assert (filled.data / "database-passwords.json").stat().st_mode & 0o077 == 0


def test_lost_passwords_are_made_anew(filled: Clone) -> None:
    (filled.data / "database-passwords.json").unlink()
    assert "notes: 1" in filled.run("manage", "count").stdout


@pytest.fixture(scope="module", params=[18, 16])
def urls(request):
    began = time.monotonic()
    with postgres.throwaway(request.param) as urls:
        assert time.monotonic() - began < 10
        yield urls


def test_application_role_has_no_way_around_row_security(urls) -> None:
    with psycopg.connect(urls.application) as connection:
        rights = connection.execute(
            "SELECT rolsuper, rolbypassrls, rolcreaterole, rolcreatedb FROM pg_roles"
            " WHERE rolname = current_user"
        ).fetchone()
        assert rights == (False, False, False, False)
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            connection.execute("CREATE TABLE mine (id int)")


def test_wrong_password_is_refused(urls) -> None:
    with pytest.raises(psycopg.OperationalError, match="password authentication failed"):
        psycopg.connect(urls.owner.replace("careerforge_owner:", "careerforge_owner:x"))


def test_owner_makes_databases_that_have_vectors(urls) -> None:
    with psycopg.connect(urls.owner, autocommit=True) as connection:
        connection.execute("CREATE DATABASE another")
    with psycopg.connect(urls.owner.replace("/careerforge?", "/another?")) as connection:
        distance = connection.execute("SELECT '[1,2]'::vector <-> '[1,4]'::vector").fetchone()
        assert distance == (2.0,)
        connection.execute("SET ROLE careerforge_app")


def test_letters_beyond_ascii_have_cases(urls) -> None:
    with psycopg.connect(urls.owner) as connection:
        assert connection.execute("SELECT lower('ÉÜ')").fetchone() == ("éü",)
