"""Questions that want a figure, a proof or a count of adverts get one, or hear that there is none."""

from datetime import date

import pytest

from careerforge.knowledge.documents.incoming import Incoming
from careerforge.knowledge.documents.store import store
from careerforge.knowledge.models import Collection
from coaching.advising import advice
from coaching.quoting.choosing import Quote
from coaching.quoting.particular import Pay, RoleName, demand_score, evidence_score
from tests.coaching.conftest import NOW
from tests.coaching.test_advice_by_rules_cites_every_sentence import skill

SENIOR = RoleName.of("Senior data engineer")
OTHERS = [RoleName.of(title) for title in ("Senior machine learning engineer", "Senior data engineer")]
REGIONS = ("North", "South")


def quote(text, kind="salary_report", title="Salary report", **more):
    return Quote(text, title, "/d/1", date(2026, 11, 1), kind, kind, 1, **more)


def pay(region=""):
    return Pay(SENIOR, OTHERS, region, REGIONS)


MEDIAN = "For data engineers the median was EUR 59,500 at mid-level and EUR 74,000 at senior level (n = 112)."


@pytest.mark.parametrize(
    "text",
    [
        MEDIAN,
        "Senior data engineers earn a median of €71,500.",
        "The senior band is EUR 64,000 to EUR 80,000 in region North.",
    ],
)
def test_a_figure_of_the_role_is_pay(text):
    assert pay().score(quote(text)) > 0


@pytest.mark.parametrize(
    "text",
    [
        "For machine learning engineers the median salary was EUR 78,500 at senior level.",
        "Data engineers earn EUR 59,500 at mid-level.",
        "Senior data engineers have a learning budget of EUR 1,500.",
        "Nightly jobs of a senior data engineer are fragile.",
    ],
)
def test_another_role_another_level_and_other_sums_are_not(text):
    assert pay().score(quote(text)) == 0


def test_of_two_postings_the_one_for_the_role_counts():
    text = "The salary lies between EUR 64,000 and EUR 80,000 a year."
    mine, other = (f"Senior {name} engineer (Northwind)" for name in ("data", "machine learning"))
    assert pay().score(quote(text, "posting", mine)) > 0
    assert pay().score(quote(text, "posting", other)) == 0


def test_another_region_is_left_out_and_shares_of_the_region_count():
    south = "The senior band is EUR 58,000 to EUR 73,000 in region South."
    assert pay("North").score(quote(south)) == 0
    assert pay("North").score(quote(MEDIAN)) > 0
    assert pay("North").score(quote("Salaries in region North lay 4 per cent above the median.")) > 0
    assert pay().score(quote("Salaries in region North lay 4 per cent above the median.")) == 0


def test_a_role_is_known_by_its_other_names():
    also = Pay(RoleName("ml engineer", "senior", ("machine learning engineer",)), [SENIOR], "", REGIONS)
    text = "For machine learning engineers the median salary was EUR 78,500 at senior level."
    assert also.score(quote(text)) > 0
    assert also.score(quote(MEDIAN)) == 0


def test_evidence_of_the_level_that_is_asked_for_is_best():
    wanted = [skill("Batch orchestration", 1.0, 0.1)]
    fits = "The evidence that counts for batch orchestration at level 4 is a load that was rerun."
    lower = fits.replace("level 4", "level 2")
    assert evidence_score(quote(fits, "ladder"), wanted) > evidence_score(quote(lower, "ladder"), wanted) > 0
    assert evidence_score(quote("Batch orchestration comes first.", "ladder"), wanted) == 0


def test_demand_is_what_the_market_says():
    text = "45 of 52 adverts named Apache Kafka."
    assert demand_score(quote(text, "market_report", market=True), ["Apache Kafka"]) > 0
    assert demand_score(quote(text, "market_report"), ["Apache Kafka"]) == 0
    assert demand_score(quote(text, "posting", market=True), ["Apache Kafka"]) == 0
    assert demand_score(quote(text, "market_report", market=True), ["SQL"]) == 0


@pytest.fixture
def shelf(company):
    """Puts a document for everyone on a shelf of the market."""
    made = Collection.objects.create(name="Market", about="market")

    def add(key, kind, text):
        row = Incoming(
            external_id=key, kind=kind, published_at=NOW, title=f"The {key}", topics=("data",), text=text
        )
        return store(made, row, NOW)

    return add


@pytest.fixture
def ask(coach, senior, library):
    return lambda question: advice.prepare(coach, senior, question, NOW).answer


def texts(answer):
    return [sentence.text for sentence in answer.sentences]


def test_a_question_about_pay_is_answered_with_figures_only(ask, shelf):
    shelf("report", "salary_report", f"{MEDIAN} Nightly jobs are fragile and a data engineer repairs them.")
    assert texts(ask("How much does a senior data engineer earn?")) == [MEDIAN]


def test_without_a_figure_that_is_said(ask):
    found = ask("What is the salary of a senior data engineer?")
    assert found.dont_know
    assert not found.sources
    assert found.note == "No source that I may quote says what this role earns: senior data engineer."


def test_the_level_that_the_question_names_counts(ask, shelf):
    shelf("report", "salary_report", MEDIAN)
    assert "staff data engineer" in ask("What does a staff data engineer earn?").note


def test_a_question_about_proof_is_answered_from_the_ladder_then_the_gap(ask, shelf):
    text = (
        "The evidence that counts for batch orchestration at level 4 is a load that was rerun before others."
    )
    shelf("ladder", "ladder", text)
    found = texts(ask("How can they prove they are ready?"))
    assert found[0] == text
    assert any("their evidence supports" in one for one in found[1:])


def test_proof_of_a_skill_that_the_role_does_not_ask_for_is_found_too(ask, shelf):
    text = "The evidence that counts for message queues at level 4 is a queue that lost nothing for a year."
    shelf("ladder", "ladder", text)
    assert texts(ask("Which evidence shows message queues at level 4?"))[0] == text


def test_a_skill_that_no_market_source_names_is_said_to_have_none(ask):
    found = ask("Is batch orchestration in demand?")
    assert found.note == "No market source that I may quote says how much Batch orchestration is asked for."
    assert texts(found)[0].startswith("Senior data engineer asks for Batch orchestration")


def test_demand_is_answered_from_the_market(ask, shelf):
    text = "Batch orchestration was named in 45 of 52 senior adverts."
    shelf("adverts", "market_report", text)
    found = ask("Is batch orchestration in demand?")
    assert texts(found)[0] == text
    assert not found.note


def test_a_posting_says_nothing_about_which_certificate_is_worth_it(ask, shelf):
    shelf("post", "posting", "A certification of data engineers is required in this post by all.")
    assert not any("required in this post" in text for text in texts(ask("Which certification is worth it?")))


def test_what_is_near_nothing_has_no_nearest_passages(ask, shelf):
    found = ask("qwer asdf zxcv")
    assert found.dont_know
    assert not found.sources
