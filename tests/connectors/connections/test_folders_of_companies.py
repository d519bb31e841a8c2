"""A folder is open to the company that the operator named, and to a single company without a name."""

import pytest

from careerforge.http.errors import Refused
from careerforge.tenancy.models import Organisation
from connectors import folders, wishes
from connectors.kinds import registry
from connectors.kinds.kind import Asked
from connectors.wishes import Wish
from tests.connectors.connections.site import synchronise


def test_a_plain_folder_is_open_while_there_is_one_company(folder, company) -> None:
    assert folders.check(str(folder), company.pk) == folder.resolve()


def test_a_plain_folder_is_nobodys_among_several(folder, company, other_company) -> None:
    for one in (company, other_company):
        with pytest.raises(Refused, match="Company name=/path"):
            folders.check(str(folder), one.pk)


def test_a_named_folder_is_open_to_that_company_only(folder, company, other_company, settings) -> None:
    settings.FOLDERS = [f"{company.name}={folder}"]
    assert folders.check(str(folder), company.pk) == folder.resolve()
    for stranger in (other_company.pk, None):
        with pytest.raises(Refused):
            folders.check(str(folder), stranger)


def test_a_company_does_not_read_anothers_root(folder, company, other_company, settings, tmp_path) -> None:
    theirs = tmp_path / "theirs"
    theirs.mkdir()
    settings.FOLDERS = [f"{company.name}={folder}", f"{other_company.name}={theirs}"]
    with pytest.raises(Refused, match="does not lie below"):
        folders.check(str(theirs), company.pk)


def test_a_name_that_two_companies_have_opens_nothing(folder, company, other_company, settings) -> None:
    settings.FOLDERS = [f"{company.name}={folder}"]
    Organisation.objects.filter(pk=company.pk).update(name=other_company.name)
    settings.FOLDERS = [f"{other_company.name}={folder}"]
    with pytest.raises(Refused):
        folders.check(str(folder), company.pk)


def test_form_and_synchronisation_refuse_it(folder, connect, platform, settings, other_company) -> None:
    settings.FOLDERS = [f"Northwind Works={folder}"]
    (folder / "note.txt").write_text("A note of Northwind, at some length.")
    library = connect(folder, kind="folder")
    assert synchronise(library).new == 1
    settings.FOLDERS = [f"{other_company.name}={folder}"]
    wish = Wish(name="Theirs", kind="folder", location=str(folder))
    assert [one.field_name for one in wishes.problems(platform, wish, None)] == ["location"]
    assert "No folder is open to this company" in synchronise(library).error
    with pytest.raises(Refused):
        registry.find("folder").listing(Asked(str(folder)), None)
