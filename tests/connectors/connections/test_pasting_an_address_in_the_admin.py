"""An administrator pastes an address: what was found is a filled form, or the page says why not."""

import json

import pytest

from careerforge.governance.models import AuditEvent
from connectors.models import Connection
from tests.connectors.connections.pages import ADD, errors, filled, words

PAGE = """<!DOCTYPE html><html><head><title>Anvil Works</title>
<link rel="alternate" type="application/rss+xml" href="/feed.xml"></head><body>We forge.</body></html>"""
RSS = """<rss version="2.0"><channel><title>f</title>
<item><title>Iron</title><guid>1</guid><description>About iron.</description></item></channel></rss>"""


@pytest.fixture
def browser(platform, signed_in):
    """A platform administrator's."""
    return signed_in(platform)


@pytest.fixture
def paste(browser):
    def go(location: str):
        return browser.post(ADD, {"_look": "1", "location": location})

    return go


def picks(answer) -> list[dict[str, str]]:
    return [
        {"kind": one.kind, "location": one.location, "settings": one.settings}
        for one in answer.context["proposals"]
    ]


def test_what_was_found_is_one_press_from_a_filled_form_and_another_from_the_source(
    browser, site, paste
) -> None:
    site.says(PAGE.encode(), "text/html")
    site.pages["/feed.xml"] = RSS.encode()
    answer = paste("http://news.example/")
    assert "The page names this feed." in words(answer)
    assert "Iron" in words(answer)
    form = filled(browser.post(ADD, {"_start": "1", **picks(answer)[0]}))
    assert (form["kind"], form["location"], form["name"]) == (
        "feed",
        "http://news.example/feed.xml",
        "news.example",
    )
    answer = browser.post(ADD, form)
    assert answer.status_code == 302, errors(answer)
    assert Connection.objects.get().kind == "feed"


def test_json_is_found(site, paste) -> None:
    site.json({"results": [{"title": "Smith", "body": "forge"}]})
    assert [one["kind"] for one in picks(paste("http://news.example/api"))] == ["json"]


def test_nothing_is_stored_but_that_somebody_looked(site, paste, platform) -> None:
    site.feed("Alpha")
    paste("http://news.example/feed?key=abc")
    assert not Connection.objects.exists()
    act = AuditEvent.objects.get(act="connection.looked_up")
    assert (act.actor, act.detail) == (platform.pk, {"proposals": 1})


def test_a_key_in_an_address_is_shown_to_nobody_looking_over_a_shoulder(site, paste) -> None:
    site.feed("Alpha")
    answer = paste("http://news.example/feed?key=abc")
    assert "http://news.example/feed" in words(answer)
    assert "key=abc" not in words(answer)
    assert picks(answer)[0]["location"] == "http://news.example/feed?key=abc"


@pytest.mark.parametrize(
    ("body", "media", "why"),
    [
        ("A handbook.\n\nCome early.", "text/plain", "single document"),
        ("<html><body><div id='root'></div></body></html>", "text/html", "built in the browser"),
        ('{"a": 1}', "application/json", "No list of entries"),
    ],
)
def test_the_page_says_why_nothing_works_and_offers_an_upload(site, paste, body, media, why) -> None:
    site.says(body.encode(), media)
    answer = paste("http://news.example/x")
    assert why in words(answer)
    assert f"{ADD}?kind=upload" in answer.text


@pytest.mark.parametrize(
    "location", ["no address", "ftp://news.example/x", "javascript:alert(1)", "\0", "a" * 5000]
)
def test_what_is_no_address_is_said(site, paste, location) -> None:
    assert "This is no address of the web." in words(paste(location))
    assert site.heads == []


def test_an_empty_address_asks_nobody(site, paste) -> None:
    assert paste(" ").status_code == 200
    assert not AuditEvent.objects.filter(act="connection.looked_up").exists()


@pytest.mark.parametrize(
    "location",
    [
        "http://10.0.0.1/x",
        "http://127.0.0.1/",
        "http://wiki.intern/",
        "http://[::1]/",
        "http://169.254.169.254/",
    ],
)
def test_all_forbidden_targets_look_the_same_and_nobody_is_asked(site, paste, location) -> None:
    told = words(paste("http://10.9.8.7/")).replace("http://10.9.8.7/", "")
    assert "private or reserved network" in told
    assert words(paste(location)).replace(location, "") == told
    assert site.net.connected == []


def test_looking_and_trying_out_share_one_limit(browser, site, paste) -> None:
    site.feed("Alpha")
    answers = [paste("http://news.example/feed") for _ in range(11)]
    assert "Wait a moment" not in words(answers[9])
    assert "You have tried 10 times" in words(answers[10])
    assert len(site.heads) <= 20
    form = filled(browser.get(f"{ADD}?kind=feed")) | {"name": "a", "location": "http://news.example/feed"}
    assert "You have tried 10 times" in words(browser.post(ADD, form | {"_test": "1"}))


@pytest.mark.parametrize("written", ["{", "[1]", '{"no": 1}', json.dumps({"a": "b" * 30_000})])
def test_what_we_did_not_write_fills_in_nothing(browser, written) -> None:
    answer = browser.post(
        ADD, {"_start": "1", "kind": "json", "location": "http://a.example/", "settings": written}
    )
    assert {name: value for name, value in filled(answer).items() if name == "set_items" and value} == {}


def test_markup_in_what_was_found_is_text(site, paste) -> None:
    site.feed({"title": "<script>alert(1)</script>", "id": "1"})
    answer = paste("http://news.example/feed?<b>")
    assert "<script>alert" not in answer.text
    assert "?<b>" not in answer.text
    assert "Found there" in words(answer)
