import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from careerforge.design import words
from careerforge.knowledge.documents.incoming import Incoming
from careerforge.knowledge.documents.store import store
from careerforge.knowledge.models import Collection
from careerforge.people.models import SkillClaim
from learning.models import PathVersion, Step
from learning.paths import path, progress, states


@pytest.fixture
def client(owner, signed_in):
    return signed_in(owner)


def queries(work):
    """The page's own: without savepoints and what follows them in a test."""
    with CaptureQueriesContext(connection) as found:
        work()
    of_the_test = ("SAVEPOINT", "RELEASE", "SELECT set_config")
    return 1 + sum(not query["sql"].startswith(of_the_test) for query in found.captured_queries)


def body(client, address="/", **headers):
    return client.get(address, headers=headers).content.decode()


def post(client, step, do, reason="", **headers):
    return client.post(f"/path/steps/{step.pk}/", {"do": do, "reason": reason}, headers=headers)


def test_it_says_where_i_am_where_i_go_and_what_comes_next(client, version):
    page = body(client)
    assert "Data analyst" in page
    assert "Senior data engineer" in page
    assert "Next step" in page
    assert "You are here" in page
    assert all(node.title in page for node in version.nodes.all())


def test_the_chosen_step_says_why_it_is_there_with_source_and_date(client, version, step_of):
    page = body(client, f"/?step={step_of('python').pk}")
    panel = page[page.index("<aside") : page.index("</aside>")]
    assert "Senior data engineer asks for Python at level 4." in panel
    assert 'id="s1"' in panel
    assert "Role profile: Senior data engineer" in panel


def test_a_quoted_reason_opens_the_version_it_was_taken_from(client, company, heading_for_senior, now):
    text = "A senior data engineer is asked for Python first."
    shelf = Collection.objects.create(name="Library")
    store(shelf, Incoming(external_id="1", kind="ladder", title="Ladder", text=text, published_at=now), now)
    path.ensure(heading_for_senior, now)
    step = Step.objects.get(skill__slug="python", type="skill")
    page = body(client, f"/?step={step.pk}")
    assert f"?v=1&amp;start=0&amp;end={len(text)}#quote" in page


def test_who_has_no_path_builds_one_with_a_click(client, owner):
    assert "Build my path" in body(client)
    assert not PathVersion.objects.exists()
    assert client.post("/path/build/").status_code == 302
    assert PathVersion.objects.count() == 1
    assert "Next step" in body(client)


def test_a_coach_is_led_to_their_own_portal(coach, signed_in):
    assert signed_in(coach).get("/").url == "/console/"


@pytest.mark.parametrize("address", ["/?step=banana", "/?step=00000000-0000-0000-0000-000000000000"])
def test_a_step_that_does_not_exist_shows_the_next_one(client, version, address):
    assert body(client, address).count('aria-current="true"') == 1


def test_starting_finishing_and_putting_back_shows_at_once(client, step_of):
    step = step_of("python")
    for do, word in (("start", "In progress"), ("finish", "Done"), ("reopen", "Ready to start")):
        answer = post(client, step, do)
        assert answer.status_code == 302
        assert answer.url == f"/?step={step.pk}#panel"
        panel = body(client, answer.url)
        assert word in panel[panel.index("<aside") : panel.index("</aside>")]


def test_a_step_is_skipped_with_a_reason_and_never_without(client, step_of):
    step = step_of("python")
    refused = post(client, step, "skip")
    assert refused.status_code == 422
    assert "Choose a reason" in refused.content.decode()
    post(client, step, "skip", "known")
    step.refresh_from_db()
    assert (step.status, step.skip_reason) == ("skipped", "known")
    assert "I already do this at work" in body(client)


def test_a_refused_skip_is_told_at_the_top_and_leads_to_the_panel(client, step_of):
    page = post(client, step_of("python"), "skip").content.decode()
    assert "Choose a reason" in page[: page.index("<h1")]
    assert f'action="/path/steps/{step_of("python").pk}/#panel"' in page


