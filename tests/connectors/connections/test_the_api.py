"""The API's connectors: the same as the pages, for a session or a token."""

import pytest
from django.test import Client
from django.utils import timezone

from careerforge.jobs.models import JobRun
from careerforge.jobs.running import run as work
from careerforge.people import scopes, tokens
from careerforge.tenancy import context
from connectors.models import Connection
from tests.connectors.connections.site import synchronise

ROOT = "/api/v1/connectors"
NEWS = {"name": "News", "kind": "feed", "location": "http://news.example/feed"}


@pytest.fixture
def api(platform):
    """Calls with a token of the given scopes."""

    def call(method: str, address: str, data: object = None, *, user=platform, scope=scopes.ALL):
        header = f"Bearer {tokens.make(user, scope, timezone.now(), by=None, days=1)}"
        send = getattr(Client(), method)
        more = {} if data is None else {"data": data, "content_type": "application/json"}
        return send(address, headers={"Authorization": header}, **more)

    return call


def is_problem(answer, status: int) -> bool:
    return answer.status_code == status and answer["Content-Type"] == "application/problem+json"


def test_a_connection_is_added_read_changed_and_removed(api, site) -> None:
    added = api("post", ROOT, NEWS)
    assert added.status_code == 201
    assert added.json()["state"] == "Not synchronised yet"
    one = f"{ROOT}/{added.json()['id']}"
    assert api("get", one).json() == added.json()
    assert api("get", ROOT).json() == {"items": [added.json()], "count": 1}
    changed = api("put", one, NEWS | {"audience": "coaches", "interval_minutes": 5, "paused": True})
    assert (changed.json()["audience"], changed.json()["interval_minutes"], changed.json()["paused"]) == (
        "coaches",
        5,
        True,
    )
    assert api("delete", one).status_code == 204
    assert is_problem(api("get", one), 404)
    assert not Connection.objects.exists()


def test_a_synchronisation_is_asked_for_and_followed(api, site, company) -> None:
    site.feed("Alpha", "Beta")
    one = f"{ROOT}/{api('post', ROOT, NEWS).json()['id']}"
    accepted = api("post", f"{one}/sync")
    assert accepted.status_code == 202
    assert set(accepted.json()) == {"task_id"}
    task = f"/api/v1/tasks/{accepted.json()['task_id']}"
    assert api("get", task).json()["status"] == "queued"
    work(str(JobRun.objects.get().pk), str(company.pk))
    done = api("get", task).json()
    assert done["status"] == "done"
    assert done["progress"] == 1
    assert done["result"]["new"] == 2
    last = api("get", one).json()["last_sync"]
    assert (last["new"], last["failed"], last["suspicious"], last["error"]) == (2, 0, False, "")


def test_a_session_needs_the_csrf_token(platform, signed_in, site) -> None:
    browser = signed_in(platform)
    assert browser.post(ROOT, NEWS, "application/json").status_code == 201
    strict = Client(enforce_csrf_checks=True)
    strict.cookies = browser.cookies
    assert strict.get(ROOT).status_code == 200
    assert is_problem(strict.post(ROOT, NEWS | {"name": "x"}, "application/json"), 403)


def test_nobody_gets_401(company) -> None:
    assert is_problem(Client().get(ROOT), 401)
    assert is_problem(Client().post(ROOT, NEWS, "application/json"), 401)


def test_a_token_needs_the_scope(api) -> None:
    assert is_problem(api("get", ROOT, scope=(scopes.TASKS,)), 403)


@pytest.mark.parametrize("who", ["owner", "coach", "manager", "admin_hr"])
def test_other_people_are_refused(api, cast, connect, who) -> None:
    one, user = f"{ROOT}/{connect().pk}", getattr(cast, who)
    for method, address, data in (
        ("get", ROOT, None),
        ("post", ROOT, NEWS),
        ("get", one, None),
        ("put", one, NEWS),
        ("delete", one, None),
        ("post", f"{one}/sync", None),
    ):
        assert is_problem(api(method, address, data, user=user), 403), (method, address)
    assert Connection.objects.count() == 1
    assert not JobRun.objects.exists()


