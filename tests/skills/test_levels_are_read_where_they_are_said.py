import pytest

from tests.skills.words import levels


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("5+ years of experience with Python and SQL", {"Python": 4, "SQL": 4}),
        ("At least 3 years of SQL; Python is a plus", {"SQL": 3, "Python": None}),
        ("10 years of Java", {"Java": 5}),
        ("1-2 years of Python", {"Python": 2}),
        ("Advanced SQL, basic knowledge of Terraform", {"SQL": 4, "Terraform": 1}),
        ("Python (expert), SQL (basic)", {"Python": 5, "SQL": 1}),
        ("Python – advanced", {"Python": 4}),
        ("Familiar with Kubernetes", {"Kubernetes": 2}),
        ("We use Kubernetes", {"Kubernetes": None}),
        ("Python, SQL and Kubernetes at advanced level", {"Python": 4, "SQL": 4, "Kubernetes": 4}),
        ("We use Java, and you know Python at an advanced level", {"Java": None, "Python": 4}),
        ("Strong Java, SQL at expert level", {"Java": 4, "SQL": 5}),
        ("Basic Java; SQL at expert level", {"Java": 1, "SQL": 5}),
    ],
)
def test_years_and_words_become_levels(text, said):
    assert levels(text) == said


@pytest.mark.parametrize(
    ("text", "language", "level"),
    [
        ("Grundkenntnisse in Python", "de", 1),
        ("Sehr gute Kenntnisse in Python", "de", 4),
        ("5 Jahre Erfahrung mit Python", "de", 4),
        ("Notions de Python", "fr", 1),
        ("Nivel avanzado de Python", "es", 4),
    ],
)
def test_levels_are_read_in_the_language_of_the_text(text, language, level):
    assert levels(text, language=language) == {"Python": level}
