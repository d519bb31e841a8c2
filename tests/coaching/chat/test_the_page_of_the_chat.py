"""The page: without a script too, with the question kept, in few queries."""

import re
from datetime import timedelta
from uuid import uuid4

import pytest

from careerforge.gateway.budget import Exceeded
from careerforge.gateway.models import Limit
from careerforge.gateway.models.limits import Scope
from coaching.models import Conversation, Generation, Message
from tests.coaching.chat.conftest import INVENTED, QUESTION, TRUE, write
from tests.coaching.conftest import NOW


@pytest.fixture
def browser(signed_in, senior, library, monkeypatch):
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOW)
    return signed_in(senior)


def form(question=QUESTION, **more):
    return {"question": question, "form_key": str(uuid4()), **more}


def test_a_question_leads_to_its_conversation_where_the_answer_appears(browser):
    response = browser.post("/chat/", form())
    message = Message.objects.get()
    home = f"/chat/{message.conversation_id}/"
    assert response.status_code == 303
    assert response["Location"] == f"{home}#m-{message.pk}"
    writing = browser.get(home).content.decode()
    assert f'data-stream="/chat/messages/{message.pk}/events?after=0"' in writing
    # Without a script the page comes again by itself, while something is written and not afterwards.
    again = f'<noscript><meta http-equiv="refresh" content="3; url={home}?turn=1#m-{message.pk}"></noscript>'
    assert again in writing
    assert f"{home}?turn=2#m-" in browser.get(f"{home}?turn=1").content.decode()
    assert "Stop" in writing
    write(message)
    done = browser.get(home).content.decode()
    assert "http-equiv" not in done
    assert "build Python first" in done
    assert 'aria-label="Source 1: Role profile: Senior data engineer"' in done
    assert "A machine, by rules. No language model." in done


def test_the_page_says_who_reads_it_and_that_a_machine_answers(browser):
    page = browser.get("/chat/").content.decode()
    assert "Only you can read this. A machine answers you, not a person." in page
    assert "no coach, no manager, no HR, no administrator, no reviewer" in page


def test_an_idea_is_a_question(browser):
    browser.post("/chat/", {"question": "", "idea": "1", "form_key": str(uuid4())})
    message = Message.objects.get()
    write(message)
    page = browser.get(f"/chat/{message.conversation_id}/").content.decode()
    assert "How far am I from my target role?" in page
    assert "Readiness for Senior data engineer" in page


def test_the_same_form_twice_is_one_message(browser):
    sent = form()
    first, second = browser.post("/chat/", sent), browser.post("/chat/", sent)
    assert first["Location"] == second["Location"]
    assert Message.objects.count() == Conversation.objects.count() == Generation.objects.count() == 1


@pytest.mark.parametrize("length", [2_001, 1_000_000])
def test_a_question_that_is_too_long_is_refused_and_kept(browser, length):
    response = browser.post("/chat/", form("x" * length))
    assert response.status_code == 422
    assert "up to 2,000 characters" in response.content.decode()
    assert not Message.objects.exists()


def test_when_the_limit_is_reached_the_rules_answer_at_once_and_say_until_when(model, browser):
    sent = model([], Exceeded(Scope.PERSON, NOW + timedelta(hours=1)))
    Limit.objects.create(scope=Scope.PERSON, calls=0)
    home = browser.post("/chat/", form())["Location"].split("#")[0]
    write(Message.objects.get())
    page = browser.get(home).content.decode()
    assert "You have asked as many questions as one person may in an hour." in page
    assert "A language model can be asked again at 10:00" in page
    assert "Batch orchestration" in page
    assert len(sent) == 1


def test_a_second_question_at_once_is_kept(browser):
    browser.post("/chat/", form())
    response = browser.post("/chat/", form("What is my next step?"))
    assert response.status_code == 409
    assert "What is my next step?" in response.content.decode()


def test_stopping_and_asking_again_are_buttons(browser):
    browser.post("/chat/", form())
    message = Message.objects.get()
    home = browser.post(f"/chat/messages/{message.pk}/stop")["Location"].split("#")[0]
    stopped = browser.get(home).content.decode()
    assert "You stopped this answer" in stopped
    assert f'action="/chat/messages/{message.pk}/again"' in stopped
    browser.post(f"/chat/messages/{message.pk}/again")
    write(Message.objects.get())
    assert "build Python first" in browser.get(home).content.decode()