def test_another_companys_connector_does_not_exist(api, connect, other_company) -> None:
    with context.organisation(other_company.id):
        theirs = f"{ROOT}/{connect(name='Theirs').pk}"
    for method, data in (("get", None), ("put", NEWS), ("delete", None)):
        assert is_problem(api(method, theirs, data), 404), method
    assert is_problem(api("post", f"{theirs}/sync"), 404)
    assert api("get", ROOT).json() == {"items": [], "count": 0}


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"location": "http://127.0.0.1/"}, "location"),
        ({"location": "/etc", "kind": "folder"}, "location"),
        ({"kind": "carrier-pigeon"}, "kind"),
        ({"interval_minutes": 1}, "interval_minutes"),
        ({"audience": "practice", "audience_practice": "no-such"}, "audience_practice"),
        ({"audience": "region"}, "audience_region"),
        ({"items": "a["}, "items"),
        ({"fields": {"title": "]"}}, "fields"),
        ({"header": "Cookie"}, "header"),
        ({"secret": "a\r\nb"}, "secret"),
        ({"name": ""}, "name"),
        ({"name": " "}, "name"),
    ],
)
def test_what_cannot_be_used_is_said_with_its_field(api, site, change, field) -> None:
    answer = api("post", ROOT, NEWS | change)
    assert is_problem(answer, 422), answer.text
    assert [error["pointer"].split("/")[3] for error in answer.json()["errors"]] == [field]
    assert not Connection.objects.exists()


def test_the_same_name_twice_is_refused(api, site) -> None:
    assert api("post", ROOT, NEWS).status_code == 201
    assert is_problem(api("post", ROOT, NEWS), 422)


def test_a_request_that_is_sent_again_adds_nothing(platform, site) -> None:
    header = {"Authorization": f"Bearer {tokens.make(platform, scopes.ALL, timezone.now(), by=None, days=1)}",
              "Idempotency-Key": "once"}  # fmt: skip
    answers = [Client().post(ROOT, NEWS, "application/json", headers=header) for _ in range(2)]
    assert answers[0].json() == answers[1].json()
    assert Connection.objects.count() == 1


def test_the_list_comes_in_pages_with_constant_queries(api, connect, django_assert_max_num_queries) -> None:
    for number in range(30):
        connect(name=f"Source {number:02}")
    with django_assert_max_num_queries(15):
        page = api("get", f"{ROOT}?limit=10&offset=25").json()
    assert page["count"] == 30
    assert [one["name"] for one in page["items"]] == [f"Source {n}" for n in range(25, 30)]


def test_a_connection_is_paused_and_resumed(api, site) -> None:
    one = f"{ROOT}/{api('post', ROOT, NEWS).json()['id']}"
    paused = api("post", f"{one}/pause").json()
    assert (paused["paused"], paused["health"]) == (True, "paused")
    assert api("post", f"{one}/resume").json()["paused"] is False


def test_settings_way_in_and_owner_are_told_and_kept(api, site, platform) -> None:
    more = {
        "kind": "json",
        "settings": {"items": "data.jobs", "complete": True},
        "auth": {"mode": "query", "parameter": "api_key"},
        "secret": "s3cr3t",
    }
    added = api("post", ROOT, NEWS | more)
    assert added.status_code == 201, added.text
    shown = added.json()
    assert shown["settings"] == {"items": "data.jobs", "complete": True}
    assert (shown["items"], shown["owner"]) == ("data.jobs", platform.handle)
    assert (shown["auth"]["mode"], shown["auth"]["parameter"]) == ("query", "api_key")
    assert "s3cr3t" not in added.text
    again = api("put", f"{ROOT}/{shown['id']}", NEWS | {"kind": "json", "name": "Renamed"}).json()
    assert (again["settings"], again["auth"]["mode"], again["has_secret"]) == (
        shown["settings"],
        "query",
        True,
    )


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"settings": {"no_such": 1}}, "no_such"),
        ({"settings": {"complete": "yes"}}, "complete"),
        ({"settings": {"size": 10**9}}, "size"),
        ({"settings": {"paging": "sideways"}}, "paging"),
        ({"settings": {"fields": {"title": 1}}}, "fields"),
        ({"auth": {"mode": "basic"}}, "user"),
        ({"owner": "Nobody Anywhere 1234"}, "owner"),
    ],
)
def test_a_setting_that_does_not_fit_is_said_with_its_name(api, site, change, field) -> None:
    answer = api("post", ROOT, NEWS | {"kind": "json"} | change)
    assert is_problem(answer, 422), answer.text
    assert field in {error["pointer"].split("/")[3] for error in answer.json()["errors"]}


def test_syncs_and_sources_are_listed(api, site) -> None:
    site.feed("Alpha", "Beta")
    added = api("post", ROOT, NEWS).json()
    synchronise(Connection.objects.get(pk=added["id"]))
    one = f"{ROOT}/{added['id']}"
    assert [(sync["new"], sync["error"]) for sync in api("get", f"{one}/syncs").json()["items"]] == [(2, "")]
    place = api("get", f"{one}/sources").json()["items"][0]
    assert (place["where"], place["state"], place["entries"]) == ("http://news.example/feed", "well", 2)
    assert api("get", one).json()["health"] == "well"
