from datetime import timedelta

import pytest
from django.utils import timezone

from careerforge.governance.models import AuditEvent
from careerforge.jobs.models import JobRun
from careerforge.people.models import SkillClaim
from careerforge.skills.levels import BELIEVED
from learning.gaps import gap, own_word
from learning.models import Readiness
from learning.paths import path, progress
from tests.learning.test_page_path import queries


@pytest.fixture
def client(heading_for_senior, owner, signed_in):
    return signed_in(owner)


def standing(person, slug):
    return list(SkillClaim.objects.filter(user=person, skill__slug=slug, withdrawn_at__isnull=True))


def say(client, skill="etl-pipelines", level=3, used="still", **headers):
    return client.post("/skills/tell/", {"skill": skill, "level": level, "used": used}, headers=headers)


def test_a_skill_is_told_with_level_and_use_and_counts_as_own_word(client, owner):
    answer = say(client, level=3, used="year")
    assert (answer.status_code, answer.url) == (302, "/skills/#tell")
    (claim,) = standing(owner, "etl-pipelines")
    assert (claim.source, claim.level, claim.confidence) == ("self", 3, BELIEVED["self"])
    assert timedelta(days=150) < timezone.now().date() - claim.evidence_on < timedelta(days=210)
    assert claim.evidence.get().kind == "statement"
    page = client.get("/skills/").content.decode()
    assert "What you told us" in page
    assert "2 of 5 required skills not told yet." in page


def test_telling_is_one_act_with_its_audit_row_and_its_jobs(client, owner, senior, profile_of):
    before = profile_of(owner).version
    say(client)
    event = AuditEvent.objects.get(act="skill.told")
    assert (event.actor, event.subject, event.detail) == (owner.id, owner.id, {"level": 3})
    assert {run.job for run in JobRun.objects.all()} == {"learning.suggest", "learning.build_path"}
    assert profile_of(owner).version > before
    row = Readiness.objects.latest("day")
    assert row.score == gap.gap(owner, senior, row.day).readiness


def test_saying_the_same_again_is_no_second_word(client, owner):
    for _ in range(2):
        say(client)
    assert len(standing(owner, "etl-pipelines")) == 1
    assert AuditEvent.objects.filter(act="skill.told").count() == 1


def test_a_correction_takes_the_place_of_the_own_word_also_downward(client, owner):
    say(client, "python", 1)
    assert [claim.level for claim in standing(owner, "python")] == [1]
    say(client, "sql", 2)
    assert {claim.source for claim in standing(owner, "sql")} == {"coach", "self"}


def test_taking_back_can_be_undone_and_leaves_others_words_alone(client, owner):
    say(client, "sql", 2)
    answer = client.post("/skills/take-back/", {"skill": "sql"})
    assert [claim.source for claim in standing(owner, "sql")] == ["coach"]
    page = client.get(answer.url.split("#")[0]).content.decode()
    assert "SQL at level 2 is taken back" in page
    undo = page.split('class="note" method="post" action="')[1].split('"')[0]
    assert client.post(undo).status_code == 302
    assert len(standing(owner, "sql")) == 2
    acts = AuditEvent.objects.filter(act__startswith="skill.").order_by("id").values_list("act", flat=True)
    assert list(acts) == ["skill.told", "skill.taken_back", "skill.put_back"]


def test_what_was_told_since_stands_against_an_undo(client, owner, taxonomy, now):
    claim = own_word.tell(owner, taxonomy.skills["sql"], 2, "still", now)
    own_word.take_back(owner, taxonomy.skills["sql"], now)
    own_word.tell(owner, taxonomy.skills["sql"], 3, "still", now)
    assert own_word.put_back(owner, claim.pk, now) is None
    assert own_word.taken_back(owner, claim.pk, now + timedelta(days=2)) is None


def test_nobody_puts_back_the_word_of_another(client, teammate, taxonomy, now):
    claim = own_word.tell(teammate, taxonomy.skills["sql"], 2, "still", now)
    own_word.take_back(teammate, taxonomy.skills["sql"], now)
    assert client.post(f"/skills/put-back/{claim.pk}/").status_code == 404


def test_a_finished_step_is_taken_back_on_the_path_and_not_here(client, owner, step_of, now):
    progress.finish(owner, step_of("etl-pipelines"), now)
    client.post("/skills/take-back/", {"skill": "etl-pipelines"})
    assert len(standing(owner, "etl-pipelines")) == 1
    page = client.get("/skills/").content.decode()
    assert "Finished, waiting to be confirmed" in page


@pytest.mark.parametrize("wrong", [{"level": "6"}, {"level": ""}, {"used": "never"}])
def test_an_incomplete_answer_comes_back_with_words(client, owner, wrong):
    answer = say(client, **wrong)
    assert answer.status_code == 422
    assert "answer" in answer.content.decode()
    assert not standing(owner, "etl-pipelines")


def test_a_skill_nobody_knows_is_not_found(client):
    assert say(client, "basket-weaving").status_code == 404


def test_a_skill_is_found_by_part_of_its_name_and_opened_without_script(client):
    found = client.get("/skills/?find=queue").content.decode()
    assert "?tell=message-queues#tell" in found
    form = client.get("/skills/?tell=message-queues").content.decode()
    assert 'name="level" value="3"' in form
    assert "No skill is called “xyzzy” here." in client.get("/skills/?find=xyzzy").content.decode()


def test_a_row_not_told_yet_offers_to_tell(client):
    page = client.get("/skills/").content.decode()
    assert 'href="?tell=etl-pipelines#tell"' in page


def test_a_swapped_part_equals_the_one_of_a_fresh_page(client):
    htmx = {"HX-Request": "true", "HX-Target": "tell"}
    swapped = client.get("/skills/?tell=sql", headers=htmx).content.decode().strip()
    assert swapped.startswith('<section class="card" id="tell"')
    fresh = client.get("/skills/?tell=sql").content.decode()
    assert swapped.split("csrfmiddlewaretoken")[0] in fresh
    whole = say(client, "sql", 3, **{"HX-Request": "true", "HX-Target": "skills"}).content.decode().strip()
    assert whole.startswith('<div id="skills">')
    assert "SQL is noted at level 3" in whole


@pytest.mark.parametrize("query", ["", "?find=s", "?tell=message-queues", "?tell=sql"])
def test_fifteen_queries_are_enough_whatever_is_asked(client, owner, now, query):
    path.ensure(owner, now)
    assert queries(lambda: client.get(f"/skills/{query}")) <= 15


def test_who_told_nothing_is_asked_for_it_and_gets_no_figure(teammate, signed_in, taxonomy, now):
    client = signed_in(teammate)
    path.ensure(teammate, now)
    page = client.get("/skills/").content.decode()
    assert "We know none of the skills that this role asks for yet." in page
    assert "0 of the 0" not in page
    assert "% match" not in page
    way = client.get("/").content.decode()
    assert "You have not chosen a target, and we know none of your skills yet." in way
    assert "% match" not in way
    client.post("/path/keep/")
    assert "You have not chosen a target" not in client.get("/").content.decode()
