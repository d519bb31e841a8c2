"""What the form of a source says of itself, and which ways to fill it in it takes."""

import pytest

from careerforge.people.models import Profile
from connectors.kinds.json import KIND as JSON
from connectors.kinds.json.names import NAMES, hints
from connectors.models import Connection, Ownership
from tests.connectors.connections.pages import ADD, FORM, LIST, errors, filled, words

JOBS = FORM | {"kind": "json"}


@pytest.fixture
def browser(platform, signed_in):
    """A platform administrator's."""
    return signed_in(platform)


@pytest.mark.parametrize(
    "written", ["title: name\ntext: join(': ', [a, b])", '{"title": "name", "text": "join(\': \', [a, b])"}']
)
def test_a_map_is_written_in_lines_or_as_json(browser, site, written) -> None:
    answer = browser.post(ADD, JOBS | {"set_fields": written})
    assert answer.status_code == 302, errors(answer)
    stored = Connection.objects.get()
    assert stored.settings["fields"] == {"title": "name", "text": "join(': ', [a, b])"}
    shown = filled(browser.get(f"{LIST}{stored.pk}/change/"))
    assert set(shown["set_fields"].splitlines()) == {"title: name", "text: join(': ', [a, b])"}


def test_a_path_with_a_line_break_comes_back_as_it_was(browser, site) -> None:
    mapped = next(one for one in JSON.presets if one.key == "usajobs").settings["fields"]
    field = browser.get(f"{ADD}?kind=json").context["adminform"].form.fields["set_fields"]
    assert field.clean(field.prepare_value(mapped)) == mapped


def test_every_well_known_source_uses_names_that_are_known() -> None:
    assert {name for one in JSON.presets for name in one.settings["fields"]} <= set(NAMES)


def test_the_names_stand_beside_the_field(browser) -> None:
    told = words(browser.get(f"{ADD}?kind=json"))
    assert "published_at (publication)" in told
    assert all(f"{name} (" in told for name in NAMES)


def test_a_map_without_a_text_is_worth_a_word_before_anything_is_stored(browser, site) -> None:
    site.json({"jobs": [{"name": "Smith", "say": "Forge iron."}]})
    told = words(browser.post(ADD, JOBS | {"set_fields": "title: name", "_test": "1"}))
    assert "No path is given for the text." in told
    assert "No path is given for the title." not in told
    assert list(hints({"fields": {"title": "a", "text": "b"}})) == list(hints({})) == []


def test_json_whose_list_nobody_finds_leads_to_its_form(browser, site) -> None:
    site.json({"a": {"b": [{"c": 1}]}})
    answer = browser.post(ADD, {"_look": "1", "location": "http://news.example/api?page=1"})
    assert "Path to the entries" in words(answer)
    assert f"{ADD}?kind=upload" in answer.text
    assert "page=1" not in words(answer)
    chosen = answer.context["found"].by_hand
    begin = {"_start": "1", "kind": chosen.kind, "location": chosen.location, "wanted": "items"}
    answer = browser.post(ADD, begin)
    assert filled(answer)["location"] == "http://news.example/api?page=1"
    assert "Still to be filled in: Path to the entries." in words(answer)
    open_ = [one.name for one in answer.context["adminform"] if not one.is_collapsible]
    assert "What is read there" in open_


def test_the_form_of_a_well_known_source_is_headed_by_its_name_and_keeps_its_note(browser, site) -> None:
    page = f"{ADD}?kind=json&preset=usajobs"
    for answer in (browser.get(page), browser.post(page, JOBS | {"name": ""})):
        assert "Add a source: USAJOBS (JSON endpoint)" in words(answer)
        assert "Needs a free key from developer.usajobs.gov" in words(answer)


@pytest.mark.parametrize("kind", ["greenhouse", "lever", "ashby", "careers", "feed"])
def test_credentials_are_folded_where_none_are_needed(browser, kind) -> None:
    groups = browser.get(f"{ADD}?kind={kind}").context["adminform"]
    assert [one.is_collapsible for one in groups if one.name == "Credentials"] == [True]


def test_a_secret_that_is_stored_is_enough(browser, site) -> None:
    mine = {"way": "oauth2", "user": "me", "token_url": "http://news.example/t"}
    answer = browser.post(ADD, JOBS | mine | {"secret": "s"})
    assert answer.status_code == 302, errors(answer)
    page = f"{LIST}{Connection.objects.get().pk}/change/"
    assert browser.post(page, JOBS | mine | {"name": "Other"}).status_code == 302
    assert set(errors(browser.post(page, JOBS | mine | {"forget_secret": "on"}))) == {"secret"}


def test_whoever_adds_a_source_may_leave_it_to_nobody(browser, site, platform) -> None:
    offered = browser.get(f"{ADD}?kind=feed").context["adminform"].form
    told = dict(offered.fields["owner"].choices)
    assert told[""] == "Nobody"
    assert f"Me ({platform.handle})" in [str(label) for label in told.values()]
    assert offered["owner"].value() == platform.handle
    browser.post(ADD, FORM | {"owner": ""})
    assert not Ownership.objects.exists()


def test_regions_are_those_that_people_have_and_the_one_that_is_stored(browser, site, cast) -> None:
    Profile.objects.filter(user=cast.owner).update(region="eu-west")
    answer = browser.post(ADD, FORM | {"audience": "region", "audience_region": "eu-west"})
    assert answer.status_code == 302, errors(answer)
    Profile.objects.filter(user=cast.owner).update(region="")
    page = f"{LIST}{Connection.objects.get().pk}/change/"
    assert '<option value="eu-west" selected>' in browser.get(page).text
    assert '<option value="eu-west"' not in browser.get(f"{ADD}?kind=feed").text


def test_the_only_open_folder_is_named_and_where_paths_begin(browser, folder) -> None:
    root = folder.parent
    page = f"{ADD}?kind=folder"
    assert f"Open is {root}." in words(browser.get(page))
    mine = FORM | {"kind": "folder", "location": "elsewhere"}
    assert f"Open is {root}." in " ".join(errors(browser.post(ADD, mine))["location"])
    answer = browser.post(ADD, mine | {"location": "library"})
    assert answer.status_code == 302, errors(answer)
    assert Connection.objects.get().location == str(folder)


def test_where_no_folder_is_open_that_is_said_once(browser, settings) -> None:
    settings.FOLDERS = []
    answer = browser.post(ADD, FORM | {"kind": "folder", "location": "/library"})
    (told,) = errors(answer)["location"]
    assert "No folder is open" in told
