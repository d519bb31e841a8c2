from careerforge.skills.extraction.languages import unsupported
from tests.skills.words import LEXICON, found


def test_an_alias_counts_in_texts_of_its_language():
    assert found("Projektleitung für Python", language="de-AT") == ["Project management", "Python"]
    assert found("Projektleitung", language="en") == []


def test_an_ordinary_english_word_is_no_tool_in_another_language():
    assert found("Spring ins kalte Wasser", language="de") == []


def test_a_language_without_names_is_said():
    assert "Polish" in unsupported("pl", LEXICON)
    assert "not known" in unsupported("und", LEXICON)
    assert unsupported("de", LEXICON) == unsupported("en-GB", LEXICON) == ""


def test_a_text_of_unknown_language_is_read_as_english():
    assert found("managing projects", language="und") == ["Project management"]
