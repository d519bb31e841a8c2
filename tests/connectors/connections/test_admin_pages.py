"""The administration's pages of connections: a form that says what is wrong where, a test, progress,
history.
"""

import re
from datetime import timedelta
from html import unescape

import pytest
from django.db import connection as database
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from careerforge.governance.models import AuditEvent
from careerforge.jobs.models import JobRun
from careerforge.knowledge.models import Document
from careerforge.tenancy import context
from connectors.models import Connection, SyncProblem, SyncRun
from tests.connectors.connections.site import synchronise

LIST = "/admin/connectors/connection/"
FORM = {
    "name": "News",
    "kind": "feed",
    "location": "http://news.example/feed",
    "about": "market",
    "audience": "everyone",
    "interval_minutes": "60",
    "header": "Authorization",
    "secret": "Bearer abcdef",
}


@pytest.fixture
def browser(platform, signed_in):
    """A platform administrator's."""
    return signed_in(platform)


def words(answer) -> str:
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", answer.text)).split())


def page_of(connection: Connection) -> str:
    return f"{LIST}{connection.pk}/change/"


@pytest.mark.parametrize("kind", ["feed", "json", "folder"])
def test_a_connection_of_each_kind_is_added(browser, site, folder, kind) -> None:
    location = str(folder) if kind == "folder" else FORM["location"]
    answer = browser.post(f"{LIST}add/", {**FORM, "kind": kind, "location": location})
    assert answer.status_code == 302, words(answer)
    added = Connection.objects.get()
    assert (added.name, added.kind, added.location) == ("News", kind, location)
    assert AuditEvent.objects.filter(act="connection.added", object_id=str(added.pk)).count() == 1


def test_an_error_stands_at_its_field_and_nothing_typed_is_lost(browser, site) -> None:
    wrong = {
        "location": "http://localhost/feed?a=1",
        "set_items": "a[",
        "set_fields": "{",
        "interval_minutes": "2",
        "audience": "region",
        "name": "Keep this",
    }
    answer = browser.post(f"{LIST}add/", FORM | wrong | {"kind": "json"})
    assert answer.status_code == 200
    assert not Connection.objects.exists()
    errors = answer.context["adminform"].form.errors
    assert set(errors) == {"location", "set_items", "set_fields", "interval_minutes", "audience_region"}
    assert "private or reserved network" in errors["location"][0]
    for kept in (
        "Keep this",
        "http://localhost/feed?a=1",
        'value="a["',
        'value="2"',
        '<option value="region" selected>',
    ):
        assert kept in unescape(answer.text)
    assert "Bearer abcdef" not in answer.text


def test_a_refused_address_is_on_record(browser, site) -> None:
    browser.post(f"{LIST}add/", FORM | {"location": "http://10.0.0.1/"})
    assert AuditEvent.objects.get(act="connection.refused").detail["code"] == "not_public"


def test_a_name_that_is_taken_is_said_at_the_name(browser, site, connect) -> None:
    connect(name="News")
    errors = browser.post(f"{LIST}add/", FORM).context["adminform"].form.errors
    assert errors == {"name": ["Another connection or collection has this name."]}


def test_the_test_shows_the_first_documents_and_stores_nothing(browser, site) -> None:
    site.feed("Alpha", "Beta", "Gamma", "Delta")
    answer = browser.post(f"{LIST}add/", FORM | {"_test": "1"})
    told = words(answer)
    assert "4 documents could be read." in told
    assert "Gamma" in told
    assert "Delta" not in told
    assert "Bearer abcdef" in site.heads[0]
    assert "Bearer abcdef" not in answer.text
    assert not Connection.objects.exists()
    assert not Document.objects.exists()


def test_the_test_of_a_stored_connection_uses_its_secret_and_changes_nothing(browser, site) -> None:
    browser.post(f"{LIST}add/", FORM)
    site.feed("Alpha")
    stored = Connection.objects.get()
    changed = FORM | {"secret": "", "name": "Other", "location": "http://news.example/x", "_test": "1"}
    answer = browser.post(page_of(stored), changed)
    assert "1 document could be read" in words(answer)
    assert "Bearer abcdef" in site.heads[0]
    stored.refresh_from_db()
    assert stored.name == "News"


def test_the_test_shows_a_reason_and_never_the_body(browser, site) -> None:
    site.fails("403 No")
    answer = browser.post(f"{LIST}add/", FORM | {"_test": "1"})
    assert "refuses access" in words(answer)
    assert "not for your eyes" not in answer.text


def test_the_test_does_not_show_what_is_not_for_everyone(browser, site) -> None:
    site.feed("Alpha")
    answer = browser.post(f"{LIST}add/", FORM | {"audience": "coaches", "_test": "1"})
    assert "1 document could be read." in words(answer)
    assert "Alpha" not in answer.text


@pytest.mark.parametrize(
    "location", ["http://localhost/", "http://127.0.0.1/", "http://wiki.intern/", "http://10.0.0.1/x"]
)
def test_all_forbidden_targets_get_one_message(browser, site, location) -> None:
    errors = (
        browser.post(f"{LIST}add/", FORM | {"location": location, "_test": "1"})
        .context["adminform"]
        .form.errors
    )
    assert list(errors) == ["location"]
    assert "private or reserved network" in errors["location"][0]
    assert site.net.connected == []


def test_trying_out_has_a_limit(browser, site) -> None:
    site.feed("Alpha")
    answers = [words(browser.post(f"{LIST}add/", FORM | {"_test": "1"})) for _ in range(11)]
    assert "Wait a moment" not in answers[9]
    assert "You have tried 10 times" in answers[10]
    assert len(site.heads) == 10


