"""How much a skill is asked for: its share of a field's open postings, or "too few"."""

from datetime import timedelta
from fractions import Fraction

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from careerforge.knowledge.documents import store
from careerforge.knowledge.documents.facts import PostingFacts
from careerforge.knowledge.models import Collection, Document
from careerforge.tenancy import context
from market import demand, reading
from market.demand import Demand
from market.employers import LEAST, Counted
from tests.market.conftest import NOW, incoming


@pytest.fixture
def board(market):
    """So many vacancies of data engineers, of which some ask for SQL and the others for Python."""

    def fill(postings, asking, where=market, employers=4, **values):
        items = [
            incoming(
                f"{values}{employers}{number}",
                f"You know {skill}, number {number}.",
                **({"facts": PostingFacts(company=f"Employer {number % employers}")} if employers else {}),
                **values,
            )
            for number, skill in enumerate(["SQL"] * asking + ["Python"] * (postings - asking))
        ]
        return [one.document for one in store.store_many(where, items, NOW)]

    return fill


@pytest.fixture
def sought(owner, taxonomy):
    """How much SQL is sought in the field of data."""

    def ask(person=owner, now=NOW, region="", practice="data"):
        reading.read_pending()
        sql = taxonomy.skills["sql"]
        return demand.in_the_market(person, taxonomy.practices[practice].pk, [sql], now, region)[sql.pk]

    return ask


def test_it_is_the_share_and_not_the_number(board, sought):
    board(20, 5)
    found = sought()
    assert (found.asking, found.postings, found.share, found.level) == (5, 20, 0.25, "high")


@pytest.mark.parametrize(
    ("asking", "postings", "level"),
    [
        (5, 20, "high"),
        (250, 1000, "high"),
        (249, 1000, "medium"),
        (100, 1000, "medium"),
        (99, 1000, "low"),
        (0, 20, "low"),
    ],
)
def test_a_quarter_is_high_and_a_tenth_is_medium_whatever_the_company_reads(asking, postings, level):
    assert Demand(asking, postings, share=asking / postings).level == level


def test_what_is_called_high_is_no_less_than_medium_in_truth():
    def lowest(share, n, z=1.96):
        """The lower end of Wilson's interval."""
        middle = share + z * z / (2 * n)
        spread = z * ((share * (1 - share) / n + z * z / (4 * n * n)) ** 0.5)
        return (middle - spread) / (1 + z * z / n)

    assert lowest(demand.HIGH, LEAST) > demand.MEDIUM
    assert lowest(demand.HIGH, LEAST - 5) < demand.MEDIUM


def test_too_few_postings_are_said_to_be_too_few(board, sought):
    board(19, 19)
    found = sought()
    assert (found.level, found.share) == (None, None)
    assert "Too few" in found.sentence
    assert "19 from 4 employers" in found.sentence


def test_a_figure_comes_with_its_number_and_dates(board, sought):
    board(20, 5)
    said = sought().sentence
    assert said == "5 of 20 postings of this field ask for it, from 4 employers, 2026-10-23 to 2026-10-23."


def test_one_source_that_names_no_employer_says_nothing_of_the_market(board, sought):
    board(60, 60, employers=0)
    found = sought()
    assert (found.level, found.employers) == (None, 1)
    assert "60 from 1 employer." in found.sentence


def test_no_employer_counts_for_more_than_a_third(board, sought):
    board(60, 60, employers=0)
    board(40, 0)
    found = sought()
    # Of 40 others, 60 count for 20: a third of 60.
    assert (found.asking, found.postings, found.employers) == (60, 100, 5)
    assert found.share == pytest.approx(1 / 3)
    assert "No employer counts for more than a third" in found.sentence


def test_a_company_is_one_employer_however_it_is_written_and_wherever_it_is_found(vacancy, sought):
    second = Collection.objects.create(name="Another board", about="market")
    for number in range(30):
        facts = PostingFacts(company=["Anvil", "anvil ", "ANVIL"][number % 3])
        vacancy(f"You know SQL, {number}.", external_id=str(number), facts=facts,
                **({"where": second} if number % 2 else {}))  # fmt: skip
    assert (sought().employers, sought().level) == (1, None)


@pytest.mark.parametrize(
    ("postings", "capped", "weight"),
    [
        ([10, 10, 10], [], 30),
        ([100, 10, 10], [10], 30),
        ([30, 30, 8, 2], [10, 10], 30),
        ([50, 50, 1], [1, 1], 3),
        ([60], [0], 0),
        ([], [], 0),
    ],
)
def test_what_is_capped_is_a_third_of_what_counts(postings, capped, weight):
    counted = Counted({str(number): size for number, size in enumerate(postings)})
    assert [share * counted.postings[each] for each, share in counted.capped.items()] == capped
    assert counted.weight == Fraction(weight)
    assert all(3 * each <= weight for each in capped)


def test_only_postings_of_the_same_field_count(board, sought):
    board(20, 20)
    board(20, 20, title="Backend developer")
    assert sought().postings == 20
    assert sought(practice="backend").postings == 20


def test_own_vacancies_are_openings_and_no_demand(board, sought):
    own = Collection.objects.create(name="Our careers page", about="company")
    board(20, 5)
    board(20, 20, where=own)
    assert (sought().asking, sought().postings) == (5, 20)


def test_what_is_not_required_is_not_asked_for(board, sought, vacancy):
    board(19, 0)
    facts = PostingFacts(company="Employer 3")
    vacancy("SQL is not required. You know Python.", external_id="last", facts=facts)
    assert (sought().asking, sought().postings) == (0, 20)


def test_a_posting_older_than_half_a_year_does_not_count(board, sought):
    board(20, 5)
    board(20, 20, days=181)
    assert sought().postings == 20
    assert sought(now=NOW + timedelta(days=180)).level is None


def test_the_labour_market_is_the_region_where_that_is_known(board, sought):
    board(20, 5, region="North")
    board(20, 20, region="South")
    assert (sought(region="North").share, sought(region="North").region) == (0.25, "North")
    assert "in region North" in sought(region="North").sentence
    everywhere = sought(region="West")
    assert (everywhere.share, everywhere.region) == (0.625, "")


def test_what_is_gone_or_closed_to_the_asker_is_out_of_the_figure_at_once(board, sought, market, admin_hr):
    documents = board(21, 6)
    assert sought().postings == 21
    store.mark_gone(documents[:1], NOW)
    assert (sought().asking, sought().postings) == (5, 20)
    Collection.objects.filter(pk=market.pk).update(audience="hr")
    assert sought().level is None
    assert sought(admin_hr).level == "high"
    Collection.objects.filter(pk=market.pk).update(removed_at=NOW)
    assert sought(admin_hr).level is None


def test_another_companys_postings_do_not_count(board, sought, foreigner, other_company, taxonomy):
    board(20, 5)
    sought()
    with context.organisation(other_company.pk):
        found = demand.in_the_market(foreigner, taxonomy.practices["data"].pk, [taxonomy.skills["sql"]], NOW)
    assert found[taxonomy.skills["sql"].pk].postings == 0


def test_counting_takes_two_queries_however_many_there_are(board, sought, owner, taxonomy):
    board(20, 5)
    sought()
    skills = list(taxonomy.skills.values())
    for expected in (20, 30):
        assert Document.objects.count() == expected
        with CaptureQueriesContext(connection) as asked:
            demand.in_the_market(owner, taxonomy.practices["data"].pk, skills, NOW, "North")
        assert len(asked) == 2
        board(10, 5, region="South")
        reading.read_pending()
