"""An administrator adds a source: a kind first, then the fields of that kind and no others."""

import json
from html import unescape

import pytest
from django.db import connection as database
from django.test.utils import CaptureQueriesContext

from careerforge.governance.models import AuditEvent
from connectors.kinds import registry
from connectors.kinds.json import KIND as JSON
from connectors.models import Connection
from connectors.secrecy import secrets
from tests.cast import make_person
from tests.connectors.connections.pages import ADD, FORM, LIST, errors, filled, words

PRESETS = {preset.key: preset for preset in JSON.presets}


@pytest.fixture
def browser(platform, signed_in):
    """A platform administrator's."""
    return signed_in(platform)


def test_every_kind_and_every_well_known_source_is_there_to_choose(browser) -> None:
    told = words(browser.get(ADD))
    for kind in registry.all_kinds():
        assert str(kind.label) in told
        assert str(kind.help) in told
    for preset in JSON.presets:
        assert preset.name in told


@pytest.mark.parametrize("kind", registry.all_kinds(), ids=lambda kind: kind.key)
def test_a_form_has_the_fields_of_its_kind_and_no_others(browser, kind) -> None:
    names = set(browser.get(f"{ADD}?kind={kind.key}").context["adminform"].form.fields)
    assert {name for name in names if name.startswith("set_")} == {f"set_{one.name}" for one in kind.fields}
    assert ("secret" in names) == kind.is_remote
    assert ("location" in names) == (kind.key != "upload")


@pytest.mark.parametrize("key", ["no-such", "../feed"])
def test_a_kind_that_is_none_leads_back_to_the_choice(browser, key) -> None:
    assert "Paste an address" in words(browser.get(ADD, {"kind": key}))


@pytest.mark.parametrize("key", PRESETS)
def test_a_well_known_source_asks_for_what_is_missing_and_for_no_more(browser, site, key) -> None:
    form = filled(browser.get(f"{ADD}?kind=json&preset={key}"))
    answer = browser.post(ADD, form | {"location": form["location"].replace("https:", "http:")})
    blanks = {name for name in ("location", "extra", "token_url") if "{" in str(form.get(name, ""))}
    wanted = blanks | ({"user", "secret"} if form["way"] == "oauth2" else set())
    found = errors(answer)
    # Hosts that the test's own network does not have.
    assert set(found) - {"location"} == wanted - {"location"}
    assert all("Put your own in place of {" in found[name][0] for name in blanks)


@pytest.mark.parametrize("key", PRESETS)
def test_a_well_known_source_is_stored_as_it_is_known(browser, site, key) -> None:
    form = filled(browser.get(f"{ADD}?kind=json&preset={key}"))
    mine = {"location": "http://news.example/jobs", "secret": "s3cret", "user": "me"}
    if form["extra"]:
        mine["extra"] = "User-Agent: it@example.com"
    if form["token_url"]:
        mine["token_url"] = "http://news.example/token"
    answer = browser.post(ADD, form | mine)
    assert answer.status_code == 302, errors(answer)
    preset, stored = PRESETS[key], Connection.objects.get()
    assert stored.settings == preset.settings
    assert stored.interval_minutes == preset.interval_minutes
    assert stored.collection.about == preset.about
    assert secrets.opened(stored) == "s3cret"
    places = {"header": "header", "query": "parameter"}
    if preset.auth in places:
        assert stored.auth[places[preset.auth]] == preset.header


def test_the_key_of_usajobs_travels_with_the_address_it_was_given_to(browser, site) -> None:
    form = filled(browser.get(f"{ADD}?kind=json&preset=usajobs"))
    site.json({"SearchResult": {"SearchResultCountAll": 0, "SearchResultItems": []}})
    mine = {"location": "http://news.example/api", "secret": "k", "extra": "User-Agent: it@example.com"}
    browser.post(ADD, form | mine | {"_test": "1"})
    assert "authorization-key: k" in site.heads[0].lower()
    assert "user-agent: it@example.com" in site.heads[0].lower()


def test_an_error_keeps_everything_but_the_secret_and_says_so(browser, site) -> None:
    wrong = {"kind": "json", "set_items": "a[", "set_fields": "{", "secret": "Bearer abcdef", "name": "Kept"}
    answer = browser.post(ADD, FORM | wrong)
    assert set(errors(answer)) == {"set_items", "set_fields"}
    assert 'value="a["' in unescape(answer.text)
    assert 'value="Kept"' in answer.text
    assert "Type the secret again" in words(answer)
    assert "Bearer abcdef" not in answer.text
    assert not Connection.objects.exists()


@pytest.mark.parametrize(
    ("part", "wrong", "at"),
    [
        ({"way": "query"}, "Name the parameter", "parameter"),
        ({"way": "basic"}, "Fill in the user name", "user"),
        (
            {"way": "oauth2", "user": "me", "secret": "s", "token_url": "http://127.0.0.1/t"},
            "private or reserved",
            "token_url",
        ),
        ({"header": "Cookie"}, "cannot travel", "header"),
        ({"extra": "nonsense"}, "on a line of its own", "extra"),
        ({"secret": "a\nb"}, "characters that a header cannot carry", "secret"),
        ({"name": ""}, "required", "name"),
        ({"location": ""}, "required", "location"),
        ({"location": "http://127.0.0.1/"}, "private or reserved", "location"),
        ({"interval_minutes": "2"}, "between 5 minutes and a week", "interval_minutes"),
        ({"interval_minutes": "soon"}, "whole number", "interval_minutes"),
        ({"audience": "region"}, "Name the region", "audience_region"),
        ({"audience": "practice"}, "Choose the practice", "audience_practice"),
        ({"owner": "nobody"}, "Select a valid choice", "owner"),
        ({"kind": "json", "set_size": "-1"}, "greater than or equal", "set_size"),
        ({"kind": "json", "set_paging": "cursor"}, "Say where the cursor", "set_next"),
        ({"kind": "json", "set_fields": '{"title": 1}'}, "one path in quotes", "set_fields"),
        ({"kind": "json", "set_fields": "[1]"}, "one path in quotes", "set_fields"),
        ({"kind": "json", "set_fields": "title name"}, "no line of the form title: name", "set_fields"),
        ({"kind": "json", "set_fields": "titel: name"}, "There are: title, text, url", "set_fields"),
        (
            {"way": "oauth2", "user": "me", "token_url": "http://news.example/t"},
            "Fill in the client’s secret",
            "secret",
        ),
    ],
)
def test_what_is_wrong_stands_at_its_field(browser, site, part, wrong, at) -> None:
    found = errors(browser.post(ADD, FORM | part))
    assert list(found) == [at]
    assert wrong in found[at][0]


