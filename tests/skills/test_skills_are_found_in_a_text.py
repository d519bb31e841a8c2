import pytest

from careerforge.skills.extraction.mention import How
from tests.skills.words import found, mentions


@pytest.mark.parametrize(
    ("text", "skills"),
    [
        ("We use Python and SQL.", ["Python", "SQL"]),
        ("Python for data is taught.", ["Python for data"]),
        ("C/C++ or C#, and .NET", ["C", "C++", "C#", ".NET"]),
        ("Node.js, node js and NodeJS", ["Node.js"] * 3),
        ("Knows Postgre SQL well", ["PostgreSQL"]),
        ("deployment-pipelines, CI / CD", ["Continuous delivery"] * 2),
        ("Back end and back-end work", ["Back-end design"] * 2),
        ("MICROSOFT EXCEL SKILLS", ["Excel"]),
        ("JavaScript is not Java", ["JavaScript"]),
        ("An unrelated sentence about nothing.", []),
        ("", []),
        ("\n\n  \t", []),
    ],
)
def test_names_and_aliases_are_found_however_they_are_spelt(text, skills):
    assert found(text) == skills


def test_a_mention_says_where_it_stands_and_how_it_was_found():
    text = "Ship with Terraform, K8s and Kuberntes."
    one, two, three = mentions(text)
    assert [text[m.start : m.end] for m in (one, two, three)] == ["Terraform", "K8s", "Kuberntes"]
    assert [m.how for m in (one, two, three)] == [How.NAME, How.ALIAS, How.SPELLING]


@pytest.mark.parametrize("word", ["Terrafrom", "Terraforn", "Terrafor", "Teraform", "Terraforms"])
def test_one_typing_error_does_not_hide_a_name(word):
    assert found(f"We run {word} daily.") == ["Terraform"]


@pytest.mark.parametrize("word", ["Platform", "conform", "Perraform"])
def test_another_word_is_no_typing_error(word):
    assert "Terraform" not in found(f"The {word} matters.")


def test_a_name_does_not_run_over_a_sentence_or_paragraph():
    assert found("We like Spring. Boot camps too.") == ["Spring Boot"]
    assert mentions("We like Spring. Boot")[0].end == len("We like Spring")


def test_the_same_text_gives_the_same_mentions():
    text = "Python, Go, Excel and React with managing projects"
    assert mentions(text) == mentions(text)
