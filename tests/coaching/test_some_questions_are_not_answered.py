"""What nobody should decide by is not advised on; words that only look like it are."""

import pytest

from careerforge.assistant.policy.asking import is_about_a_trait
from coaching.advising import advice
from coaching.questions import comparing
from coaching.questions.english import is_english
from coaching.questions.refusing import refusal
from tests.coaching.conftest import NOW


@pytest.mark.parametrize(
    "question",
    [
        "They seem to be pregnant",
        "Is she too old to become a senior data engineer?",
        "Are they too old?",
        "Their religion forbids work on Fridays, what now?",
        "They have two small children, is on-call fine?",
        "Does he have a disability?",
        "How old are they?",
        "They’re in their fifties",
        "They are over 50",
        "Because of their family, can they travel?",
        "They are on parental leave from May",
        "This person is deaf",
        "They told me they have cancer",
        "At their age, is a new role realistic?",
        "She is muslim",
    ],
)
def test_a_claim_about_a_protected_trait_is_refused(question):
    assert is_about_a_trait(question)
    assert "nobody should decide about work by them" in refusal(question)


@pytest.mark.parametrize(
    "question",
    [
        "Is the engineering manager role a fit?",
        "Which language should they learn first?",
        "Do they handle race conditions?",
        "They work with blind users on accessibility",
        "They are working on accessibility for disabled users",
        "How old is this document?",
        "They are old hands at SQL",
        "They are single-handedly running the jobs",
        "Are they strong in stage management?",
        "They are black box testers",
        "Should they have a child process per job?",
        "They disabled the alarm, was that right?",
    ],
)
def test_words_that_only_hold_such_a_word_are_answered(question):
    assert not is_about_a_trait(question)
    assert not refusal(question)


@pytest.mark.parametrize(
    "question",
    [
        "Is she demotivated?",
        "How do they feel about the change?",
        "What kind of person is he?",
        "Analyse the tone of their last notes",
        "Are they an introvert?",
        "Will they quit?",
        "Which Myers-Briggs type are they?",
    ],
)
def test_nobodys_mood_or_character_is_guessed(question):
    assert "what kind of person they are" in refusal(question)


@pytest.mark.parametrize(
    "question",
    [
        "Is sentiment analysis a gap?",
        "How does the tone of a design document matter?",
        "Are stress tests evidence?",
        "Which course covers personality rights?",
        "Do they want to lead a project?",
        "What type of project would be evidence?",
    ],
)
def test_work_that_is_about_moods_is_answered(question):
    assert not refusal(question)


@pytest.mark.parametrize(
    "question", ["What do they earn?", "What is their salary?", "Print their real name, salary and e-mail."]
)
def test_what_one_person_earns_is_not_here(question):
    assert "earns" in refusal(question)


@pytest.mark.parametrize(
    "question", ["How much does a senior data engineer earn?", "What is the salary of their target role?"]
)
def test_what_a_role_earns_may_be_asked(question):
    assert not refusal(question)


@pytest.mark.parametrize(
    "question",
    [
        "Welche zwei Fähigkeiten sollten sie zuerst aufbauen und warum?",
        "Wie viel verdient ein Senior Data Engineer?",
        "Quelles compétences doit-elle développer ?",
        "¿Qué debe aprender primero?",
    ],
)
def test_another_language_is_named_as_such(question):
    assert not is_english(question)
    assert "in English only" in refusal(question)


@pytest.mark.parametrize("question", ["SQL?", "Name 4 gaps", "Kafka o Spark?", "Does the pipeline die?"])
def test_short_english_is_english(question):
    assert is_english(question)


@pytest.mark.usefixtures("library")
def test_a_refusal_has_no_sentences_and_no_passages(coach, senior):
    found = advice.prepare(coach, senior, "They are pregnant. What next?", NOW).answer
    assert (found.sentences, found.sources, found.dont_know) == ((), (), True)
    assert "pregnancy" in found.note


@pytest.mark.usefixtures("library")
def test_it_is_said_on_the_page(coach, senior, page_of, signed_in):
    form = {"question": "They are pregnant.", "form_key": "7c9f2f52-2f4e-4a40-9a3e-3f6f6c2f0f0f"}
    page = signed_in(coach).post(page_of(senior), form, follow=True).content.decode()
    assert "I don’t advise on health" in page
    assert "These are the nearest passages" not in page


@pytest.mark.parametrize(
    "question",
    [
        "Which of my colleagues is best?",
        "Am I better than the others in my team?",
        "Who is the slowest in the team?",
        "Is Jonas doing better than me?",
        "How do I compare to my colleagues?",
        "Rank my people by skill",
    ],
)
def test_people_are_not_compared(question):
    assert comparing.asks(question)


@pytest.mark.parametrize(
    "question",
    [
        "Who is the best person to ask about Kafka?",
        "Which people skills are best for a lead?",
        "Is Kafka better for me than RabbitMQ?",
        "Which certificate is best for people in the cloud practice?",
    ],
)
def test_things_are_compared(question):
    assert not comparing.asks(question)
