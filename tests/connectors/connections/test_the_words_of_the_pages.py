"""What the pages of connections say: in the company's time, in sentences, and of what is not there yet."""

from datetime import UTC, datetime
from types import SimpleNamespace

import pytest
from django.template.loader import render_to_string
from django.utils import timezone

from connectors.models import Connection, SyncRun
from tests.connectors.connections.pages import LIST, words
from tests.connectors.connections.site import synchronise


@pytest.fixture
def browser(platform, signed_in):
    """A platform administrator's."""
    return signed_in(platform)


def test_a_synchronisation_is_called_by_the_time_of_the_company() -> None:
    run = SyncRun(started_at=datetime(2026, 7, 1, 22, 30, tzinfo=UTC))
    with timezone.override("Europe/Berlin"):
        assert str(run) == "2 Jul 2026, 00:30"


@pytest.mark.parametrize(
    ("page", "told"),
    [
        (LIST, "Add the first one above"),
        ("/admin/knowledge/heldversion/", "Nothing waits for you."),
        ("/admin/gateway/modelcall/", "No language model was asked yet."),
        ("/admin/gateway/limit/", "Nothing limits yet how much"),
    ],
)
def test_an_empty_list_says_what_would_be_there_and_what_to_do_first(browser, page, told) -> None:
    assert told in words(browser.get(page))
    assert told not in words(browser.get(page, {"q": "nothing"}))


def test_a_list_that_holds_something_says_nothing_of_the_kind(browser, connect) -> None:
    connect()
    assert "Add the first one above" not in words(browser.get(LIST))


def test_one_that_goes_on_is_one(browser, connect) -> None:
    one, act = connect(paused=True), {"action": "resume"}
    answer = browser.post(LIST, act | {"_selected_action": [one.pk]}, follow=True)
    assert "It is synchronised by the clock again." in words(answer)
    two = connect(name="Other")
    answer = browser.post(LIST, act | {"_selected_action": [one.pk, two.pk]}, follow=True)
    assert "They are synchronised by the clock again." in words(answer)


def test_what_was_never_read_says_so(browser, connect) -> None:
    one = connect()
    assert "Nothing was read yet." in words(browser.get(f"{LIST}{one.pk}/"))
    assert "Nothing was read yet." in words(browser.get(f"{LIST}{one.pk}/places/"))


def test_the_page_says_which_documents_count_for_freshness(browser, connect, site) -> None:
    one = connect()
    site.feed("Alpha", "Beta")
    synchronise(one)
    told = words(browser.get(f"{LIST}{one.pk}/"))
    assert "0 documents of the last 30 days count" in told
    assert "published after the first look, with a time of day" in told


def test_under_a_suspicious_change_nothing_is_said_to_be_well() -> None:
    known = {"all": 1, "is_well": True, "first": []}
    page = "admin/connectors/connection/_places.html"
    original = SimpleNamespace(pk=Connection().pk)
    doubtful = render_to_string(page, {"known": known, "is_suspicious": True, "original": original})
    assert "It is well" not in doubtful
    assert "not as it used to be" in doubtful
    assert "It is well" in render_to_string(page, {"known": known, "original": original})
