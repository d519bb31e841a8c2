"""What a posting pays and how long a course takes, out of the words of all kinds of sources."""

import pytest

from careerforge.knowledge.documents.facts import CourseFacts, PostingFacts, from_json, to_json
from connectors.parsing.details import details, employment
from connectors.parsing.hours import course_hours, hours_in
from connectors.parsing.item import Item
from connectors.parsing.pay import Pay, pay_of_fields, pay_of_words, price_of


@pytest.mark.parametrize(
    ("words", "pay"),
    [
        ("$90k - $105k", Pay(9_000_000, 10_500_000, "USD", "")),
        ("90 - 105k USD", Pay(9_000_000, 10_500_000, "USD", "")),
        ("45.000 bis 55.000 EUR pro Jahr", Pay(4_500_000, 5_500_000, "EUR", "year")),
        ("€45,000 – €55,000 per annum", Pay(4_500_000, 5_500_000, "EUR", "year")),
        ("CHF 120'000", Pay(12_000_000, 12_000_000, "CHF", "")),
        ("from 4 500 zł / month", Pay(450_000, 450_000, "PLN", "month")),
        ("£30.50 per hour", Pay(3_050, 3_050, "GBP", "hour")),
        ("¥5,000,000 - ¥7,000,000 annually", Pay(5_000_000, 7_000_000, "JPY", "year")),
        ("US$100,000-US$120,000 (€90,000-€110,000)", Pay(10_000_000, 12_000_000, "USD", "")),
        ("$81K – $87K • 0.5% – 1.75% • Offers Bonus", Pay(8_100_000, 8_700_000, "USD", "")),
        ("$100,000 plus 401k match", Pay(10_000_000, 10_000_000, "USD", "")),
        ("Competitive", Pay()),
        ("45000", Pay()),
        ("40 hours a week, 401k", Pay()),
        ("", Pay()),
    ],
)
def test_pay_is_read_out_of_words(words, pay):
    assert pay_of_words(words) == pay


@pytest.mark.parametrize(
    ("fields", "pay"),
    [
        (("186841.0", "195000.0", "USD", "PA"), Pay(18_684_100, 19_500_000, "USD", "year")),
        ((81000, 87000, "EUR", "1 YEAR"), Pay(8_100_000, 8_700_000, "EUR", "year")),
        ((48000, None, "eur", "per-year-salary"), Pay(4_800_000, 4_800_000, "EUR", "year")),
        ((2000, 2400, "USD", "Bi-weekly"), Pay(200_000, 240_000, "USD", "")),
        ((2000, 2400, "", "year"), Pay()),
        ((float("nan"), "x", "EUR", {}), Pay()),
        ((-5, 10**20, "EUR", ""), Pay()),
    ],
)
def test_pay_is_read_out_of_fields(fields, pay):
    assert pay_of_fields(*fields) == pay


@pytest.mark.parametrize(
    ("value", "currency", "price"),
    [("150.00", "USD", (15_000, "USD")), ("$1,390", "", (139_000, "USD")), (0, "", (0, "")),
     ("Free", "EUR", (0, "EUR")), ("1390", "", (None, "")), ("on request", "EUR", (None, ""))],
)  # fmt: skip
def test_a_price_is_read(value, currency, price):
    assert price_of(value, currency) == price


@pytest.mark.parametrize(
    ("text", "hours"),
    [("PT40H", 40), ("PT1H30M", 1.5), ("Approx. 20 hours", 20), ("90 minutes", 1.5), ("20–30 Stunden", 25),
     ("7 hrs/wk", None), ("6 days", None), ("P10W", None), ("", None)],
)  # fmt: skip
def test_hours_in_all_are_told_from_hours_a_week(text, hours):
    assert hours_in(text) == hours


def test_weeks_times_effort_are_hours():
    assert course_hours({"duration": "14 weeks", "timecommitment": "7 hrs/wk"}) == 98
    assert course_hours({"weekstocomplete": 13, "mineffort": 10, "maxeffort": 15}) == 162.5
    assert course_hours({"workload": "5-10 hours/week"}) is None


@pytest.mark.parametrize(
    ("said", "kind"),
    [("FULL_TIME, PART_TIME", "full_time"), ("Teilzeit", "part_time"), ("FullTime", "full_time"),
     ("Intern", "internship"), ("Freelance contract", "contract"), ("Befristet", "temporary"),
     ("Gig", "other"), ("", "")],
)  # fmt: skip
def test_the_kind_of_employment_is_one_word(said, kind):
    assert employment(said) == kind


def test_facts_survive_their_way_through_json():
    for facts in (
        PostingFacts(
            company="Anvil", locations=("Graz", "Wien"), remote=False, salary_min=1, salary_currency="EUR"
        ),
        PostingFacts(),
        CourseFacts(provider="Anvil", hours=0.5, price=0, skills=("Go",)),
    ):
        assert from_json(to_json(facts)) == facts
    assert from_json({}) is None
    assert from_json({"about": "posting", "unknown": 1, "company": "Anvil"}) == PostingFacts(company="Anvil")


def test_what_is_neither_posting_nor_course_has_no_details():
    assert details(Item("1", "t", "t", "", "article")) is None


def test_a_date_without_end_is_no_closing_date():
    item = Item("1", "t", "t", "", "posting", facts={"closes": "4712-12-31", "location": "Remote, Europe"})
    assert (details(item).valid_through, details(item).remote) == ("", True)
