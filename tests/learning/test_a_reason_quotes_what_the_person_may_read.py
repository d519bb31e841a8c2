from uuid import uuid4

import pytest

from careerforge.knowledge.models import Collection, Document
from careerforge.skills.extraction import Lexicon, Named
from careerforge.skills.models import Skill
from learning.gaps import mentions
from learning.paths import path

LADDER = (
    "Two things matter. A senior data engineer holds batch orchestration at level 4. "
    "Batch orchestration, e.g. with calendars, takes a year."
)


def named(name, *others):
    """A skill of this name, in a lexicon that has the others too."""
    skills = [Skill(id=uuid4(), name=each) for each in (name, *others)]
    return skills[0], Lexicon(Named(skill.id, skill.name, main=True) for skill in skills)


def reason(person, version):
    nodes = path.nodes(version, person)
    node = next(n for n in nodes if n.title == "Batch orchestration")
    return next((r for r in node.reasons.all() if r.chunk_id), None)


def test_a_node_quotes_the_sentence_that_names_skill_and_role(document, owner, senior, now):
    chunk = document(LADDER)
    found = reason(owner, path.build(owner, senior, now))
    assert found.chunk_id == chunk.pk
    assert found.quote == "A senior data engineer holds batch orchestration at level 4."
    assert found.quote in chunk.text
    assert (found.source_title, str(found.source_date)) == ("The ladder", "2026-09-01")


def test_the_newest_of_equal_documents_is_quoted(document, owner, senior, now):
    document("Batch orchestration was asked for once.", "market_report", day=1)
    newer = document("Batch orchestration is asked for often.", "market_report", day=9)
    assert reason(owner, path.build(owner, senior, now)).chunk_id == newer.pk


def test_what_the_person_may_not_read_is_no_reason(document, owner, senior, now):
    document(LADDER, audience="coaches")
    assert reason(owner, path.build(owner, senior, now)) is None


def test_a_reason_goes_when_its_document_is_closed_to_the_person(document, owner, senior, now):
    chunk = document(LADDER)
    version = path.build(owner, senior, now)
    Collection.objects.filter(pk=chunk.collection_id).update(audience="hr")
    assert reason(owner, version) is None


@pytest.mark.parametrize(
    ("text", "name", "quote"),
    [
        ("We go there. Go is fine.", "Go", "Go is fine."),
        ("Writes Node.js 20.1 daily. Rests.", "Node.js", "Writes Node.js 20.1 daily."),
        ("Only MySQL here.", "SQL", ""),
        ("C++ and C# differ.", "C#", "C++ and C# differ."),
        ("SQL is not needed. SQL is used.", "SQL", "SQL is used."),
    ],
)
def test_a_quote_is_the_whole_sentence_that_names_the_skill_itself(text, name, quote):
    assert mentions.sentence(text, *named(name)) == quote


def test_a_longer_name_that_holds_the_skill_is_another_skill():
    assert mentions.sentence("Python for data is asked for.", *named("Python", "Python for data")) == ""


def titled(chunk, title):
    Document.objects.filter(pk=chunk.document_id).update(title=title)


def test_a_vacancy_of_another_field_is_no_reason(document, owner, senior, now):
    titled(document("Batch orchestration is required.", "posting"), "Backend developer, Ostrelle")
    assert reason(owner, path.build(owner, senior, now)) is None


def test_a_vacancy_of_the_field_is_one(document, owner, senior, now):
    titled(document("Batch orchestration is required.", "posting"), "Junior data engineers, Ostrelle")
    assert reason(owner, path.build(owner, senior, now)).text == "A vacancy in this field asks for it."


def test_the_ladder_of_another_practice_is_called_that(document, owner, senior, now):
    titled(document("Batch orchestration is level 3 here.", "ladder"), "Backend practice ladder")
    assert reason(owner, path.build(owner, senior, now)).text == "The ladder of another practice names it."


def test_a_report_on_other_work_gives_way_to_an_older_one_on_this(document, owner, senior, now):
    ours = document("Batch orchestration is asked for often.", "market_report", day=1)
    theirs = document("Batch orchestration is asked for often.", "market_report", day=9)
    Document.objects.filter(pk=theirs.document_id).update(title="Backend engineers in the north")
    assert reason(owner, path.build(owner, senior, now)).chunk_id == ours.pk