def test_a_locked_step_says_what_comes_first_and_is_not_marked_done(client, step_of):
    step = step_of("etl-pipelines")
    page = body(client, f"/?step={step.pk}")
    panel = page[page.index("<aside") : page.index("</aside>")]
    assert "This comes first: Python." in panel
    assert "Mark done" not in panel
    assert panel.count("Needs Python") == 1
    for data in ({"do": "finish"}, {"do": "start"}):
        answer = client.post(f"/path/steps/{step.pk}/", data, follow=True)
        assert "This comes first: Python. Finish it, or skip it." in answer.content.decode()
    client.post(f"/path/steps/{step.pk}/", {"do": "start", "anyway": "1"})
    step.refresh_from_db()
    assert step.status == "in_progress"


def test_the_sentence_at_the_top_says_the_figures_below_it(client, version, owner, step_of, now):
    progress.skip(owner, step_of("giving-feedback"), "no_time", now)
    page = body(client)
    way = states.way(path.stops(version))
    assert f"{len(way.steps)} steps to Senior data engineer" in page
    assert f"about {words.hours(way.hours)}." in page
    assert f"of {words.hours(way.hours)}" in page


def test_the_chosen_view_of_the_map_is_kept(client, version):
    assert 'id="as-list" checked' not in body(client)
    client.cookies["view"] = "list"
    assert 'id="as-list" checked' in body(client)


def test_a_level_line_says_its_figures(client, version, step_of):
    page = body(client, f"/?step={step_of('python').pk}")
    panel = page[page.index("<aside") : page.index("</aside>")]
    assert "Level 4 asked for" in panel
    assert "Level 1 on" in panel


def test_a_double_click_is_one_act(client, step_of):
    step = step_of("python")
    for _ in range(2):
        assert post(client, step, "finish").status_code == 302
    assert SkillClaim.objects.filter(skill=step.skill, level=4).count() == 1


def test_a_swapped_page_equals_a_fresh_one(client, step_of):
    step = step_of("python")
    swapped = post(client, step, "start", **{"HX-Request": "true", "HX-Target": "route"}).content.decode()
    fresh = body(client, f"/?step={step.pk}")
    assert without_tokens(swapped[swapped.index('<section class="card cf-journey') :]) in without_tokens(
        fresh
    )


def test_a_swapped_panel_equals_the_one_of_a_fresh_page(client, step_of):
    address = f"/?step={step_of('etl-pipelines').pk}"
    swapped = body(client, address, **{"HX-Request": "true", "HX-Target": "panel"}).strip()
    assert swapped.startswith("<aside")
    assert without_tokens(swapped) in without_tokens(body(client, address))


def without_tokens(page):
    """A fresh token for forms is in every answer."""
    parts = page.split('name="csrfmiddlewaretoken" value="')
    return "".join([parts[0], *(part.split('"', 1)[1] for part in parts[1:])]).strip()


def test_nobody_elses_step_can_be_touched(client, teammate):
    step = Step.objects.create(user=teammate, key="skill:sql:3", type="skill")
    assert post(client, step, "start").status_code == 404
    step.refresh_from_db()
    assert step.status == "todo"


def test_other_roles_that_fit_are_shown_although_nothing_is_stored(client, version):
    page = body(client)
    assert "Where else you could go" in page
    assert "Data engineer" in page
    assert "% match" in page


def test_fifteen_queries_are_enough_however_many_claims_and_steps_there_are(
    client, version, owner, taxonomy, now
):
    few = queries(lambda: client.get("/"))
    for skill in taxonomy.skills.values():
        SkillClaim.objects.create(
            user=owner, skill=skill, level=2, source="self", confidence=0.5, evidence_on=now.date()
        )
    assert queries(lambda: client.get("/")) == few <= 15
