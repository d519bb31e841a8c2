"""Kind and topics of documents whose source names none: by title and headings, and nothing is made up."""

from collections.abc import Callable

import pytest
from django.test import Client

from careerforge.knowledge.documents.kinds import kind_of
from careerforge.knowledge.models import Collection, Document
from careerforge.knowledge.search import retrieval
from careerforge.people.models import User
from tests.knowledge.conftest import stored
from tests.taxonomy import Taxonomy

SignIn = Callable[[User], Client]

TITLES = {
    "Salary report 2026: cloud and data": "salary_report",
    "Gehaltsreport 2026": "salary_report",
    "Certification guide: network associate": "certification_guide",
    "Labour market report": "market_report",
    "Data practice ladder": "ladder",
    "Career framework (draft)": "ladder",
    "Policy: home office": "policy",
    "Learning budget policy": "policy",
    "Code of conduct": "policy",
    "Playbook: from analyst to engineer": "playbook",
    "Academy course: threat modelling": "course",
    "Job description: night porter": "posting",
    "Data Engineer (m/f/d)": "posting",
}
NO_TITLES = (
    "Course of action after the outage",
    "Why our certification lapsed",
    "Minutes of the meeting",
    "A policymaker's view",
    "The ladder match",
    "Salary negotiations are over",
    "Market day in Quellmoor",
    "",
)


@pytest.mark.parametrize("title", TITLES)
def test_a_title_that_says_it_is_believed(title: str) -> None:
    assert kind_of(title, "Nothing else.") == TITLES[title]


@pytest.mark.parametrize("title", NO_TITLES)
def test_a_word_in_passing_is_not_enough(title: str) -> None:
    assert kind_of(title, "Nothing else.") == ""


BUILT = {
    "posting": "## About us\n\nA railway.\n\n## Your profile\n\nSQL.\n\n## What we offer\n\nRest.\n",
    "course": "# Lesson plan\n\n## What you will learn\n\nx\n\n## Prerequisites\n\nx\n",
    "certification_guide": "## Exam format\n\n65 questions.\n\n## Exam fee\n\nEUR 140.\n",
    "policy": "## Purpose\n\nx\n\n## Scope\n\nx\n\n## Exceptions\n\nx\n",
    "playbook": "## Before you start\n\nx\n\n## Checklist\n\nx\n",
    "market_report": "## Sample\n\n120 adverts.\n\n## Key findings\n\nx\n",
    "ladder": "## Junior engineer\n\nx\n\n## Senior engineer\n\nx\n\n## Principal engineer\n\nx\n",
    "salary_report": "The median was EUR 59,500, the upper quartile EUR 74,000; in the north EUR 61,000 and "
    "in the south EUR 55,000, again as median.",
}


@pytest.mark.parametrize("kind", BUILT)
def test_headings_say_what_a_text_is(kind: str) -> None:
    assert kind_of("Untitled", BUILT[kind]) == kind


@pytest.mark.parametrize("kind", ["posting", "course", "policy", "ladder"])
def test_one_such_heading_alone_does_not(kind: str) -> None:
    first = "\n".join(BUILT[kind].splitlines()[:5])
    assert kind_of("Untitled", first) == ""


def test_below_the_title_of_a_job_words_that_look_for_somebody_are_enough() -> None:
    text = "## Requirements\n\nThe railway is looking for somebody who knows SQL.\n"
    assert kind_of("Data engineer, Ostrava Rail", text) == "posting"
    assert kind_of("Timetable software", text) == ""


def test_a_long_line_takes_no_time() -> None:
    assert kind_of("a " * 100_000, "A" * 500_000 + ":\n" + "# " * 200_000) == ""


# --- topics ----------------------------------------------------------------------------------------
def test_topics_are_the_skills_that_title_and_headings_name(
    collection: Collection, taxonomy: Taxonomy
) -> None:
    document = stored(
        collection, text="## Python first\n\nThen data modelling.\n", title="How we came to SQL", topics=()
    )
    assert document.topics == ["SQL", "Python"]


def test_those_that_the_source_names_stay_as_they_are(collection: Collection, taxonomy: Taxonomy) -> None:
    assert stored(collection, title="SQL", topics=("Rail",)).topics == ["Rail"]


def test_a_changed_text_has_other_topics_and_an_unchanged_one_is_not_written(
    collection: Collection, taxonomy: Taxonomy
) -> None:
    assert stored(collection, title="SQL", text="One.").topics == ["SQL"]
    before = Document.objects.values_list("topics", flat=True).get()
    assert stored(collection, title="SQL", text="One.").topics == before
    assert stored(collection, title="Python", text="Two.").topics == ["Python"]


def test_a_page_shows_its_topics_by_name_and_leads_to_others(
    collection: Collection, taxonomy: Taxonomy, coach: User, owner: User, signed_in: SignIn
) -> None:
    document = stored(collection, topics=("batch-orchestration", "Rail"))
    address = f"/documents/{document.pk}/"
    shown = signed_in(coach).get(address).content.decode()
    assert "Batch orchestration</a>, <a" in shown
    assert "topic=batch-orchestration" in shown
    plain = signed_in(owner).get(address).content.decode()
    assert "Batch orchestration, Rail" in plain
    assert "topic=" not in plain


@pytest.mark.usefixtures("taxonomy", "generation")
def test_a_search_is_narrowed_to_a_topic(collection: Collection, coach: User, signed_in: SignIn) -> None:
    stored(collection, "a", "Night trains run late.", title="One", topics=("Rail",))
    stored(collection, "b", "Night buses run late.", title="Two", topics=("Road",))
    found = retrieval.search(coach, "night run late", topic="Rail")
    assert [passage.title for passage in found] == ["One"]
    page = signed_in(coach).get("/search/", {"q": "night run late", "topic": "Road"}).content.decode()
    assert "Two" in page
    assert ">One<" not in page
