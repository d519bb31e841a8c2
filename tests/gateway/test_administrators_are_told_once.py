from datetime import timedelta

import pytest
from django.utils import translation
from django.utils.functional import lazy

from careerforge.gateway import breakers
from careerforge.gateway.models import Limit, Notice
from careerforge.gateway.models.limits import Scope
from careerforge.gateway.models.notices import SENTENCES
from tests.gateway.conftest import NOW
from tests.gateway.wire import GOOD, prompt


@pytest.mark.parametrize(("status", "kind"), [(401, "bad_key"), (402, "out_of_money")])
def test_of_a_key_or_a_credit_once_for_each_time_it_goes(road, wire, status, kind):
    wire.fails(status)
    for hours in (0, 1, 7, 14):
        road(NOW + timedelta(hours=hours)).ask(prompt())
    notice = Notice.objects.get(key__startswith="anthropic")
    assert notice.kind == kind
    assert "Anthropic" in notice.text
    assert NOW <= notice.at < NOW + timedelta(hours=1)
    assert notice.seen_at is None
    breakers.close("anthropic")
    road(NOW + timedelta(hours=20)).ask(prompt())
    assert Notice.objects.filter(key__startswith="anthropic").count() == 2


def test_of_a_model_that_is_gone_by_its_name(road, wire):
    wire.fails(404)
    for minutes in range(3):
        road(NOW + timedelta(minutes=minutes)).ask(prompt())
    assert "claude-haiku-4-5" in Notice.objects.get(kind="model_gone", key__startswith="anthropic").text


def test_a_passing_failure_is_no_news(road, wire):
    wire.fails(418)
    road().ask(prompt())
    assert not Notice.objects.exists()


@pytest.mark.parametrize("scope", [Scope.TEAM, Scope.ORGANISATION])
def test_at_four_fifths_of_a_limit_once_in_its_time(road, wire, scope):
    Limit.objects.create(scope=scope, calls=5)
    wire.message(GOOD)
    for calls in range(1, 6):
        road().ask(prompt())
        assert Notice.objects.count() == (calls >= 4)
    notice = Notice.objects.get()
    assert notice.kind == "limit"
    assert NOW <= notice.at < NOW + timedelta(hours=1)
    later = NOW + timedelta(days=1)
    for _ in range(4):
        road(later).ask(prompt())
    assert Notice.objects.count() == 2


def test_money_and_tokens_count_as_they_were_used_and_not_as_they_might_have_been(road, wire):
    wire.message(GOOD)
    road().ask(prompt())
    Limit.objects.create(scope=Scope.TEAM, tokens=1000)
    road().ask(prompt(max_tokens=600))
    assert not Notice.objects.exists()


def test_of_a_persons_limit_nobody_else_is_told(road, wire):
    Limit.objects.create(scope=Scope.PERSON, calls=1)
    wire.message(GOOD)
    road().ask(prompt())
    assert not Notice.objects.exists()


def test_in_the_words_of_whoever_reads_it(road, wire, monkeypatch):
    wire.fails(401)
    with translation.override("de"):
        road().ask(prompt())
    told = lazy(lambda: f"{translation.get_language()}: %(provider)s", str)()
    monkeypatch.setitem(SENTENCES, (Notice.Kind.KEY, ""), told)
    notice = Notice.objects.get(key__startswith="anthropic")
    for language in ("en", "fr"):
        with translation.override(language):
            assert notice.text == f"{language}: Anthropic"
