from datetime import UTC, datetime
from uuid import uuid4

import pytest

from careerforge.governance.models import AuditEvent
from careerforge.skills.crosswalk import deciding
from careerforge.skills.crosswalk.words import Word, safe
from careerforge.skills.extraction import extract, kept
from careerforge.skills.models import Alias, Concept, Framework, Label, Mapping, RoleAlias

NOW = datetime(2026, 11, 1, tzinfo=UTC)
ORG = "admin-org"


@pytest.fixture
def framework(company):
    return Framework.objects.create(scheme="esco", key="esco", title="ESCO", languages=["en"], changed_at=NOW)


def concept(framework, name: str, *labels: tuple[str, str], kind: str = "skill") -> Concept:
    row = Concept.objects.create(framework=framework, kind=kind, external_id=name, name=name)
    Label.objects.create(concept=row, language="en", kind="preferred", text=name)
    for language, text in labels:
        known = row.labels.filter(language=language, kind="preferred").exists()
        Label.objects.create(
            concept=row, language=language, kind="alternative" if known else "preferred", text=text
        )
    return row


def test_names_in_every_language_are_understood(framework, taxonomy, admin_org) -> None:
    feedback = taxonomy.skills["giving-feedback"]
    theirs = concept(
        framework,
        "give constructive feedback",
        ("en", "constructive feedback giving"),
        ("de", "konstruktive Rückmeldung geben"),
        ("de", "Rückmeldung geben"),
    )
    mapping = Mapping.objects.create(skill=feedback, concept=theirs, score=0.8)
    text = "Wer im Team ist, soll Rückmeldung geben."
    assert not extract(text, kept.lexicon(), language="de")

    deciding.decide([mapping], "confirmed", admin_org, NOW, kind=ORG)
    assert [one.skill_id for one in extract(text, kept.lexicon(), language="de")] == [feedback.pk]
    english = extract("You are used to give constructive feedback.", kept.lexicon())
    assert [one.skill_id for one in english] == [feedback.pk]


def test_undo_takes_them_back_and_leaves_the_companys_own(framework, taxonomy, admin_org) -> None:
    skill = taxonomy.skills["giving-feedback"]
    Alias.objects.create(skill=skill, text="feedback culture")
    theirs = concept(framework, "give constructive feedback")
    mapping = Mapping.objects.create(skill=skill, concept=theirs, score=0.8)
    deciding.decide([mapping], "confirmed", admin_org, NOW, kind=ORG)
    deciding.decide([mapping], "suggested", admin_org, NOW, kind=ORG)
    assert list(Alias.objects.values_list("text", flat=True)) == ["feedback culture"]
    acts = AuditEvent.objects.filter(object_id=str(mapping.pk)).order_by("pk").values_list("act", "actor")
    assert set(acts) == {("crosswalk.confirmed", admin_org.pk), ("crosswalk.undone", admin_org.pk)}


def test_deciding_twice_is_once(framework, taxonomy, admin_org) -> None:
    mapping = Mapping.objects.create(skill=taxonomy.skills["sql"], concept=concept(framework, "use SQL"))
    assert deciding.decide([mapping], "confirmed", admin_org, NOW, kind=ORG) == 1
    assert deciding.decide([mapping], "confirmed", admin_org, NOW, kind=ORG) == 0
    assert AuditEvent.objects.filter(object_id=str(mapping.pk)).count() == 1


def test_a_concept_of_two_skills_lends_to_neither(framework, taxonomy, admin_org) -> None:
    shared = concept(framework, "query data stores")
    for slug in ("sql", "python"):
        mapping = Mapping.objects.create(skill=taxonomy.skills[slug], concept=shared)
        deciding.decide([mapping], "confirmed", admin_org, NOW, kind=ORG)
    assert not Alias.objects.exists()


def test_a_name_of_two_concepts_is_nobodys(framework, taxonomy, admin_org) -> None:
    ours = concept(framework, "query databases", ("en", "query data"))
    concept(framework, "query files", ("en", "Query data"))
    mapping = Mapping.objects.create(skill=taxonomy.skills["sql"], concept=ours)
    deciding.decide([mapping], "confirmed", admin_org, NOW, kind=ORG)
    assert list(Alias.objects.values_list("text", flat=True)) == ["query databases"]


def test_titles_of_an_occupation_are_names_of_the_role(framework, taxonomy, admin_org) -> None:
    theirs = concept(
        framework, "data engineer", ("en", "ETL developer"), ("en", "Engineer"), kind="occupation"
    )
    deciding.choose(taxonomy.roles["data-engineer"], theirs, admin_org, NOW, kind=ORG)
    # The role's own title needs no second name, and one word alone says too little.
    assert list(RoleAlias.objects.values_list("text", flat=True)) == ["ETL developer"]


def word(text: str, preferred: str, owner=None, language: str = "en") -> Word:
    return Word(uuid4(), owner or uuid4(), language, text, preferred)


@pytest.mark.parametrize(
    ("text", "preferred", "taken"),
    [
        ("use search engines", "search engines", True),
        ("Google", "search engines", False),
        ("Ada", "computer programming", False),
        ("search engines", "search engines", True),
        ("Python", "use Python", False),
        ("UX", "UX", False),
        ("search engine " * 20, "search engines", False),
    ],
)
def test_what_is_a_wording_and_what_names_something_else(text, preferred, taken) -> None:
    own = {uuid4(): ["python"]}
    assert bool(list(safe([word(text, preferred)], own, 120))) is taken


def test_the_same_name_for_two_goes_to_the_first() -> None:
    first, second = word("query data", "query data"), word("Query-Data", "Query-Data")
    assert list(safe([first, second], {}, 120)) == [first]
