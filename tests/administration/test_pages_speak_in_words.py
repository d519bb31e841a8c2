from datetime import UTC, datetime

import pytest

from careerforge.assistant.models import HelpContact
from careerforge.gateway.models import Limit, ModelCall

NOW = datetime(2026, 3, 4, 23, 30, tzinfo=UTC)


@pytest.fixture
def platform(signed_in, admin_platform):
    return signed_in(admin_platform)


@pytest.fixture
def hr(signed_in, admin_hr):
    return signed_in(admin_hr)


def call(**changes):
    values = {
        "function": "coaching_chat",
        "provider": "anthropic",
        "model_asked": "a-model",
        "prompt_version": "chat-1",
        "started_at": NOW,
        "latency_ms": 900,
        "outcome": "ok",
    }
    return ModelCall.objects.create(**values | changes)


def test_a_call_is_called_by_its_function_and_the_time_here(platform, company):
    company.time_zone = "Europe/Paris"
    company.save(update_fields=["time_zone"])
    page = platform.get(f"/admin/gateway/modelcall/{call().pk}/change/").content.decode()
    assert "Coaching chat, 05 Mar 2026, 00:30" in page
    assert "coaching_chat" not in page


def test_the_list_of_calls_names_model_and_provider_on_two_lines(platform, company):
    call(model_asked="<b>a-model</b>")
    page = platform.get("/admin/gateway/modelcall/").content.decode()
    assert 'Anthropic<span class="cf-note">&lt;b&gt;a-model&lt;/b&gt;</span>' in page


def test_of_a_new_limit_nothing_is_used_yet(platform, company):
    assert "Starts anew" not in platform.get("/admin/gateway/limit/add/").content.decode()
    limit = Limit.objects.create(scope="person", calls=30)
    assert "Starts anew" in platform.get(f"/admin/gateway/limit/{limit.pk}/change/").content.decode()


def test_a_contact_that_nobody_can_reach_is_refused_once_and_without_the_name_of_a_rule(hr, company):
    sent = {"topic": "health", "words": "Company doctor", "place": "1"}
    page = hr.post("/admin/assistant/helpcontact/add/", sent).content.decode()
    assert page.count("Give a phone number, an e-mail address or a web page.") == 1
    assert "a_contact_can_be_reached" not in page
    assert not HelpContact.objects.exists()


def test_an_empty_list_of_contacts_says_what_happens_without_any(hr, company):
    assert "Nobody is named yet." in hr.get("/admin/assistant/helpcontact/").content.decode()
