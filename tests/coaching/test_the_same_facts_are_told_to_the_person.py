import re
from dataclasses import replace

import pytest

from coaching.answers.answering import compose
from coaching.answers.voice import Voice
from coaching.persons.facts import facts_about
from tests.coaching.conftest import NOW
from tests.coaching.test_advice_by_rules_cites_every_sentence import FACTS, QUESTION

QUESTIONS = (QUESTION, "How ready am I?", "Which certificate?", "What now?", "What am I good at?", "SQL?")


@pytest.mark.parametrize("question", QUESTIONS)
def test_the_person_is_spoken_to_and_not_of(question):
    told = compose(question, replace(FACTS, voice=Voice.TO), ())
    texts = " ".join([*(one.text for one in told.sentences), *(one.title for one in told.sources)])
    assert told.sentences
    assert not re.search(r"\b(?:they|their|this person)\b", texts, re.I)


@pytest.mark.parametrize("question", QUESTIONS)
def test_both_say_the_same_and_rest_on_the_same_spans(question):
    about, to = (compose(question, replace(FACTS, voice=voice), ()) for voice in Voice)
    assert [one.quote for one in about.sources] == [one.quote for one in to.sources]
    assert [one.cites for one in about.sentences] == [one.cites for one in to.sentences]


def test_the_persons_own_pages_are_opened(senior, taxonomy):
    role = taxonomy.roles["senior-data-engineer"]
    mine = facts_about(senior, role, NOW.date(), Voice.TO)
    theirs = facts_about(senior, role, NOW.date())
    assert (mine.skills_url, mine.path_url) == ("/skills/", "/")
    assert theirs.path_url.startswith("/console/people/")
    # Their hours a week are told to them alone.
    assert replace(mine, skills_url="", path_url="", voice=Voice.ABOUT, hours_per_week=0) == replace(
        theirs, skills_url="", path_url=""
    )
