import pytest

from tests.skills.words import NAMES, found, mentions


@pytest.mark.parametrize(
    ("text", "skills"),
    [
        ("No experience with Java or SQL needed.", []),
        ("Python is required, Java is not required.", ["Python"]),
        ("You need Python, not Java.", ["Python"]),
        ("You need Python, Java is not required.", ["Python"]),
        ("Java, SQL and Python are not required.", []),
        ("Java is not needed, but SQL is.", ["SQL"]),
        ("We chose Terraform instead of Kubernetes.", ["Terraform"]),
        ("You don't know Java? SQL is enough.", ["SQL"]),
        ("Without Python nothing runs. SQL runs.", ["SQL"]),
        ("Not only Python but also SQL", ["Python", "SQL"]),
        ("No later than May you know Python.", ["Python"]),
        ("You cannot work here without SQL.", ["SQL"]),
        ("Kubernetes isn't required; Terraform is.", ["Terraform"]),
    ],
)
def test_a_denial_reaches_its_own_clause(text, skills):
    assert found(text) == skills


def test_what_is_denied_is_still_shown_as_such():
    (one,) = mentions("No Java here.")
    assert (NAMES[one.skill_id], one.negated) == ("Java", True)


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Python ist nicht erforderlich", "de"),
        ("Keine Erfahrung mit Python nötig", "de-AT"),
        ("Aucune expérience de Python", "fr"),
        ("No es necesario Python", "es"),
    ],
)
def test_denials_are_read_in_the_language_of_the_text(text, language):
    assert found(text, language=language) == []
