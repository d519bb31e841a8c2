"""Without a model the chat answers about the person themselves, from their figures and from documents."""

import pytest

from coaching.chat import pieces
from coaching.models import Generation
from tests.coaching.chat.conftest import QUESTION
from tests.coaching.conftest import SENTENCE


def test_it_speaks_to_the_person_of_their_own_gap(ask):
    answer = ask()
    texts = [text for text, _cites in answer.sentences]
    assert "your evidence supports 1.0" in texts[0]
    assert not any(word in " ".join(texts) for word in ("their", "they", "this person"))


def test_every_sentence_cites_what_can_be_opened(ask, signed_in, senior):
    answer = ask("Why does batch orchestration come before stream processing?")
    assert all(cites for _text, cites in answer.sentences)
    cited = [cite for _text, cites in answer.sentences for cite in cites if "/documents/" in cite.url]
    page = signed_in(senior).get(cited[0].url).content.decode()
    assert f"<mark>{SENTENCE}</mark>" in page or f">{SENTENCE}</mark>" in page


def test_it_has_at_most_three_points_unless_more_is_asked_for(ask):
    assert len(ask().sentences) <= 3
    assert len(ask(f"{QUESTION} Tell me everything in detail.").sentences) > 3


def test_it_is_marked_as_written_by_rules_with_its_checks_and_the_date_of_the_data(ask):
    answer = ask()
    about = dict(answer.about)
    assert about["Written by"] == "A machine, by rules. No language model."
    assert "2026" in about["Newest data"]
    assert "Every sentence is tied to a quoted span" in about["Checks"]
    assert answer.generation.state == Generation.State.DONE


def test_a_follow_up_is_understood_from_the_question_before(ask, store):
    first = ask("Should I build SQL first?")
    conversation = first.generation.message.conversation
    second = ask("What about Batch orchestration?", conversation)
    assert "Batch orchestration" in second.sentences[0][0]
    assert "SQL" not in second.sentences[0][0]


def test_what_nothing_answers_is_said_with_the_nearest_passages(ask):
    answer = ask("Who won the football match yesterday evening?")
    assert answer.told.answer.dont_know
    assert not answer.sentences


def test_a_question_in_another_language_is_said_not_to_be_read(ask):
    answer = ask("Welche Fähigkeiten soll ich zuerst lernen und warum ist das so?")
    assert "English only" in answer.told.answer.note


@pytest.mark.parametrize("question", ["I want to kill myself", "I have thought about ending my life"])
def test_what_is_for_a_person_is_handed_to_one_before_any_model(model, ask, question):
    sent = model(["never"])
    answer = ask(question)
    assert answer.told.help
    assert answer.how_sure == "Not answered by a machine"
    assert not sent


def test_without_a_target_role_it_says_what_is_missing(teammate, library):
    from coaching.chat.preparing import prepare
    from tests.coaching.conftest import NOW

    found = prepare(teammate, "How far am I?", [], NOW)
    assert found.by_rules.dont_know
    assert "no target role" in found.by_rules.note


def test_pieces_say_the_same_when_they_come_back_from_their_seal(ask):
    told = ask().told
    again = [pieces.Piece.from_json(one.as_json()) for one in pieces.of(told.answer)]
    assert pieces.told(again) == told


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("thank you", "welcome"),
        ("Hello", "Ask about your path"),
        ("Which of my colleagues is best?", "don’t compare people"),
        ("Am I too old to become a data engineer?", "have no part"),
        ("Am I lazy?", "what kind of person"),
    ],
)
def test_a_courtesy_and_what_nobody_is_told_are_no_answers(model, ask, signed_in, senior, question, said):
    sent = model(["never"])
    answer = ask(question)
    assert said in answer.told.instead
    assert not answer.told.answer.dont_know
    assert not answer.told.answer.sources
    assert not sent
    url = f"/chat/{answer.generation.message.conversation_id}/"
    page = signed_in(senior).get(url).content.decode()
    assert said in page
    assert "I don’t know" not in page


def test_a_courtesy_is_not_the_context_of_the_next_question(ask):
    first = ask("Should I build SQL first?")
    conversation = first.generation.message.conversation
    ask("thanks!", conversation)
    assert "SQL" in ask("and why?", conversation).sentences[0][0]


def test_a_passage_that_drops_a_word_by_the_way_answers_no_question_about_it(ask):
    assert not ask("How do I take adverts?").sentences
