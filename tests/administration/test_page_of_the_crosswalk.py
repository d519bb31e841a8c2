from datetime import UTC, datetime
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from careerforge.administration.tasks import SUGGEST
from careerforge.jobs import running
from careerforge.jobs.models import JobRun
from careerforge.skills.crosswalk.suggesting import SAME_ALIAS
from careerforge.skills.models import Concept, Framework, Label, Mapping, Skill

NOW = datetime(2026, 11, 1, tzinfo=UTC)
LIST, DECIDE = "/admin/skills/mapping/", "/admin/skills/mapping/decide/"


@pytest.fixture
def framework(company):
    return Framework.objects.create(
        scheme="esco", key="esco", title="ESCO", version="1.2", languages=["en"], changed_at=NOW,
        attribution="By the Commission.", licence="Reuse", licence_url="https://licence.example/",
    )  # fmt: skip


def suggest(framework, own, name: str, score: float = 0.8, **values) -> Mapping:
    side = "skill" if isinstance(own, Skill) else "role"
    kind = "skill" if side == "skill" else "occupation"
    concept = Concept.objects.create(framework=framework, kind=kind, external_id=str(uuid4()), name=name)
    Label.objects.create(concept=concept, language="en", kind="preferred", text=name)
    return Mapping.objects.create(concept=concept, score=score, **{side: own}, **values)


@pytest.fixture
def client(admin_org, signed_in):
    return signed_in(admin_org)


def text(response) -> str:
    return " ".join(response.content.decode().split())


def test_without_a_framework_it_says_how_one_comes(taxonomy, client) -> None:
    assert "import_taxonomy" in text(client.get(LIST))


def test_suggestions_are_shown_with_who_they_are_from(taxonomy, framework, client) -> None:
    suggest(framework, taxonomy.skills["sql"], "query relational stores", 0.7)
    suggest(framework, taxonomy.skills["sql"], "use SQL", 1.0)
    said = text(client.get(LIST))
    assert "use SQL" in said
    assert "and 1 other" in said
    assert "same name" in said
    assert "By the Commission." in said
    assert "https://licence.example/" in said


def test_our_other_names_are_told_from_our_name(taxonomy, framework, client) -> None:
    suggest(framework, taxonomy.skills["sql"], "query language", SAME_ALIAS)
    said = text(client.get(LIST))
    assert "one of our other names" in said
    assert "same name" not in said


def test_before_the_first_suggestion_it_says_so(taxonomy, framework, client) -> None:
    said = text(client.get(LIST))
    assert "Nothing of this framework has been suggested" in said
    assert "Look for suggestions</button>" in said
    suggest(framework, taxonomy.skills["sql"], "use SQL")
    said = text(client.get(LIST))
    assert "Nothing of this framework" not in said
    assert "Look for suggestions anew</button>" in said


def test_states_and_search_choose_rows(taxonomy, framework, client) -> None:
    suggest(framework, taxonomy.skills["sql"], "use SQL")
    suggest(framework, taxonomy.skills["python"], "use snakes", state="confirmed", decided_at=NOW)
    suggest(framework, taxonomy.roles["data-analyst"], "analyst of data")

    def shown(query: str) -> set[str]:
        response = client.get(f"{LIST}?{query}")
        return {line.name for line in response.context["lines"]}

    assert shown("") == {"SQL"}
    assert shown("state=confirmed") == {"Python"}
    assert len(shown("state=unmapped")) == len(taxonomy.skills) - 2
    assert shown("state=&q=snakes") == {"Python"}
    assert shown("side=role&state=suggested") == {"Data analyst"}
    assert shown("side=nonsense&framework=x&state=odd&page=99") == {s.name for s in taxonomy.skills.values()}


def test_confirm_reject_and_undo(taxonomy, framework, client) -> None:
    one = suggest(framework, taxonomy.skills["sql"], "use SQL")
    here = f"{LIST}?state=suggested"
    response = client.post(DECIDE, {"confirm": str(one.pk), "next": here})
    assert response["Location"] == here
    one.refresh_from_db()
    assert (one.state, one.decided_by) == ("confirmed", response.wsgi_request.user.pk)
    client.post(DECIDE, {"undo": str(one.pk)})
    one.refresh_from_db()
    assert (one.state, one.decided_by) == ("suggested", None)
    client.post(DECIDE, {"reject": str(one.pk)})
    one.refresh_from_db()
    assert one.state == "rejected"


