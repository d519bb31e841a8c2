"""What looks like a program in a document or a question is shown as it was written, and never runs."""

from collections.abc import Callable
from pathlib import Path

from django.utils import timezone
from playwright.sync_api import Page, expect

from careerforge.knowledge.documents.incoming import Incoming
from careerforge.knowledge.documents.store import store
from careerforge.knowledge.models import Collection
from careerforge.skills.models import Role
from tests.browser.conftest import Site
from tests.browser.test_a_coach_asks import open_person

HOSTILE = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(2)>",
    "<svg/onload=alert(3)>",
    "<iframe src=javascript:alert(4)></iframe>",
    '"><body onload=alert(5)>',
    '<a href="javascript:alert(6)">Batch orchestration</a>',
    "{{ 7 }}{% debug %}",
    "<scr<script>ipt>alert(8)</script>",
    "<img src=https://evil.example/x.png>",
    "[Batch orchestration](javascript:alert(9))",
    "<style>@import 'https://evil.example/y.css';</style>",
    '<template hx-get="/admin/" hx-trigger="load">x</template>',
    "<b hx-on:click=alert(10)>x</b>",
]
DATA = Path(__file__).parent.parent / "connectors" / "data" / "xml_hostile" / "script_in_feed.xml"


def test_a_question_full_of_markup_runs_nothing(window: Callable[..., Page], site: Site) -> None:
    page = window("coach-data-ml")
    open_person(page, site, "emp-data")
    page.get_by_label("Your question").fill(" ".join(HOSTILE))
    page.get_by_role("button", name="Ask").click()
    expect(page.locator("#shown")).to_contain_text("<script>alert(1)</script>")
    page.reload()
    page.wait_for_timeout(200)


def test_a_document_full_of_markup_runs_nothing(window: Callable[..., Page], site: Site) -> None:
    text = "\n\n".join(f"Kotlin counts, because {one} was seen." for one in [*HOSTILE, DATA.read_text()])
    item = Incoming(external_id="x", kind="article", title=f"Kotlin {HOSTILE[1]}", text=text)
    with site.rows():
        shelf = Collection.objects.create(name=f"<img src=x onerror=alert(11)> {HOSTILE[0]}")
        document = store(shelf, item, timezone.now()).document
    page = window("coach-data-ml")
    page.goto(f"/documents/{document.pk}/?v=1&start=0&end=60")
    page.wait_for_timeout(200)
    expect(page.locator("article")).to_contain_text("<script>alert(1)</script>")
    open_person(page, site, "emp-data")
    page.get_by_label("Your question").fill("What counts about Kotlin?")
    page.get_by_role("button", name="Ask").click()
    expect(page.locator("#shown")).to_contain_text("Kotlin")
    page.wait_for_timeout(200)


def test_a_role_with_markup_in_its_title_runs_nothing(window: Callable[..., Page], site: Site) -> None:
    with site.rows():
        Role.objects.filter(slug="senior-data-engineer").update(summary=" ".join(HOSTILE))
    page = window("emp-data")
    page.goto("/roles/senior-data-engineer/")
    page.wait_for_timeout(200)
