"""Promise 8: the exact text of every model call, to the person it concerns and to nobody else."""

import json
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from careerforge.gateway import sent, tidying
from careerforge.gateway.models import ModelCall, SentText
from careerforge.gateway.prompt import Prompt
from careerforge.tenancy import context
from tests.gateway.wire import Reply

LIST = "/my-data/model-calls/"
NOW = datetime(2026, 3, 4, 10, 30, tzinfo=UTC)
CONTEXT = '\n  <data-0f>\r\n[person 1] & "they" <b>ask</b>\t\u202e…\n</data-0f>\n'
ANSWER = '{"answer": "Build <script>alert(1)</script> first."}\n'


@pytest.fixture
def client(signed_in, owner):
    return signed_in(owner)


def left(person, at=NOW, **changes):
    values = {
        "function": "coaching_advice",
        "provider": "anthropic",
        "model_asked": "a-model",
        "model_answered": "a-model-20260101",
        "data_region": "EU",
        "prompt_version": "x",
        "micros": 1234,
        "started_at": at,
        "latency_ms": 1000,
        "outcome": "ok",
    }
    call = ModelCall.objects.create(**(values | changes))
    prompt = Prompt(call.function, "x", ("Frame.", "Be brief."), CONTEXT, "What next?", Reply, 100)
    row = sent.sealed(call, person, None, prompt)
    sent.add_answer(row, prompt, ANSWER)
    row.save(force_insert=True)
    return row


def test_each_call_is_listed_in_words(client, owner):
    left(owner)
    page = client.get(LIST).text
    for part in (
        "4 Mar 2026",
        "Coaching advice",
        "Your coach",
        "a-model-20260101",
        "Anthropic",
        "EU",
        "$0.0012",
    ):
        assert part in page


def test_the_text_is_there_to_the_letter_and_is_no_markup(client, owner):
    row = left(owner)
    page = client.get(f"{LIST}{row.pk}/")
    assert "<script>alert" not in page.text
    assert "Build &lt;script&gt;alert(1)&lt;/script&gt; first." in page.text
    file = client.get(f"{LIST}{row.pk}/file/")
    assert "attachment" in file.headers["Content-Disposition"]
    body = json.loads(file.content)
    assert body["system"] == "Frame.\n\nBe brief."
    assert (body["context"], body["question"], body["answer"]) == (CONTEXT, "What next?", ANSWER)


def test_what_had_no_answer_is_listed_too_with_the_reason(client, owner):
    left(owner, outcome="unavailable", model_answered="")
    assert "No answer came: the provider could not be reached" in client.get(LIST).text


def test_when_nothing_was_ever_sent_it_says_so(client, teammate):
    left(teammate)
    page = client.get(LIST).text
    assert "Nothing about you was ever sent to a model" in page
    assert "Coaching advice" not in page


@pytest.mark.parametrize("who", ["teammate", "coach", "manager", "admin_hr", "admin_platform", "foreigner"])
@pytest.mark.parametrize("end", ["", "file/"])
def test_nobody_else_can_open_it(signed_in, request, owner, who, end):
    row = left(owner)
    assert signed_in(request.getfixturevalue(who)).get(f"{LIST}{row.pk}/{end}").status_code == 404


def test_what_concerns_nobody_is_nobodys_page(client, owner):
    row = left(None)
    assert client.get(f"{LIST}{row.pk}/").status_code == 404


def test_addresses_name_nobody_and_pages_are_not_kept_by_browsers(client, owner):
    row = left(owner)
    for address in (LIST, f"{LIST}{row.pk}/", f"{LIST}{row.pk}/file/"):
        assert "no-store" in client.get(address).headers["Cache-Control"]
        assert owner.username not in address


def test_the_list_is_paged_and_asks_little(client, owner):
    def queries():
        client.get(LIST)
        with CaptureQueriesContext(connection) as counted:
            client.get(LIST)
        return len(counted)

    left(owner)
    before = queries()
    for hour in range(30):
        left(owner, NOW + timedelta(hours=hour))
    assert queries() == before <= 15
    assert "1 to 25 of 31" in client.get(LIST).text
    assert "26 to 31 of 31" in client.get(LIST, {"page": 2}).text
    assert client.get(LIST, {"page": "x"}).status_code == 200


def test_without_the_persons_key_nothing_opens_any_more(owner):
    row = left(owner)
    clear = json.dumps("What next?").encode()
    assert clear not in bytes(row.sealed_text)
    other = SentText.objects.select_related("subject__key").get(pk=row.pk)
    other.subject.key.delete()
    with pytest.raises(type(owner).key.RelatedObjectDoesNotExist):
        sent.open_text(SentText.objects.get(pk=row.pk))


def test_texts_are_kept_for_two_years_and_the_ledger_stays(owner):
    left(owner)
    assert tidying.prune(NOW + timedelta(days=729)) == 0
    assert tidying.prune(NOW + timedelta(days=731)) == 1
    assert (SentText.objects.count(), ModelCall.objects.count()) == (0, 1)


def test_another_company_is_another_world(other_company, owner):
    left(owner)
    with context.organisation(other_company.id):
        assert not SentText.objects.exists()