def test_what_is_ticked_is_confirmed_at_once(taxonomy, framework, client) -> None:
    rows = [suggest(framework, taxonomy.skills[slug], f"use {slug}") for slug in ("sql", "python")]
    client.post(DECIDE, {"confirm": "ticked", "mapping": [str(row.pk) for row in rows]})
    assert Mapping.objects.filter(state="confirmed").count() == 2


@pytest.mark.parametrize("values", [{}, {"confirm": "x"}, {"confirm": "ticked", "mapping": "\0"}])
def test_odd_decisions_are_not_found(taxonomy, framework, client, values) -> None:
    assert client.post(DECIDE, values).status_code == 404


def test_it_leads_to_our_own_pages_only(taxonomy, framework, client) -> None:
    one = suggest(framework, taxonomy.skills["sql"], "use SQL")
    for there in ("https://elsewhere.example/", "//elsewhere.example/admin/skills/", "/console/"):
        assert client.post(DECIDE, {"confirm": str(one.pk), "next": there})["Location"] == LIST


def test_another_is_found_by_hand(taxonomy, framework, client) -> None:
    sql = taxonomy.skills["sql"]
    suggest(framework, taxonomy.skills["python"], "ask relational databases")
    page = f"{LIST}skill/{sql.pk}/"
    said = client.get(f"{page}?find=relational")
    concept = said.context["found"][0][0]
    assert "This is it" in text(said)
    client.post(f"{page}choose/", {"concept": concept.pk, "next": page})
    assert Mapping.objects.get(skill=sql).state == "confirmed"
    assert "Confirmed" in text(client.get(page))
    assert client.post(f"{page}choose/", {"concept": "9" * 12}).status_code == 404


def test_names_from_a_publisher_are_text(taxonomy, framework, client) -> None:
    one = suggest(framework, taxonomy.skills["sql"], "<script>alert(1)</script>")
    for page in (LIST, f"{LIST}skill/{one.skill_id}/"):
        assert "<script>alert" not in text(client.get(page))


def test_suggestions_come_from_a_job(taxonomy, framework, client, company) -> None:
    suggest(framework, taxonomy.skills["python"], "SQL").delete()
    client.post(f"{LIST}suggest/{framework.pk}/", {"next": LIST})
    client.post(f"{LIST}suggest/{framework.pk}/", {"next": LIST})
    run = JobRun.objects.get(job=SUGGEST)
    assert "Suggestions are being looked for" in text(client.get(LIST))
    running.run(str(run.pk), str(company.pk))
    run.refresh_from_db()
    assert run.state == "done", run.error
    assert Mapping.objects.get(skill=taxonomy.skills["sql"]).concept.name == "SQL"


@pytest.mark.parametrize("kind", ["admin_hr", "admin_platform", "admin_lnd", "coach", "owner"])
def test_nobody_else_has_it(cast, framework, signed_in, kind) -> None:
    client = signed_in(getattr(cast, kind))
    for address in (LIST, f"{LIST}skill/{uuid4()}/", "/admin/skills/release/", "/admin/skills/framework/"):
        assert client.get(address).status_code in (302, 403, 404)
    assert client.post(DECIDE, {"confirm": str(uuid4())}).status_code in (302, 403, 404)


def test_few_queries_however_many_rows(taxonomy, framework, client) -> None:
    def queries(address: str) -> int:
        assert client.get(address).status_code == 200
        with CaptureQueriesContext(connection) as captured:
            client.get(address)
        return len(captured)

    sql = taxonomy.skills["sql"]
    suggest(framework, sql, "use SQL")
    pages = (LIST, f"{LIST}skill/{sql.pk}/?find=use", "/admin/skills/framework/")
    before = [queries(page) for page in pages]
    for n in range(30):
        skill = Skill.objects.create(slug=f"s-{n}", name=f"Skill {n}")
        suggest(framework, skill, f"use {n}")
        suggest(framework, sql, f"use it {n}", 0.5)
    assert [queries(page) for page in pages] == before
    assert max(before) <= 15
    assert "Page 1 of 2" in text(client.get(LIST))
