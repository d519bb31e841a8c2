"""From the page of a connection: synchronise now, pause, go on, delete."""

import re

import pytest

from careerforge.governance.models import AuditEvent
from careerforge.jobs.models import JobRun
from careerforge.knowledge.models import Document
from connectors.models import Connection, SyncRun
from tests.connectors.connections.pages import LIST, words
from tests.connectors.connections.site import synchronise


@pytest.fixture
def browser(platform, signed_in):
    """A platform administrator's."""
    return signed_in(platform)


def button(page, label: str) -> tuple[str, dict[str, str]]:
    """Where a button of a page leads, and what it sends."""
    forms = re.findall(r'<form method="post" action="([^"]+)">(.*?)</form>', page.text, re.S)
    (found,) = [(action, body) for action, body in forms if f">{label}</button>" in body]
    names = re.findall(rf'<button[^>]* name="(\w+)" value="(\w+)">{label}<', found[1])
    return found[0], dict(names)


def press(browser, connection: Connection, label: str):
    action, sent = button(browser.get(f"{LIST}{connection.pk}/"), label)
    return browser.post(action, sent, follow=True)


def test_synchronise_now(browser, connect) -> None:
    connection = connect()
    answer = press(browser, connection, "Synchronise now")
    assert answer.status_code == 200
    assert JobRun.objects.get(job="connectors.sync").arguments["connection"] == str(connection.pk)
    assert AuditEvent.objects.filter(act="connection.sync_asked").count() == 1


def test_pause_and_go_on(browser, connect) -> None:
    connection = connect()
    for label, paused in (("Pause", True), ("Resume", False)):
        press(browser, connection, label)
        connection.refresh_from_db()
        assert connection.paused is paused


def test_delete_asks_first_and_says_what_goes(browser, site, connect, platform) -> None:
    connection = connect(secret="Bearer abc")
    site.feed("Alpha", "Beta")
    synchronise(connection)
    page = f"{LIST}{connection.pk}/delete/"
    assert page in browser.get(f"{LIST}{connection.pk}/").text
    told = words(browser.get(page))
    for part in ("News, with 2 documents", "The record of 1 synchronisation", "The stored secret"):
        assert part in told
    assert Connection.objects.exists()
    browser.post(page, {"post": "yes"})
    assert not Connection.objects.exists()
    assert not SyncRun.objects.exists()
    assert not Document.objects.visible_to(platform).exists()
    assert AuditEvent.objects.filter(act="connection.removed", actor=platform.pk).count() == 1


def test_nobody_is_asked_for_what_people_hand_in(browser, connect) -> None:
    connection = connect("upload", kind="upload")
    page = browser.get(f"{LIST}{connection.pk}/")
    assert f"{LIST}{connection.pk}/upload/" in page.text
    for word in ("Synchronise now", "Pause", "Next time", "Not synchronised yet"):
        assert word not in words(page)
    assert "Handed in by people" in words(browser.get(LIST))


@pytest.mark.parametrize("who", ["coach", "admin_hr", "admin_org", "admin_lnd"])
def test_nobody_else_does_any_of_it(cast, connect, signed_in, who) -> None:
    connection, browser = connect(), signed_in(getattr(cast, who))
    for page, sent in (("sync", {}), ("pause", {"paused": "1"}), ("delete", {"post": "yes"})):
        assert browser.post(f"{LIST}{connection.pk}/{page}/", sent).status_code in (302, 403, 404)
    connection.refresh_from_db()
    assert not connection.paused
    assert not JobRun.objects.filter(job="connectors.sync").exists()
