"""A place that may not be asked is refused when it is saved and when it is fetched, and each refusal is on
record.
"""

import json
from pathlib import Path

import pytest

from careerforge.governance.models import AuditEvent
from connectors import wishes
from connectors.models import Connection
from connectors.secrecy.credentials import Auth
from connectors.wishes import Wish
from tests.connectors.connections.site import synchronise

TABLE = Path(__file__).parents[2] / "http/data/ssrf_targets.jsonl"
ROWS = [json.loads(line) for line in TABLE.read_text().splitlines()]
BLOCKED = [
    r["url"] for r in ROWS if r["expect"] == "block" and not r["url"].startswith(("dns:", "redirect:"))
]


def refusals() -> list[str]:
    return list(AuditEvent.objects.filter(act="connection.refused").values_list("detail__code", flat=True))


def test_every_hostile_address_is_refused_when_it_is_saved_and_recorded_with_its_reason(
    site, platform
) -> None:
    for url in BLOCKED:
        found = wishes.problems(platform, Wish(name="x", kind="feed", location=url), None)
        assert [refusal.field_name for refusal in found] == ["location"], url
    assert len(refusals()) == len(BLOCKED) == 52
    assert set(refusals()) <= {"not_public", "malformed", "scheme", "userinfo", "port"}
    assert site.net.connected == []


def test_every_hostile_address_is_refused_when_it_is_fetched_and_recorded_with_its_reason(
    site, connect
) -> None:
    connection = connect()
    for url in BLOCKED:
        Connection.objects.filter(pk=connection.pk).update(location=url)
        run = synchronise(connection)
        assert run.error
        assert url not in run.error
    assert len(refusals()) == len(BLOCKED)
    assert site.net.connected == []


def test_a_name_that_turned_internal_after_it_was_saved_is_refused(site, connect) -> None:
    connection = connect()
    site.net.name("news.example", ["10.0.0.5"])
    assert "private or reserved" in synchronise(connection).error
    assert site.net.connected == []
    assert refusals() == ["not_public"]


@pytest.mark.parametrize(
    "target",
    [
        "http://169.254.169.254/",
        "http://internal.example/",
        "file:///etc/passwd",
        "http://news.example:8443/",
    ],
)
def test_a_redirect_is_judged_like_an_address(site, connect, target) -> None:
    site.fails("302 Found", Location=target)
    synchronise(connect())
    assert site.net.connected == [("93.184.216.34", 80)]
    assert len(refusals()) == 1


@pytest.mark.parametrize("place", ["/etc", "..", "library/../..", "/", "library\0x", "missing"])
def test_a_folder_outside_of_the_operators_is_refused(folder, platform, place) -> None:
    location = place if place.startswith("/") else f"{folder.parent}/{place}"
    found = wishes.problems(platform, Wish(name="x", kind="folder", location=location), None)
    assert [refusal.field_name for refusal in found] == ["location"]
    assert refusals() == ["folder"]


def test_no_folder_at_all_is_nothing_to_report(folder, platform) -> None:
    found = wishes.problems(platform, Wish(name="x", kind="folder", location=""), None)
    assert [refusal.field_name for refusal in found] == ["location"]
    assert refusals() == []


def test_a_link_that_leads_a_folder_out_is_refused(folder, platform, settings) -> None:
    settings.FOLDERS = [folder]
    (folder / "out").symlink_to("/etc")
    found = wishes.problems(platform, Wish(name="x", kind="folder", location=f"{folder}/out"), None)
    assert "does not lie below" in str(found[0])


def test_everything_that_is_wrong_is_said_at_once_each_at_its_field(site, platform) -> None:
    wish = Wish(name="x", kind="json", location="http://localhost/", audience="region", interval_minutes=1,
                settings={"items": "a[", "fields": {"title": "]"}}, auth=Auth(header="Cookie"),
                secret="a\nb")  # fmt: skip
    found = {refusal.field_name for refusal in wishes.problems(platform, wish, None)}
    assert found == {"location", "audience_region", "interval_minutes", "items", "fields", "header", "secret"}
