from uuid import uuid4

import pytest

from careerforge.skills.extraction import Lexicon, Named, extract
from careerforge.skills.extraction.meaning import Meanings
from careerforge.skills.extraction.mention import How
from tests.skills.embedding import Groups

PERSONNEL, DATA = uuid4(), uuid4()
SKILLS = {PERSONNEL: "manage personnel", DATA: "statistics"}


@pytest.fixture(scope="module")
def meanings():
    return Meanings(SKILLS, Groups())


@pytest.fixture(scope="module")
def lexicon():
    return Lexicon(Named(skill, name, main=True) for skill, name in SKILLS.items())


def test_only_the_fall_back_finds_other_words(lexicon, meanings):
    text = "At our office you lead people."
    assert extract(text, lexicon) == []
    (one,) = extract(text, lexicon, meanings=meanings)
    assert (one.skill_id, one.how, text[one.start : one.end]) == (PERSONNEL, How.MEANING, "lead people.")


def test_what_is_named_is_not_found_again(lexicon, meanings):
    text = "You manage personnel. You lead people."
    assert [m.how for m in extract(text, lexicon, meanings=meanings)] == [How.NAME]


def test_what_is_denied_stays_denied(lexicon, meanings):
    (one,) = extract("You never lead people", lexicon, meanings=meanings)
    assert one.negated
