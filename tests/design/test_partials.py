from dataclasses import dataclass
from datetime import date

from django.core.paginator import Paginator
from django.template.loader import render_to_string
from django.test import RequestFactory

from careerforge.design.parts import Source
from tests.design.page import rendered


@dataclass(frozen=True)
class Run:
    state: str = "running"
    stage: str = "Collect sources"
    progress: float = 0.5
    error: str = ""
    error_id: str = ""


STAGES = ("Read your profile", "Collect sources", "Write the steps")
TAG = '{% job_progress run stages "/tasks/1/" "/" as job %}{% include "_stages.html" %}'


def test_a_running_job_asks_again_soon_and_offers_a_refresh_without_script():
    page = rendered(TAG, run=Run(), stages=STAGES)
    assert 'hx-get="/tasks/1/" hx-trigger="load delay:400ms, every 2s" hx-swap="outerHTML"' in page
    assert 'nojs-only" href="/tasks/1/"' in page


def test_a_running_job_marks_what_is_done_and_what_is_now():
    page = rendered(TAG, run=Run(), stages=STAGES)
    assert page.count('<li class="done"') == 1
    assert page.count('<li class="now" aria-current="step"') == 1
    assert page.count('<li class="todo"') == 1


def test_a_finished_job_stops_asking_and_leads_on():
    page = rendered(TAG, run=Run("done", "", 1), stages=STAGES)
    assert "hx-get" not in page
    assert page.count('<li class="done"') == 3
    assert "Show the result" in page


def test_a_failed_job_stops_asking_and_says_why():
    page = rendered(TAG, run=Run("failed", error="The budget is used up.", error_id="7C40"), stages=STAGES)
    assert "hx-get" not in page
    assert "The budget is used up. Reference 7C40" in page


def test_sources_are_numbered_targets_with_date_and_quote():
    source = Source(
        "Role profile", "s1", "Job architecture, version 7", date(2026, 10, 2), quote="One pipeline."
    )
    page = render_to_string("_sources.html", {"sources": [source]})
    assert 'id="s1"' in page
    assert "<q" in page
    assert "2 Oct 2026" in page


def test_pages_keep_the_rest_of_the_query():
    request = RequestFactory().get("/console/?q=heron&page=2")
    page = render_to_string("_pagination.html", {"page": Paginator(range(60), 25).get_page(2)}, request)
    assert "26 to 50 of 60" in page
    assert "?q=heron&amp;page=1" in page
    assert "?q=heron&amp;page=3" in page


def test_a_stacking_table_repeats_each_head_at_its_cells():
    rows = [["20 Nov", "Coach"]]
    page = render_to_string("_table.html", {"caption": "Looks", "heads": ["When", "Who"], "rows": rows})
    assert '<th scope="row">20 Nov</th><td data-l="Who">Coach</td>' in page