def test_synchronise_now_shows_ones_own_progress_also_when_the_clock_was_first(browser, connect) -> None:
    connection = connect()
    JobRun.objects.create(
        job="connectors.sync", dedup_key=f"connectors.sync:{connection.pk}", state="running"
    )
    assert browser.get(browser.post(f"{LIST}{connection.pk}/sync/").url).status_code == 200


def test_asking_twice_is_asking_once(browser, connect) -> None:
    connection = connect()
    answers = [browser.post(f"{LIST}{connection.pk}/sync/").url for _ in range(2)]
    assert answers[0] == answers[1]
    assert JobRun.objects.filter(job="connectors.sync").count() == 1


def test_what_could_not_be_used_is_listed_by_run_in_pages(browser, connect) -> None:
    connection = connect()
    runs = [
        SyncRun.objects.create(connection=connection, failed=30, finished_at=timezone.now()) for _ in range(2)
    ]
    SyncProblem.objects.bulk_create(
        SyncProblem(run=run, where=f"file-{n:02}.txt", reason="It is broken.")
        for run in runs
        for n in range(30)
    )
    address = f"/admin/connectors/syncproblem/?run__id__exact={runs[0].pk}"
    first, second = words(browser.get(address)), words(browser.get(f"{address}&p=2"))
    assert "file-24.txt" in first
    assert "file-25.txt" not in first
    assert "file-29.txt" in second
    assert (
        f"run__id__exact={runs[0].pk}" in browser.get(f"/admin/connectors/syncrun/{runs[0].pk}/change/").text
    )


def test_pausing_and_resuming(browser, connect) -> None:
    connection = connect()
    for action, paused in (("pause", True), ("resume", False)):
        browser.post(LIST, {"action": action, "_selected_action": [str(connection.pk)]})
        connection.refresh_from_db()
        assert connection.paused is paused


def test_removing_says_how_much_goes_with_it(browser, site, connect, platform) -> None:
    connection = connect()
    site.feed("Alpha", "Beta")
    synchronise(connection)
    assert "News, with 2 documents" in words(browser.get(f"{LIST}{connection.pk}/delete/"))
    browser.post(f"{LIST}{connection.pk}/delete/", {"post": "yes"})
    assert not Connection.objects.exists()
    assert not Document.objects.visible_to(platform).exists()


def test_the_stored_secret_can_be_forgotten(browser, site) -> None:
    browser.post(f"{LIST}add/", FORM)
    stored = Connection.objects.get()
    assert "Forget the stored secret" in words(browser.get(page_of(stored)))
    browser.post(page_of(stored), FORM | {"secret": "", "forget_secret": "on"})
    stored.refresh_from_db()
    assert stored.sealed_secret is None


@pytest.fixture
def addresses(connect):
    """Every page, of a connection with a history."""
    connection = connect(name="Full")

    def grow(rows: int) -> list[str]:
        for number in range(rows):
            other = connect(name=f"Source {Connection.objects.count()}")
            start = timezone.now() - timedelta(hours=number)
            run = SyncRun.objects.create(connection=connection, failed=1, finished_at=start)
            Connection.objects.filter(pk=other.pk).update(newest_run=run)
            SyncProblem.objects.create(run=run, where="a", reason="b")
            external_id, collection = str(Document.objects.count()), connection.collection
            Document.objects.create(
                collection=collection, external_id=external_id, title="x", fetched_at=start
            )
        run = SyncRun.objects.earliest("started_at")
        of_connection = ("change/", "documents/", "delete/")
        return [
            LIST,
            f"{LIST}add/",
            *(f"{LIST}{connection.pk}/{page}" for page in of_connection),
            "/admin/connectors/syncrun/",
            f"/admin/connectors/syncrun/?connection__id__exact={connection.pk}",
            f"/admin/connectors/syncrun/{run.pk}/change/",
            "/admin/connectors/syncproblem/",
            f"/admin/connectors/syncproblem/?run__id__exact={run.pk}",
        ]

    return grow


def queries(browser, address: str) -> int:
    with CaptureQueriesContext(database) as counted:
        assert browser.get(address).status_code == 200, address
    return len(counted)


def test_pages_need_few_queries_however_much_there_is(browser, addresses) -> None:
    # What is kept for the whole process is read before anything is counted.
    for address in addresses(1):
        browser.get(address)
    few = [queries(browser, address) for address in addresses(2)]
    many = [queries(browser, address) for address in addresses(30)]
    assert many == few
    assert max(few) <= 15


def test_another_companys_connection_does_not_exist(browser, connect, other_company, folder) -> None:
    connection = connect()
    foreign = Connection.objects.values_list("pk", flat=True).get()
    with context.organisation(other_company.id):
        theirs = connect(name="Theirs").pk
    assert theirs != foreign == connection.pk
    for address in (f"{theirs}/change/", f"{theirs}/documents/", f"{theirs}/delete/", f"{theirs}/history/"):
        assert browser.get(LIST + address).status_code == 404, address
    assert browser.post(f"{LIST}{theirs}/sync/").status_code == 404
    assert "Theirs" not in browser.get(LIST).text


@pytest.mark.parametrize("who", ["owner", "coach", "manager", "admin_hr", "admin_org", "admin_lnd"])
def test_nobody_else_gets_in(cast, connect, signed_in, who) -> None:
    connection = connect()
    browser = signed_in(getattr(cast, who))
    for address in (
        LIST,
        page_of(connection),
        f"{LIST}{connection.pk}/documents/",
        "/admin/connectors/syncproblem/",
    ):
        assert browser.get(address).status_code in (302, 403, 404), address
    assert browser.post(f"{LIST}{connection.pk}/sync/").status_code in (302, 403, 404)
    assert not JobRun.objects.filter(job="connectors.sync").exists()