def test_what_broke_off_is_marked(model, browser):
    from tests.coaching.chat.conftest import cut

    model([f"{TRUE} And then"], cut())
    browser.post("/chat/", form())
    message = Message.objects.get()
    write(message)
    page = browser.get(f"/chat/{message.conversation_id}/").content.decode()
    assert TRUE in page
    assert "This answer broke off" in page
    assert "Was this useful?" not in page


def test_markup_in_a_question_is_text(browser):
    browser.post("/chat/", form("<script>alert(1)</script> <img src=x onerror=alert(1)> What first?"))
    page = browser.get(f"/chat/{Conversation.objects.get().pk}/").content.decode()
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page
    assert "<img src=x" not in page
    assert not re.search(r"<script>|onerror=alert\(1\)>", page)


def test_a_deleted_conversation_can_be_brought_back_from_the_page(browser):
    browser.post("/chat/", form())
    home = f"/chat/{Conversation.objects.get().pk}/"
    page = browser.post(f"{home}delete", follow=True).content.decode()
    assert "4 Dec 2026" in page
    assert browser.get(home).status_code == 404
    assert browser.post(f"{home}restore").status_code == 303
    assert browser.get(home).status_code == 200


def test_the_event_stream_is_not_kept_by_anybody(browser):
    browser.post("/chat/", form())
    message = Message.objects.get()
    write(message)
    response = browser.get(f"/chat/messages/{message.pk}/events?after=1", headers={"Last-Event-ID": "2"})
    assert response["Content-Type"] == "text/event-stream"
    assert response["Cache-Control"] == "private, no-store"
    text = b"".join(response.streaming_content).decode()
    assert "id: 3" in text
    assert "id: 2" not in text


def test_a_number_that_is_none_is_the_beginning(browser):
    browser.post("/chat/", form())
    message = Message.objects.get()
    write(message)
    for after in ("", "x", "-1", "9" * 30, "²"):
        response = browser.get(f"/chat/messages/{message.pk}/events", {"after": after})
        assert "id: 1" in b"".join(response.streaming_content).decode()
    assert browser.get(f"/chat/{message.conversation_id}/?before=x&older=x").status_code == 200


def test_the_page_needs_few_queries_however_much_was_asked(browser, queries, senior):
    browser.post("/chat/", form())
    message = Message.objects.get()
    write(message)
    home = f"/chat/{message.conversation_id}/"
    one = queries(lambda: browser.get(home))
    for question in ("What is my next step?", "How far am I?"):
        browser.post(home, form(question))
        write(Message.objects.latest("place"))
    assert queries(lambda: browser.get(home)) == one
    assert one <= 15


def test_who_asked_nothing_yet_has_no_room_and_looking_makes_none(browser):
    from careerforge.people.models import Room

    assert browser.get("/chat/").status_code == 200
    assert not Room.objects.filter(kind=Room.Kind.PRIVATE).exists()


def test_what_a_model_had_written_stays_at_hand_when_the_rules_answer_instead(model, browser, store):
    model([f"{TRUE} {INVENTED} {INVENTED}"])
    message = store()
    write(message)
    page = browser.get(f"/chat/{message.conversation_id}/").content.decode()
    _answer, folded = page.split("What a language model had written")
    assert (
        "A language model wrote 3 sentences, of which 1 was supported. This is the answer by rules." in page
    )
    assert TRUE in folded.split("</details>")[0]
    assert INVENTED not in page


def test_an_answer_of_one_author_has_nothing_folded_away(model, browser, store):
    model([TRUE])
    message = store()
    write(message)
    page = browser.get(f"/chat/{message.conversation_id}/").content.decode()
    assert TRUE in page
    assert "had written" not in page


def test_two_conversations_that_begin_alike_are_told_apart_by_their_time(browser, store):
    for hours in (2, 1):
        begun = store().conversation
        Generation.objects.update(state="done")
        Conversation.objects.filter(pk=begun.pk).update(last_at=NOW - timedelta(hours=hours))
    page = browser.get("/chat/").content.decode()
    assert page.count(QUESTION) == 2
    times = re.findall(r"(\d\d:\d\d)</span></a>", page)
    assert len(set(times)) == 2
