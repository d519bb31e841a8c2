"""One page that says how providers are, what they cost, how much is left, and what is switched on."""

import re
from datetime import UTC, datetime, timedelta
from html import unescape
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from careerforge.administration.gateway import figures, use
from careerforge.gateway import offers
from careerforge.gateway.models import Breaker, FunctionSwitch, Limit, ModelCall, Spend
from careerforge.gateway.models.limits import Scope
from careerforge.governance.models import AuditEvent

PAGE = "/admin/gateway/"
NOW = datetime(2026, 3, 4, 10, 30, tzinfo=UTC)
ENDLESS = 2**62
CALL = {
    "function": "coaching_advice",
    "provider": "anthropic",
    "model_asked": "a-model",
    "prompt_version": "x",
    "input_tokens": 100,
    "output_tokens": 10,
    "micros": 1000,
    "latency_ms": 1000,
    "outcome": "ok",
}


@pytest.fixture
def client(signed_in, admin_platform):
    return signed_in(admin_platform)


def words(answer):
    assert answer.status_code == 200
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", answer.text)).split())


def called(at=None, **changes):
    return ModelCall.objects.create(**(CALL | {"started_at": at or datetime.now(UTC)} | changes))


def cached(at=None):
    return called(at, cached=True, micros=0, input_tokens=0, output_tokens=0, latency_ms=0)


def used(scope, now, **changes):
    start = now.replace(minute=0, second=0, microsecond=0)
    values = {"calls": 8, "tokens": 100, "micros": 1_250_000}
    return Spend.objects.create(
        scope=scope,
        holder=uuid4(),
        starts_at=start if scope == Scope.PERSON else start.replace(hour=0),
        most_calls=ENDLESS,
        most_tokens=ENDLESS,
        most_micros=ENDLESS,
        **(values | changes),
    )


def test_days_outcomes_tokens_and_times_are_added_up(company):
    for ms in range(1, 101):
        called(NOW - timedelta(minutes=ms), latency_ms=ms * 10, micros=ms * 10)
    called(NOW - timedelta(days=2), outcome="cut", micros=500, output_tokens=7, provider="openai")
    cached(NOW - timedelta(days=2))
    called(NOW - timedelta(days=7))
    found = figures.read(7, NOW)
    assert [day.calls for day in found.by_day] == [0, 0, 0, 0, 1, 0, 100]
    assert (found.whole.answered, found.whole.cached, found.whole.micros) == (101, 1, 51_000)
    assert found.by_day[4].share == 1.0
    assert found.by_day[0].share is None
    assert found.outcomes["coaching_advice"] == {"ok": 100, "cut": 1, "cached": 1}
    assert found.tokens["openai"] == figures.Tokens(100, 7)
    assert found.overall == figures.Speed(500, 950, 500, 100)


def test_the_page_says_what_happened_and_has_a_table_beside_each_drawing(client, company):
    called()
    cached()
    page = client.get(PAGE)
    text = words(page)
    assert "Median price of an answer: 0.0010 US dollars" in text
    assert "Answered from the cache 50%" in text
    assert page.text.count('role="img"') == 2
    assert "The same as a table" in text
    assert " style=" not in page.text


@pytest.mark.parametrize(("days", "shown"), [("7", "7"), ("90", "90"), ("11", "30"), ("x", "30"), ("", "30")])
def test_a_period_is_chosen_by_the_address(client, company, days, shown):
    called()
    assert f"What the last {shown} days came to" in words(client.get(PAGE, {"days": days}))


def test_before_the_first_call_it_says_how_to_begin(client, company):
    assert "No language model was asked yet" in words(client.get(PAGE))


def test_a_provider_that_is_left_alone_is_shown_with_the_reason_and_can_be_asked_again(
    client, company, monkeypatch
):
    offers.fill()
    monkeypatch.setenv("OPENAI_API_KEY", "key")
    now = datetime.now(UTC)
    breaker = Breaker.objects.create(
        provider="openai", failures=1, why="no_money", open_until=now + timedelta(hours=5), changed_at=now
    )
    text = words(client.get(PAGE))
    assert "because it says that its account has no money left" in text
    assert "Anthropic No key or address in the environment" in text
    client.post(f"/admin/gateway/breaker/{breaker.pk}/again/")
    breaker.refresh_from_db()
    assert breaker.open_until is None
    assert "Asked as usual." in words(client.get(PAGE))
    assert AuditEvent.objects.filter(act="provider.asked_again").exists()


@pytest.mark.parametrize(
    ("calls", "tone", "sentence"),
    [
        (7, "well", "70% used."),
        (8, "suspicious", "80% used. A question that may need more"),
        (10, "failing", "Used up: no question goes out until then"),
    ],
)
def test_four_fifths_of_a_limit_are_a_warning_and_all_of_it_is_said_in_words(company, calls, tone, sentence):
    Limit.objects.create(scope=Scope.ORGANISATION, calls=10)
    used(Scope.ORGANISATION, NOW, calls=calls)
    (found,) = [one for one in use.uses(NOW) if one.scope is Scope.ORGANISATION]
    assert found.tone == tone
    assert found.state.startswith(sentence)
    assert found.until == datetime(2026, 3, 5, tzinfo=UTC)


