import pytest

from tests.skills.words import found


@pytest.mark.parametrize(
    "text",
    [
        "Where should they go from here? Ready to go-live.",
        "You will go far and go to market.",
        "People who excel in customer service.",
        "We react to customers quickly.",
        "A swift response this spring.",
        "Spring 2027 intake, swift resolution.",
        "C-level people and vitamin C",
        "Grade C, section C, series C",
        "Our R&D site",
        "Go to the office twice a week.",
    ],
)
def test_a_word_used_as_itself_is_none(text):
    assert not set(found(text)) & {"Go", "Excel", "React", "Swift", "Spring Boot", "C", "R"}


@pytest.mark.parametrize(
    ("text", "skill"),
    [
        ("Services written in Go", "Go"),
        ("Python, Go, Terraform", "Go"),
        ("Go developer wanted", "Go"),
        ("What about Golang?", "Go"),
        ("Go", "Go"),
        ("Proficient in excel", "Excel"),
        ("Reporting in Excel", "Excel"),
        ("Statistics with R or Python", "R"),
        ("The R language", "R"),
        ("Embedded programming in C", "C"),
        ("You know React and Redux", "React"),
        ("Experience with Spring", "Spring Boot"),
        ("iOS apps in Swift", "Swift"),
        ("EXPERIENCE IN GO AND SQL", "Go"),
        ("How strong is their React?", "React"),
    ],
)
def test_a_word_used_as_a_tool_is_one(text, skill):
    assert skill in found(text)


def test_a_longer_name_takes_its_words_along():
    assert found("Research and development with R&D budget") == ["Research and development"] * 2
