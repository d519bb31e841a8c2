"""A limit reached: the rules' result with the sentence and the time of the next slot; over the API 429."""

from datetime import timedelta

import pytest
from django.utils import timezone

from careerforge.gateway.models import Limit
from careerforge.jobs.models import JobRun
from learning.gaps import gap as gaps
from learning.paths import path
from learning.roles import suggestions
from learning.words import limits, worded
from tests.learning.model import MODEL, do, proposal
from tests.learning.test_words_for_roles_and_gaps import words

REFRESH = "/api/v1/learning-path/refresh"
JSON = "application/json"


@pytest.fixture
def client(owner, signed_in, version):
    return signed_in(owner)


@pytest.fixture
def spent(model, offer, owner, senior):
    """The one call of this hour has been made."""
    Limit.objects.create(scope="person", calls=1)
    model.says(proposal(offer))
    do("learning.gap", person=str(owner.id))
    assert len(model.sent) == 1


def test_the_page_says_which_limit_and_from_when_there_is_room(spent, client, owner, version):
    page = client.post("/path/words/ask/", follow=True).text
    assert "as many questions as one person may in an hour" in page
    assert "There is room again from" in page
    assert path.current(owner) == version
    assert not JobRun.objects.filter(job="learning.word_path").exists()


def test_over_the_api_it_is_429_with_the_seconds_to_wait(spent, client):
    answer = client.post(REFRESH, '{"words": true}', content_type=JSON)
    assert answer.status_code == 429
    assert 0 < int(answer["Retry-After"]) <= 3600
    assert answer["Content-Type"] == "application/problem+json"


@pytest.mark.parametrize("result", ["learning-path", "skill-gap", "role-suggestions"])
def test_a_refresh_by_rules_has_no_limit(result, spent, client):
    assert client.post(f"/api/v1/{result}/refresh", content_type=JSON).status_code == 202


def test_with_room_words_are_asked_for_over_the_api(model, offer, client):
    answer = client.post(REFRESH, '{"words": true}', content_type=JSON)
    assert answer.status_code == 202
    assert JobRun.objects.get(pk=answer.json()["task_id"]).job == "learning.word_path"


def test_without_a_model_words_over_the_api_are_refused_with_a_sentence(client):
    answer = client.post(REFRESH, '{"words": true}', content_type=JSON)
    assert answer.status_code == 422
    assert "Your path stays as it is." in answer.json()["detail"]


def test_the_task_of_a_refresh_says_the_limit_and_stores_the_rules_result(spent, owner):
    found = do("learning.suggest", person=str(owner.id)).result or {}
    assert found["stored"]
    assert found["worded"] == 0
    assert "There is room again from" in found["limit"]["sentence"]


def test_the_skills_page_says_it_until_there_is_room_again(spent, owner, client):
    run = do("learning.suggest", person=str(owner.id))
    JobRun.objects.filter(pk=run.pk).update(dedup_key=f"learning.suggest:{owner.id}")
    assert "Everything here is built by rules until then." in client.get("/skills/").text
    hour = timezone.now() + timedelta(hours=1)
    assert limits.of_runs(("learning.suggest",), owner, hour) is None


def test_the_skills_page_says_it_also_while_words_stand(model, owner, client, version):
    now = timezone.now()
    Limit.objects.create(scope="person", calls=1)
    best = suggestions.compare(owner, now.date()).best()
    model.says(words([worded.of_role(gaps.gap(owner, one.role, now.date())) for one in best], "roles"))
    do("learning.suggest", person=str(owner.id))
    run = do("learning.gap", person=str(owner.id))
    JobRun.objects.filter(pk=run.pk).update(dedup_key=f"learning.gap:{owner.id}")
    page = client.get("/skills/").text
    assert MODEL in page
    assert "Words that were written before it stay while they are good" in page


def test_the_companys_day_is_told_as_the_companys(model, owner, client, version):
    Limit.objects.create(scope="organisation", calls=0)
    page = client.post("/path/words/ask/", follow=True).text
    assert "Your company has used its budget for language models today." in page
    assert not model.sent