def test_a_limit_of_nothing_is_said_to_let_nothing_through(company):
    Limit.objects.create(scope=Scope.TEAM, dollars=0)
    (found,) = [one for one in use.uses(NOW) if one.scope is Scope.TEAM]
    assert (found.tone, found.state) == ("failing", "Closed: a limit of 0 lets no question through.")


@pytest.mark.parametrize(
    ("people", "sentence"),
    [(0, "Nobody has used it up"), (4, "Fewer than five people have"), (5, "5 people have")],
)
def test_how_much_one_person_asks_is_not_told(company, people, sentence):
    Limit.objects.create(scope=Scope.PERSON, calls=3)
    used(Scope.PERSON, NOW, calls=2)
    for _ in range(people):
        used(Scope.PERSON, NOW, calls=3)
    (found,) = [one for one in use.uses(NOW) if one.scope is Scope.PERSON]
    assert found.state.startswith(sentence)


def test_the_list_of_limits_says_how_much_is_used_and_when_it_starts_anew(client, company):
    Limit.objects.create(scope=Scope.ORGANISATION, calls=10, dollars="2.5")
    used(Scope.ORGANISATION, datetime.now(UTC), calls=9)
    text = words(client.get("/admin/gateway/limit/"))
    assert "10 calls, 2.50 US dollars" in text
    assert "90% used." in text


def test_a_function_is_switched_off_and_on_with_one_button(client, company):
    address = "/admin/gateway/functionswitch/coaching_chat/turn/"
    assert "no model is asked from now on" in words(client.post(address, {"on": "no"}, follow=True))
    assert not FunctionSwitch.objects.get(function="coaching_chat").is_on
    assert "Coaching chat Off, done by rules" in words(client.get(PAGE))
    client.post(address, {"on": "yes"})
    assert FunctionSwitch.objects.get(function="coaching_chat").is_on
    assert AuditEvent.objects.filter(act="functionswitch.changed").count() == 2


def test_what_is_no_function_cannot_be_switched(client, company):
    assert client.post("/admin/gateway/functionswitch/nonsense/turn/", {"on": "no"}).status_code == 404
    assert client.get("/admin/gateway/functionswitch/coaching_chat/turn/").status_code == 405


@pytest.mark.parametrize("who", ["admin_hr", "admin_org", "admin_lnd", "coach", "owner"])
@pytest.mark.parametrize("address", ["", "functionswitch/coaching_chat/turn/"])
def test_nobody_else_gets_there(signed_in, request, company, who, address):
    person = signed_in(request.getfixturevalue(who))
    assert person.get(PAGE + address).status_code in (302, 403, 404)
    assert person.post(PAGE + address, {"on": "no"}).status_code in (302, 403, 404, 405)
    assert not FunctionSwitch.objects.exists()


def test_more_calls_are_no_more_queries(client, company):
    offers.fill()
    Limit.objects.create(scope=Scope.ORGANISATION, calls=10)

    def queries():
        client.get(PAGE)
        with CaptureQueriesContext(connection) as counted:
            assert client.get(PAGE).status_code == 200
        # In a test the request's transaction is a savepoint, which is no query elsewhere.
        return sum("SAVEPOINT" not in one["sql"] for one in counted)

    called()
    before = queries()
    for day in range(20):
        called(datetime.now(UTC) - timedelta(days=day), provider="openai", function="coaching_chat")
    assert queries() == before
    assert before <= 15, before


@pytest.mark.parametrize("statement", [figures.SUMS, figures.TIMES])
def test_the_sums_read_a_stretch_of_an_index_and_not_the_whole_ledger(company, statement):
    rows = [ModelCall(**CALL, started_at=NOW - timedelta(hours=n)) for n in range(3000)]
    ModelCall.objects.bulk_create(rows)
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        cursor.execute(f"EXPLAIN {statement}", [NOW - timedelta(days=30), NOW])
        plan = "\n".join(line for (line,) in cursor.fetchall())
    assert "model_calls_newest_first" in plan
    assert re.search(r"Index Cond: .*started_at >=", plan)


@pytest.mark.parametrize(
    "asked", ["function=coaching_chat", "provider=openai", "outcome=cut", "cached__exact=1", "days=1"]
)
def test_the_list_of_calls_is_filtered(client, company, asked):
    called(NOW)
    wanted = cached() if "cached" in asked else called(None, function="coaching_chat", provider="openai",
                                                       outcome="cut")  # fmt: skip
    page = client.get(f"{PAGE}modelcall/?{asked}")
    assert [row.pk for row in page.context["cl"].result_list] == [wanted.pk]
