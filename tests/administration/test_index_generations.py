"""The page of index generations: how far each is, compared, switched to and back; it asks first."""

import re
from collections.abc import Callable
from html import unescape
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from careerforge.governance.models import AuditEvent
from careerforge.jobs.models import JobRun
from careerforge.jobs.running import run
from careerforge.knowledge.index import generations, indexing
from careerforge.knowledge.models import ChunkVector, Collection, IndexGeneration
from careerforge.knowledge.search.retrieval import search
from careerforge.people.models import User
from tests.knowledge.conftest import NOW, as_owner, collection, generation, hashing, stored
from tests.knowledge.test_generations import Useless, change, documents, live

__all__ = ["as_owner", "change", "collection", "documents", "generation", "hashing", "live"]

LIST = "/admin/knowledge/indexgeneration/"
# There is no golden set, so nothing is proven.
WHY = {"reason": "The comparison is good enough."}
State = IndexGeneration.State
Change = Callable[[Any], IndexGeneration]


@pytest.fixture
def browser(admin_platform: User, signed_in: Callable[[User], Client]) -> Client:
    """A platform administrator's."""
    return signed_in(admin_platform)


def words(answer: Any) -> str:
    assert answer.status_code == 200
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", answer.text)).split())


def work() -> None:
    for job in JobRun.objects.filter(state="queued", job__startswith="knowledge."):
        run(str(job.pk), str(job.organisation_id))


@pytest.fixture
def beside(live: IndexGeneration, change: Change) -> IndexGeneration:
    """A worse one that is being built; nothing of it is there yet."""
    return change(Useless)


def test_the_progress_is_counted_and_moves_by_itself(browser: Client, beside: IndexGeneration) -> None:
    page = browser.get(LIST)
    assert "0 of 70" in words(page)
    assert "70 are found by their words only there" in words(page)
    assert 'hx-trigger="load delay:2s, every 5s"' in page.text
    indexing.index_pending()
    part = browser.get(LIST, headers={"HX-Request": "true"})
    assert "<html" not in part.text
    assert words(part).count("70 of 70") == 2
    JobRun.objects.all().delete()
    assert "hx-get" not in browser.get(LIST, headers={"HX-Request": "true"}).text


def test_it_asks_first_and_looking_changes_nothing(browser: Client, beside: IndexGeneration) -> None:
    asked = words(browser.get(f"{LIST}{beside.pk}/switch/"))
    assert "Let all searches use this generation from now on?" in asked
    assert "70 of 70 passages of your company are not in it yet" in asked
    assert "Compared with the live one: Not yet" in asked
    assert generations.live() != beside


def test_a_comparison_is_a_job_whose_figures_appear(browser: Client, beside: IndexGeneration) -> None:
    indexing.index_pending()
    told = words(browser.post(f"{LIST}{beside.pk}/compare/", follow=True))
    assert "Asking both the same questions" in told
    work()
    told = words(browser.get(LIST))
    assert re.search(r"Right passage in the first ten: \d+%, live \d+%", told)
    assert "It finds less, so it waits for a person to decide." in told
    assert AuditEvent.objects.filter(act="generation.compared").count() == 1


def test_a_person_switches_and_switches_back(
    browser: Client, beside: IndexGeneration, live: IndexGeneration, owner: User, admin_platform: User
) -> None:
    indexing.index_pending()
    before = search(owner, "backfills", now=NOW)
    browser.post(f"{LIST}{beside.pk}/switch/", WHY)
    assert generations.live() == beside
    back = browser.post(f"{LIST}{live.pk}/switch/", WHY, follow=True)
    assert "Searches use this generation now." in words(back)
    assert generations.live() == live
    assert search(owner, "backfills", now=NOW) == before
    noted = AuditEvent.objects.filter(act="generation.switched").order_by("at")
    assert [row.object_id for row in noted] == [str(beside.pk), str(live.pk)]
    assert {(row.actor, row.actor_kind) for row in noted} == {(admin_platform.pk, "admin-platform")}
    assert {row.reason for row in noted} == {WHY["reason"]}


def test_without_proof_it_takes_a_reason(browser: Client, beside: IndexGeneration) -> None:
    told = words(browser.get(f"{LIST}{beside.pk}/switch/"))
    assert "Not proven. No golden question" in told
    browser.post(f"{LIST}{beside.pk}/switch/")
    browser.post(f"{LIST}{beside.pk}/switch/", {"reason": "so"})
    assert generations.live() != beside


def test_building_is_stopped_and_taken_up_again(
    browser: Client, beside: IndexGeneration, live: IndexGeneration
) -> None:
    browser.post(f"{LIST}{beside.pk}/stop/")
    work()
    assert not ChunkVector.objects.filter(generation=beside).exists()
    browser.post(f"{LIST}{beside.pk}/build/")
    work()
    assert ChunkVector.objects.filter(generation=beside).count() == 70
    beside.refresh_from_db()
    # It finds less, so that it still waits for a person.
    assert (beside.state, generations.live()) == (State.BUILDING, live)
    assert set(AuditEvent.objects.filter(act__startswith="generation.").values_list("act", flat=True)) == {
        "generation.put_aside", "generation.taken_up",
    }  # fmt: skip


def test_the_second_of_two_clicks_does_nothing(browser: Client, beside: IndexGeneration) -> None:
    browser.post(f"{LIST}{beside.pk}/stop/")
    assert "nothing was done" in words(browser.post(f"{LIST}{beside.pk}/stop/", follow=True))
    assert AuditEvent.objects.filter(act="generation.put_aside").count() == 1


def test_the_live_one_has_nothing_to_be_done_with(browser: Client, live: IndexGeneration) -> None:
    told = words(browser.post(f"{LIST}{live.pk}/switch/", WHY, follow=True))
    assert "nothing was done" in told
    assert browser.get(f"{LIST}{live.pk + 999}/switch/").status_code == 404


@pytest.mark.parametrize("who", ["owner", "coach", "manager", "admin_hr", "admin_org", "admin_lnd"])
def test_nobody_else_gets_in(cast: Any, who: str, signed_in: Any, beside: IndexGeneration) -> None:
    other = signed_in(getattr(cast, who))
    assert other.get(LIST).status_code in (302, 403, 404)
    assert other.post(f"{LIST}{beside.pk}/switch/").status_code in (302, 403, 404)
    assert generations.live() != beside


def test_few_queries_however_many_there_are(
    browser: Client, beside: IndexGeneration, collection: Collection
) -> None:
    def queries() -> int:
        browser.get(LIST)
        with CaptureQueriesContext(connection) as counted:
            browser.get(LIST)
        return len(counted)

    few = queries()
    indexing.index_pending()
    stored(collection, "more", "One more.")
    for number in range(20):
        IndexGeneration.objects.create(embedder=f"old-{number}", dimensions=8, state=State.RETIRED)
    assert queries() == few <= 15


@pytest.mark.parametrize("act", ["switch", "build", "stop", "compare"])
def test_of_several_companies_none_chooses_for_the_others(
    browser: Client, beside: IndexGeneration, other_company: Any, act: str
) -> None:
    assert "the operator chooses" in words(browser.get(LIST))
    assert browser.post(f"{LIST}{beside.pk}/{act}/").status_code == 403
    beside.refresh_from_db()
    assert beside.state == State.BUILDING
    assert not AuditEvent.objects.filter(act__startswith="generation.").exists()