def test_the_owner_is_one_of_the_platform_administrators(browser, platform, cast) -> None:
    other = make_person("third-platform", "Roswitha Achterberg", "admin-platform")
    offered = browser.get(f"{ADD}?kind=feed").context["adminform"].form.fields["owner"].queryset
    assert {platform, other} <= set(offered)
    assert cast.admin_hr not in offered


def test_another_owner_looks_after_it(browser, site) -> None:
    other = make_person("third-platform", "Roswitha Achterberg", "admin-platform")
    browser.post(ADD, FORM | {"owner": other.handle})
    assert Connection.objects.get().ownership.user == other


def test_a_stored_connection_comes_back_as_it_was(browser, site) -> None:
    wish = {"kind": "json", "set_items": "jobs", "set_complete": "on", "set_first": "0", "set_paging": "page"}
    wish |= {"set_fields": json.dumps({"title": "name"}), "way": "query", "parameter": "key", "secret": "s"}
    browser.post(ADD, FORM | wish)
    stored = Connection.objects.get()
    page = f"{LIST}{stored.pk}/change/"
    answer = browser.post(page, filled(browser.get(page)))
    assert answer.status_code == 302, errors(answer)
    again = Connection.objects.get()
    assert again.settings == {
        "items": "jobs", "complete": True, "first": 0, "paging": "page", "fields": {"title": "name"},
    }  # fmt: skip
    assert (again.settings, again.auth) == (stored.settings, stored.auth)
    assert secrets.opened(again) == "s"


@pytest.mark.parametrize(
    "location", ["https://news.example/feed", "http://news.example:443/feed", "http://other.example/feed"]
)
def test_another_scheme_host_or_port_forgets_the_secret_and_the_form_says_so(browser, site, location) -> None:
    site.net.names["other.example"] = [["93.184.216.35"]]
    browser.post(ADD, FORM | {"secret": "s"})
    stored = Connection.objects.get()
    page = f"{LIST}{stored.pk}/change/"
    shown = browser.get(page)
    assert "Another scheme, host or port" in words(shown)
    answer = browser.post(page, filled(shown) | {"location": location}, follow=True)
    assert "The secret was forgotten" in words(answer)
    stored.refresh_from_db()
    assert (stored.location, stored.sealed_secret) == (location, None)


def test_the_kind_of_a_connection_stays(browser, site) -> None:
    browser.post(ADD, FORM)
    stored = Connection.objects.get()
    browser.post(f"{LIST}{stored.pk}/change/", FORM | {"kind": "folder"})
    assert Connection.objects.get().kind == "feed"


def test_who_adds_and_changes_is_on_record(browser, site, platform) -> None:
    browser.post(ADD, FORM)
    browser.post(f"{LIST}{Connection.objects.get().pk}/change/", FORM | {"name": "Other"})
    acts = AuditEvent.objects.filter(actor=platform.pk, act__startswith="connection.")
    assert list(acts.order_by("at").values_list("act", flat=True)) == [
        "connection.added",
        "connection.changed",
    ]


def test_a_change_of_who_may_read_it_is_on_record(browser, site) -> None:
    browser.post(ADD, FORM)
    change = f"{LIST}{Connection.objects.get().pk}/change/"
    browser.post(change, FORM | {"audience": "region", "audience_region": "Brno"})
    browser.post(change, FORM | {"audience": "region", "audience_region": "Brno", "name": "Other"})
    acts = AuditEvent.objects.filter(act__startswith="connection.").order_by("at")
    said = [(one.detail.get("audience_was"), one.detail.get("audience")) for one in acts]
    assert said == [(None, None), ("everyone", "region"), (None, None)]
    assert "Brno" not in str([one.detail for one in acts])


@pytest.mark.parametrize("who", ["owner", "coach", "manager", "admin_hr", "admin_org", "admin_lnd"])
def test_nobody_else_adds_or_looks(cast, site, signed_in, who) -> None:
    browser = signed_in(getattr(cast, who))
    site.feed("Alpha")
    for form in (FORM, FORM | {"_test": "1"}, {"_look": "1", "location": FORM["location"]}):
        assert browser.post(ADD, form).status_code in (302, 403, 404)
    assert browser.get(f"{ADD}?kind=feed").status_code in (302, 403, 404)
    assert not Connection.objects.exists()
    assert site.heads == []


def test_the_pages_need_few_queries(browser, site, connect) -> None:
    pages = [ADD, f"{ADD}?kind=json&preset=usajobs", f"{LIST}{connect(kind='json').pk}/change/"]
    for page in pages:
        browser.get(page)
    for page in pages:
        with CaptureQueriesContext(database) as counted:
            assert browser.get(page).status_code == 200
        assert len(counted) <= 15, page
