from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest

from careerforge.gateway import offers
from careerforge.gateway.models import Breaker, ForbiddenRegion, Limit, Offer, Spend
from careerforge.governance.models import AuditEvent

NOW = datetime(2026, 3, 4, 10, tzinfo=UTC)


@pytest.fixture
def client(signed_in, admin_platform):
    return signed_in(admin_platform)


def spend(scope, **changes):
    values = {"calls": 8, "tokens": 100, "micros": 1_250_000, "most_calls": 10, "most_tokens": 2**62}
    return Spend.objects.create(
        scope=scope, holder=uuid4(), starts_at=NOW, most_micros=2**62, **(values | changes)
    )


def test_a_price_and_a_turn_can_be_changed_and_that_is_on_record(client, company):
    offers.fill()
    offer = Offer.objects.get(provider="anthropic", strength="simple")
    page = f"/admin/gateway/offer/{offer.pk}/change/"
    form = client.get(page).context["adminform"].form
    client.post(page, {**form.initial, "place": 3, "input_price": "1.5", "thinking": "", "is_on": "on"})
    offer.refresh_from_db()
    assert (offer.place, str(offer.input_price)) == (3, "1.5000")
    assert AuditEvent.objects.filter(act="offer.changed").exists()


@pytest.mark.parametrize("limit", [{"calls": "-1"}, {"dollars": "-5"}])
def test_a_limit_below_zero_is_refused_in_words(client, company, limit):
    response = client.post("/admin/gateway/limit/add/", {"scope": "person", **limit})
    assert response.status_code == 200
    assert not Limit.objects.exists()
    assert "greater than or equal to 0" in response.content.decode()


def test_use_is_shown_by_team_and_company_and_never_by_person(client, company):
    spend("organisation")
    spend("person")
    page = client.get("/admin/gateway/spend/").content.decode()
    assert page.count("1.2500") == 1
    assert "80%" in page


def test_a_provider_that_is_left_alone_can_be_asked_again(client, company):
    breaker = Breaker.objects.create(
        provider="openai", failures=1, why="no_money", open_until=NOW + timedelta(days=9000)
    )
    client.post("/admin/gateway/breaker/", {"action": "ask_again", "_selected_action": [str(breaker.pk)]})
    breaker.refresh_from_db()
    assert breaker.open_until is None
    assert AuditEvent.objects.filter(act="provider.asked_again").exists()


def test_regions_are_chosen_from_those_that_are_there(client, company, owner):
    offers.fill()
    owner.profile.region = "West"
    owner.profile.save(update_fields=["region"])
    page = client.get("/admin/gateway/forbiddenregion/add/").content.decode()
    assert ">West<" in page
    assert ">US<" in page
    client.post("/admin/gateway/forbiddenregion/add/", {"region": "West", "data_region": "US"})
    assert ForbiddenRegion.objects.count() == 1


@pytest.mark.parametrize("model", ["offer", "limit", "functionswitch", "forbiddenregion", "breaker", "spend"])
@pytest.mark.parametrize("who", ["admin_hr", "admin_org", "admin_lnd"])
def test_no_other_administrator_gets_here(signed_in, request, company, model, who):
    person = request.getfixturevalue(who)
    assert signed_in(person).get(f"/admin/gateway/{model}/").status_code in (403, 404)
